import { accountOf, type CheckResult, subjectOf } from '../../models/check.js';
import { checkExit, STATES, summaryLine } from '../check-status.js';
import { type Document, recordsOf, tableOf } from '../document.js';
import { printable, printableLines } from '../escape.js';

/** Every check with its result; a terminal has a report of its own. */
export function checksDocument(results: readonly CheckResult[], now: number): Document {
  return {
    title: 'Checks',
    about: STATES[checkExit(results)],
    now,
    sections: [
      {
        name: printable(summaryLine(results)),
        meta: [],
        intro: [],
        blocks: [
          tableOf('Checks', results, [
            { key: 'check', title: 'Check', align: 'left', cell: ({ name }) => printable(name) },
            {
              key: 'state',
              title: 'State',
              align: 'left',
              cell: ({ state }) => ({ text: state, tone: state === 'critical' ? 'loss' : undefined }),
            },
            { key: 'message', title: 'Result', align: 'left', cell: ({ message }) => printable(message) },
            {
              key: 'fix',
              title: 'Fix',
              align: 'left',
              cell: ({ remedy = '' }) => printableLines(remedy).replaceAll('\n', ' '),
            },
          ]),
        ],
      },
    ],
    records: () =>
      recordsOf(results, {
        account: accountOf,
        check: subjectOf,
        state: ({ state }) => state,
        message: ({ message }) => message,
        fix: ({ remedy }) => remedy,
      }),
  };
}
