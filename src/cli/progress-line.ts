import { Writable } from 'node:stream';
import type { Progress } from '../models/progress.js';
import { progressText } from '../render/progress-text.js';
import { widthOf } from './terminal.js';

/** A run that is over sooner needs no line. */
const SHOWN_AFTER_MS = 1_500;
const EVERY_MS = 200;
const CLEAR = '\r\u001b[K';

export interface ProgressLine {
  readonly progress: Progress;
  /** For every other line that is written meanwhile. */
  readonly lines: Writable;
  /** Takes the line away. */
  readonly end: () => void;
}

/** One line at the bottom of a terminal with the progress of a backfill; without a terminal, or if not enabled, nothing. */
export function openProgressLine(stream: NodeJS.WriteStream, shown: boolean): ProgressLine {
  const startedAt = performance.now();
  const state = { planned: 0, read: 0, trades: 0 };
  let visible = false;
  const clear = () => {
    if (visible) stream.write(CLEAR);
    visible = false;
  };
  const draw = () => {
    const elapsedMs = performance.now() - startedAt;
    if (state.planned === 0 || elapsedMs < SHOWN_AFTER_MS) return;
    // The last column stays free: some terminals go on to the next line there.
    stream.write(`${CLEAR}${progressText({ ...state, elapsedMs }, widthOf(stream) - 1)}`);
    visible = true;
  };
  const timer = shown ? setInterval(draw, EVERY_MS).unref() : undefined;
  const lines = new Writable({
    write(chunk, _encoding, done) {
      clear();
      stream.write(chunk as Buffer, done);
    },
  });
  return {
    progress: {
      planned: (windows) => (state.planned += windows),
      read: () => (state.read += 1),
      found: (trades) => (state.trades += trades),
    },
    lines,
    end: () => {
      clearInterval(timer);
      clear();
    },
  };
}
