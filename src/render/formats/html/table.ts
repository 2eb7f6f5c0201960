import type { Cell, Column, Table, Tone } from '../../document.js';
import { NO_GAIN, UNKNOWN } from '../../numbers.js';
import { markup, NOTHING, type SafeHtml } from './markup.js';

/** A table that scrolls within itself if it is wider than the page; the first column names the rows. */
export function dataTable({ caption, columns }: Table, id: string): SafeHtml {
  const [names, ...figures] = columns.filter(({ title, below }) => title !== '' && below === undefined);
  if (!names) return NOTHING;
  const under = (column: Column) => columns.filter(({ below }) => below === column.key);
  const rowHtml = (cellIn: (column: Column) => Cell | undefined) => {
    const html = (column: Column) => cellHtml(cellIn(column), under(column).map(cellIn));
    return markup`<tr><th scope="row">${html(names)}</th>${figures.map((one) => markup`<td>${html(one)}</td>`)}</tr> `;
  };
  return markup`<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">
    <table>
      <caption id="${id}">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${[names, ...figures].map(({ title }) => markup`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${names.cells.map((_, at) => rowHtml(({ cells }) => cells[at]))}
      </tbody>
      ${
        columns.some(({ total }) => total.text !== '')
          ? markup`<tfoot>
        ${rowHtml(({ total }) => total)}
      </tfoot>`
          : NOTHING
      }
    </table>
  </div>`;
}

/** Figures of other columns below the cell's own; a mark hangs beside the figures, which stay below one another. */
function cellHtml(cell: Cell | undefined, under: readonly (Cell | undefined)[]): SafeHtml {
  if (!cell) return NOTHING;
  const { text, tone, mark, isName, details = [] } = cell;
  const name = isName ? markup`<span class="asset">${text}</span>` : toned(text, tone);
  const figures = under.flatMap((one) => (one && isFigure(one.text) ? [{ text: one.text }] : []));
  return markup`${name}${mark ? markup`<span class="partial">${mark}</span>` : NOTHING}${[...figures, ...details].map(below)}`;
}

const isFigure = (text: string): boolean => text !== '' && text !== UNKNOWN && text !== NO_GAIN;

/** Printed more quietly below a figure. */
export const below = ({ text, tone }: Cell): SafeHtml =>
  markup`<span class="below${tone === 'doubt' ? ' doubt' : ''}">${withTimes(text)}</span>`;

export const toned = (text: string, tone: Tone | undefined): SafeHtml =>
  tone ? markup`<span class="${tone}">${text}</span>` : markup`${text}`;

const TIME = /(\d{4}-\d\d-\d\d(?: \d\d:\d\d)?)/;

/** A text whose times are not broken over two lines. */
export const withTimes = (text: string): readonly SafeHtml[] =>
  text.split(TIME).map((part, at) => (at % 2 === 1 ? markup`<time>${part}</time>` : markup`${part}`));
