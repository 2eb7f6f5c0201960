import type { FaultKind } from '../simulator/faults.js';

/** An answer of Binance that says no, with its code. */
export const refusal = (
  status: number,
  code: number,
  msg = 'no',
  headers: Record<string, string> = {},
): FaultKind => ({
  kind: 'status',
  status,
  body: JSON.stringify({ code, msg }),
  headers,
});

/** What stands before it says so. */
export const HTML = '<html><body>403 ERROR Request blocked.</body></html>';
