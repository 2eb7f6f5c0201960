import { edit, type Mutant, mutant } from '../mutant.js';

/** What is shown of amounts, costs and differences. */
export const FIGURES: readonly Mutant[] = [
  mutant(
    'C11',
    'a look for a new unit of a coin',
    edit(
      'models/coin-changes.ts',
      'quantity.gt(ZERO) ? newUnit(asset, recorded, quantity) :',
      'quantity.gt(ZERO) ? [] :',
    ),
  ),
  mutant(
    'C11',
    'a limit of the digits of a price',
    edit(
      'client/price-bounds.ts',
      '(NUMBER.test(text) ? undefined : amountOf(text, what))',
      'amountOf(text, what)',
    ),
  ),
  mutant(
    'E3',
    'opening entries',
    edit(
      'service/reconcile-account.ts',
      '  const openings = watch ? openingsFor(session, reading, ledger, watch) : [];',
      '  const openings: readonly Entry[] = [];',
    ),
  ),
  mutant(
    'E3',
    'a difference being known after a day',
    edit(
      'service/differences.ts',
      '  since !== undefined && now - since < NEW_FOR_MS;',
      '  since !== undefined && now >= since;',
    ),
  ),
  mutant(
    'E4',
    'the differences of a sync',
    edit(
      'service/differences.ts',
      '  return differencesNow(balancesOf(holdings, pools), before, now);',
      '  return [];',
    ),
  ),
  mutant(
    'E9',
    'the accounts that have the asset',
    edit(
      'service/asset-meant.ts',
      "const others = elsewhere.length === 0 ? '' :",
      "const others = elsewhere.length >= 0 ? '' :",
    ),
  ),
  mutant(
    'E10',
    'a gain without what was deposited',
    edit(
      'accounting/value-change.ts',
      'const gain = netFlows && change.minus(netFlows);',
      'const gain = netFlows && change;',
    ),
  ),
  mutant(
    'E13',
    'the mark of a sum that covers a part alone',
    edit('accounting/merge-accounts.ts', ' || (pnl !== undefined && withoutPnl.length > 0)', ''),
  ),
  mutant(
    'E16',
    'findings before all else',
    edit(
      'render/check-report.ts',
      'options.verbose ? everything(results, lines, paint) :',
      'options.width > 0 ? everything(results, lines, paint) :',
    ),
  ),
  mutant(
    'E17',
    'rounding for people',
    edit('render/formats/csv.ts', 'exact ? field : rounded(field)', 'exact ? field : field'),
  ),
  mutant(
    'E18',
    'the columns that are dropped being named',
    edit(
      'render/formats/light-table.ts',
      'const note = dropped.length === 0 ? [] :',
      'const note = dropped.length >= 0 ? [] :',
    ),
  ),
  mutant(
    'F2',
    'a value that is not known',
    edit(
      'accounting/valuation.ts',
      'return this.#priceAt(kind.money, time)?.times(quantity);',
      'return this.#priceAt(kind.money, time)?.times(quantity) ?? quantity.minus(quantity);',
    ),
  ),
  mutant(
    'F8',
    'prices that tell two coins apart',
    edit('accounting/same-coins.ts', '  return isNear(price.price, otherPrice.price);', '  return true;'),
  ),
];
