import { markup, type SafeHtml } from './markup.js';

/** The colours of a page; texts have a contrast of at least 4.5 on both grounds. */
export interface Palette {
  readonly page: string;
  readonly card: string;
  readonly text: string;
  readonly quiet: string;
  readonly accent: string;
  readonly gain: string;
  readonly loss: string;
  readonly doubt: string;
  /** Drawn, never written with. */
  readonly rule: string;
  readonly field: string;
}

export const LIGHT: Palette = {
  page: '#f6f7f9',
  card: '#ffffff',
  text: '#16202c',
  quiet: '#566273',
  accent: '#2f5fd0',
  gain: '#0b7a4b',
  loss: '#bf2f3a',
  doubt: '#8a5700',
  rule: '#e3e7ec',
  field: '#e8eefb',
};

export const DARK: Palette = {
  page: '#0e1319',
  card: '#161d26',
  text: '#e8edf3',
  quiet: '#9aa8b8',
  accent: '#7ea6ff',
  gain: '#45c98c',
  loss: '#ff8a8a',
  doubt: '#e9b44c',
  rule: '#2a3442',
  field: '#1c2a45',
};

/** The whole look of the page; nothing is loaded, not even a font. */
export const styleSheet = (): SafeHtml => markup`<style>
:root { color-scheme: light dark; ${variables(LIGHT)} }
@media screen and (prefers-color-scheme: dark) { :root { ${variables(DARK)} } }
${LAYOUT}${TABLES}${DRAWINGS}${PHONE}${PRINT}</style>`;

const variables = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}: ${String(colour)};`)
    .join(' ');

const LAYOUT = markup`
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); overflow-wrap: break-word;
  font: 400 0.9375rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
  font-variant-numeric: tabular-nums lining-nums; }
main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
h1, h2, h3, p, ul, dl, dd { margin: 0; }
h1, h3 { font-size: 0.9375rem; font-weight: 600; }
#total { margin-bottom: 0.25rem; color: var(--quiet); font-size: 0.8125rem; font-weight: 400; letter-spacing: 0; }
h2 { margin-bottom: 0.75rem; font-size: 1.0625rem; font-weight: 600; letter-spacing: -0.01em; }
section { min-width: 0; margin-bottom: 1.25rem; padding: 1.5rem; background: var(--card);
  border: 1px solid var(--rule); border-radius: 0.75rem; }
article + article { margin-top: 2rem; padding-top: 1.5rem; border-top: 1px solid var(--rule); }
footer { padding-bottom: 2.5rem; }
.top { display: flex; flex-wrap: wrap; gap: 0 1rem; justify-content: space-between; align-items: baseline;
  padding: 2rem 0 1rem; }
.top > * { min-width: 0; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 1.25rem; }
section:has(> .missing) { align-self: start; }
.total { font-size: 2.75rem; line-height: 1.15; font-weight: 600; letter-spacing: -0.025em; }
.total small { font-size: 1rem; font-weight: 500; letter-spacing: 0; color: var(--quiet); }
.figures { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 1.25rem;
  margin-top: 1.25rem; padding-top: 1.25rem; border-top: 1px solid var(--rule); }
.figures dd { font-size: 1.25rem; font-weight: 600; letter-spacing: -0.01em; }
dt, .meta, .notes, .missing, footer, .below { color: var(--quiet); font-size: 0.8125rem; }
.below { display: block; font-weight: 400; line-height: 1.4; letter-spacing: 0; }
.notes { max-width: 46rem; margin-top: 0.75rem; padding: 0; list-style: none; }
.notes li { padding-left: 0.875rem; text-indent: -0.875rem; }
.notes li::before { content: '\\b7'; display: inline-block; width: 0.875rem; text-indent: 0; }
time { white-space: nowrap; }
.notes li + li { margin-top: 0.125rem; }
.gain { color: var(--gain); }
.loss { color: var(--loss); }
.doubt, .below.doubt { color: var(--doubt); }
.failure { color: var(--loss); font-size: 0.8125rem; }
@media (max-width: 52rem) { .pair { display: block; } }
`;

const TABLES = markup`
.scroll { position: relative; margin: 0.5rem -1.5rem 0; overflow-x: auto; background:
  linear-gradient(to left, var(--card) 1rem, transparent) right / 2.5rem 100% no-repeat local,
  linear-gradient(to left, var(--rule), transparent) right / 1rem 100% no-repeat scroll; }
.scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
table { width: 100%; border-collapse: collapse; white-space: nowrap; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: 0.5rem 0 0.5rem 1.25rem; text-align: right; vertical-align: top; font-weight: 400; }
th:first-child { position: sticky; left: 0; padding-left: 1.5rem; text-align: left; background: var(--card); }
th:last-child, td:last-child { padding-right: 1.5rem; }
thead th { padding-bottom: 0.375rem; color: var(--quiet); font-size: 0.8125rem; }
tbody tr, tfoot tr { border-top: 1px solid var(--rule); }
tfoot th, tfoot td { font-weight: 600; }
.partial { position: absolute; }
.asset { display: inline-block; max-width: 14rem; font-weight: 600; white-space: normal; }
th .below { white-space: normal; }
`;

const DRAWINGS = markup`
svg { display: block; overflow: visible; }
svg text { font-size: 0.75rem; fill: var(--quiet); }
svg .name, svg .figure { font-size: 0.8125rem; fill: var(--text); paint-order: stroke; stroke: var(--card);
  stroke-width: 4px; stroke-linejoin: round; }
svg .figure.gain { fill: var(--gain); }
svg .figure.loss { fill: var(--loss); }
svg .figure.doubt { fill: var(--doubt); }
svg .figure.none { fill: var(--quiet); }
svg .figure.mark { font-weight: 600; }
.chart { margin-top: 1rem; }
.chart path { vector-effect: non-scaling-stroke; }
.grid { stroke: var(--rule); }
.base { stroke: var(--quiet); stroke-opacity: 0.5; }
.line { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.field { fill: var(--field); }
.point { fill: var(--accent); stroke: var(--card); stroke-width: 1.5; }
.cross { stroke: var(--doubt); stroke-width: 2; }
.hatch { stroke: var(--rule); stroke-width: 3; }
.track { fill: var(--rule); }
.bar.share { fill: var(--accent); }
.bar.gain { fill: var(--gain); }
.bar.loss { fill: var(--loss); }
.bar.doubt { fill: var(--doubt); }
.place { stroke: var(--text); stroke-width: 2; }
.place.none { stroke: var(--quiet); stroke-width: 1; }
.link { stroke: var(--quiet); stroke-opacity: 0.5; }
`;

const PHONE = markup`
@media (max-width: 40rem) {
main, footer { padding: 0 0.75rem; }
section { padding: 1.125rem 1rem; border-radius: 0.625rem; }
.top { padding: 1.25rem 0.25rem 0.75rem; }
.total { font-size: 2.125rem; }
.figures { grid-template-columns: repeat(2, minmax(0, 1fr)); }
.figures dd { font-size: 1.0625rem; }
.scroll { margin: 0.5rem -1rem 0; }
th, td { padding-left: 1rem; }
th:first-child { padding-left: 1rem; }
th:last-child, td:last-child { padding-right: 1rem; }
.asset { max-width: 7rem; }
.roomy { display: none; }
}
`;

const PRINT = markup`
@page { margin: 14mm; }
@media print {
:root { color-scheme: light; font-size: 12px; }
* { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { background: none; }
main, footer { max-width: none; padding: 0; }
section { margin-bottom: 2rem; padding: 0; border: 0; }
.top { padding-top: 0; }
.pair { display: grid; gap: 0 2rem; }
.scroll { margin: 0.5rem 0 0; overflow: visible; background: none; }
table { font-size: 0.8125rem; }
th, td { padding: 0.3rem 0 0.3rem 0.5rem; }
th:first-child { position: static; padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
thead { display: table-header-group; }
tfoot { display: table-row-group; }
tr, svg, .figures, .notes li { break-inside: avoid; }
h2, h3, .meta { break-after: avoid; }
}
`;
