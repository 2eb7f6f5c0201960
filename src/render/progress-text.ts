import { count } from '../models/text.js';
import { roughDuration } from '../models/duration.js';

/** Periods of history; more are planned when an account or a search begins. */
export interface ProgressState {
  readonly planned: number;
  readonly read: number;
  readonly trades: number;
  readonly elapsedMs: number;
}

/** With fewer, the remaining time cannot be estimated. */
const MIN_TO_ESTIMATE = 5;

/** `Reading history: 34 of 104 periods, 1,240 trades found, 2 minutes left`, as much of it as fits. */
export function progressText(state: ProgressState, width: number): string {
  const { planned, read, trades } = state;
  const left = timeLeft(state);
  const parts = [
    `Reading history: ${read} of ${count(planned, 'period')}`,
    `${count(trades, 'trade')} found`,
    ...(left === undefined ? [] : [`${roughDuration(left)} left`]),
  ];
  const fitting = parts.map((_, at) => parts.slice(0, parts.length - at).join(', '));
  return fitting.find((text) => text.length <= width) ?? '';
}

/** At the pace so far; undefined if that is not known yet. */
function timeLeft({ planned, read, elapsedMs }: ProgressState): number | undefined {
  if (read < MIN_TO_ESTIMATE || read >= planned) return undefined;
  return Math.max((elapsedMs / read) * (planned - read), 1_000);
}
