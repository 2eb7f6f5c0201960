import type { Bridges } from './bridge.js';
import type { ValueHistory } from './history.js';
import type { Portfolio } from './portfolio.js';

/** A part of the report, or why there is none and what brings it. */
export type Part<T> =
  | { readonly known: true; readonly content: T }
  | { readonly known: false; readonly reason: string; readonly fix: string };

/** What is held, how its value went over `historySpan` ms, and why it changed over `bridgeSpan` ms. */
export interface Report {
  readonly now: number;
  readonly portfolio: Portfolio;
  readonly historySpan: number;
  readonly history: Part<ValueHistory>;
  readonly bridgeSpan: number;
  readonly bridges: Part<Bridges>;
}
