import type { Evidence } from '../evidence.js';
import { movedCursors } from './events.js';

/** No cursor stands beyond what its exchange has told to the end. */
export const cursors = (evidence: Evidence): string[] =>
  evidence.accounts.flatMap((account) =>
    movedCursors(evidence, account).flatMap(({ stream, until }) => {
      const told = evidence.answers.until(account, stream);
      if (told !== undefined && until <= told) return [];
      return [`${account} ${stream} is read up to ${iso(until)}, and was told up to ${iso(told)}`];
    }),
  );

const iso = (time: number | undefined): string =>
  time === undefined ? 'nowhere' : new Date(time).toISOString();
