import { type Bridges, BRIDGE_TERMS } from '../models/bridge.js';
import { amountField, type CsvOptions, csvText, nameField } from './csv-text.js';

const COLUMNS = [
  'account',
  'asset',
  'from',
  'to',
  'value_before',
  'value_now',
  'change',
  'price_moves',
  'realized',
  'income',
  'fees',
  'net_flows',
  'traded',
  'unexplained',
  'unvalued_quantity',
  'realized_is_estimate',
  'currency',
] as const;

/** One row an asset of an account, amounts as plain digits, empty where they are not known; RFC 4180. */
export function renderBridgeCsv(bridges: Bridges, options: CsvOptions): string {
  const rows = bridges.accounts.flatMap(({ account, from, to, assets }) =>
    assets.map(({ asset, bridge, unvalued, estimated }) => [
      nameField(account),
      nameField(asset),
      new Date(from.time).toISOString(),
      new Date(to.time).toISOString(),
      amountField(bridge?.from, options),
      amountField(bridge?.to, options),
      amountField(bridge?.to.minus(bridge.from), options),
      ...BRIDGE_TERMS.map((term) => amountField(bridge?.terms[term], options)),
      amountField(unvalued, options),
      String(estimated),
      options.currency,
    ]),
  );
  return csvText([COLUMNS, ...rows]);
}
