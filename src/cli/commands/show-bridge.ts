import type { Bridges } from '../../models/bridge.js';
import { renderBridgeCsv } from '../../render/bridge-csv.js';
import { renderBridgeJson } from '../../render/bridge-json.js';
import { renderBridge } from '../../render/bridge-table.js';
import { coloured, widthOf } from '../terminal.js';
import { BOOKS_CURRENCY } from '../../models/rates.js';
import type { ShowOptions } from './show.js';

export { showBridge } from '../../service/show-bridge.js';

/** `show --bridge` in the format asked for. */
export function renderBridgeAs(options: ShowOptions, bridges: Bridges): string {
  const currency = BOOKS_CURRENCY;
  if (options.format === 'json') return renderBridgeJson(bridges, { currency });
  if (options.format === 'csv') return renderBridgeCsv(bridges, { currency, exact: options.exact ?? false });
  return renderBridge(bridges, {
    currency,
    colour: coloured(process.stdout),
    width: widthOf(process.stdout),
    privacy: options.privacy ?? false,
  });
}
