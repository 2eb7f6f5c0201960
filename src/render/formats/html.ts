import { isoDay } from '../../models/day.js';
import { cellOf, type Changes, type Chart, type Figures, type Lines, type Section } from '../document.js';
import { HIDDEN } from '../numbers.js';
import type { Page, PageBlock, Part } from '../page.js';
import { momentOf } from '../moments.js';
import { barChart } from './html/bars.js';
import { markup, NOTHING, type SafeHtml } from './html/markup.js';
import { styleSheet } from './html/style.js';
import { below, dataTable, toned, withTimes } from './html/table.js';
import { areMarked, valueChart } from './html/value-chart.js';

/** A page that needs nothing else: no network, no script, no font. */
export function renderHtml({ title, heading, about, now, rows }: Page): string {
  const body = markup`${rows.map(rowHtml)}`;
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} of ${isoDay(now)}</title>
        ${styleSheet()}
      </head>
      <body>
        <main>
          <div class="top">
            <h1>${heading}</h1>
            <p class="meta">
              ${about} · as of
              <time datetime="${new Date(now).toISOString()}">${momentOf(now)} UTC</time>
            </p>
          </div>
          ${body}
        </main>
        <footer>
          <p>
            — is not known. ${body.toString().includes(HIDDEN) ? `${HIDDEN} is hidden. ` : ''}All times in UTC; “ago” counts back from
            ${momentOf(now)}. Made by exchange-sync.
          </p>
        </footer>
      </body>
    </html> `.toString();
}

const rowHtml = (parts: readonly Part[]): SafeHtml =>
  parts.length === 1
    ? markup`${parts.map(partHtml)}`
    : markup`<div class="pair">${parts.map(partHtml)}</div>`;

function partHtml({ id, title, blocks, sections }: Part): SafeHtml {
  const heading = title === undefined ? NOTHING : markup`<h2 id="${id}">${title}</h2>`;
  const label = title === undefined ? NOTHING : markup` aria-labelledby="${id}"`;
  return markup`<section${label}>
    ${heading}
    ${blocks.map((block, at) => blockHtml(block, `${id}-${at}`))}
    ${sections.map((section, at) => sectionHtml(section, `${id}-${blocks.length + at}`))}
  </section> `;
}

/** Changes are printed beside the meta texts. */
function sectionHtml({ name, meta, intro, blocks }: Section, id: string): SafeHtml {
  const about = [
    ...meta.map(cellOf).map(({ text, tone }) => toned(text, tone)),
    ...intro.flatMap((one) => (one.kind === 'changes' ? changesHtml(one) : [])),
  ].map((html, at) => markup`${at > 0 ? ' · ' : ''}${html}`);
  const lines = intro.filter(({ kind }) => kind === 'lines');
  return markup`<article>
<h3>${name ?? ''}</h3>
${about.length === 0 ? NOTHING : markup`<p class="meta">${about}</p>`}
${[...lines, ...blocks].map((block, at) => blockHtml(block, `${id}-${at}`))}</article>
`;
}

const changesHtml = ({ parts }: Changes): readonly SafeHtml[] =>
  parts.map(({ name, cell }) => markup`${name} ${toned(cell.text, cell.tone)}`);

function blockHtml(block: PageBlock, id: string): SafeHtml {
  switch (block.kind) {
    case 'lines':
      return markup`${block.lines.map(lineHtml)}`;
    case 'changes':
      return markup`<p class="meta">${block.lead} over ${changesHtml(block)}</p>`;
    case 'table':
      return dataTable(block, id);
    case 'figures':
      return figuresHtml(block);
    case 'chart':
      return chartHtml(block);
    case 'notes':
      return notesHtml(block.notes);
    case 'sum':
      return markup`<p class="total">${block.text} <small>${block.currency}</small></p>`;
    case 'bars':
      return barChart(block);
    case 'missing':
      return markup`<p class="missing">${block.text}</p>`;
  }
}

const CLASSES = { failure: 'failure', quiet: 'meta', strong: 'asset' } as const;

const lineHtml = ({ text, style }: Lines['lines'][number]): SafeHtml =>
  style ? markup`<p class="${CLASSES[style]}">${withTimes(text)}</p> ` : markup`<p>${text}</p> `;

const figuresHtml = ({ figures }: Figures): SafeHtml =>
  markup`<dl class="figures">${figures.map(
    ({ name, cell }) => markup`<div>
    <dt>${name}</dt>
    <dd>${toned(cell.text, cell.tone)}${cell.mark ?? ''}${(cell.details ?? []).map(below)}</dd>
  </div> `,
  )}</dl>`;

function chartHtml(chart: Chart): SafeHtml {
  const summary = chart.summary.map((part) => cellOf(part).text).join(' · ');
  const pointNotes = chart.pointNote !== undefined && areMarked(chart.points) ? [chart.pointNote] : [];
  return markup`<p class="meta">${summary}</p>
    ${valueChart(chart, summary)} ${notesHtml([...pointNotes, ...chart.notes])}`;
}

/** Sentences below what they are about. */
const notesHtml = (notes: readonly string[]): SafeHtml =>
  notes.length === 0
    ? NOTHING
    : markup`<ul class="notes">
      ${notes.map((note) => markup`<li>${withTimes(note)}</li>`)}
    </ul>`;
