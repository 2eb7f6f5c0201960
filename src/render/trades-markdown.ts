import type { AssetTraces } from '../models/trace.js';
import { painter } from './colour.js';
import { printable } from './escape.js';
import { assetName } from './holdings-table.js';
import { markdownTable, markdownText } from './markdown.js';
import { absentNotes, tradesNotes } from './trades-notes.js';
import { tradesColumns } from './trades-table.js';

/** The events behind an average as Markdown. */
export function renderTradesMarkdown(
  traces: AssetTraces,
  options: { readonly currency: string; readonly privacy: boolean },
): string {
  const blocks = traces.accounts.flatMap((trace) => [
    `## ${markdownText(`${assetName(trace.asset)} of ${printable(trace.account)}`)}`,
    `in ${options.currency}, times in UTC`,
    markdownTable(tradesColumns(trace, options, painter(false))),
    tradesNotes(trace, traces, options)
      .map((note) => `- ${markdownText(note)}`)
      .join('\n'),
  ]);
  blocks.push(...absentNotes(traces).map(markdownText));
  return `${blocks.join('\n\n')}\n`;
}
