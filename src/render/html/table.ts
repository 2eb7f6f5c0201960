import { markup, type SafeHtml } from './markup.js';

export interface TableColumn<Row> {
  readonly head: string;
  readonly cell: (row: Row) => string | SafeHtml;
  /** Of the last row; nothing where the column has no sum. */
  readonly total: string | SafeHtml;
}

export interface TableFrame {
  /** Unique in the page. */
  readonly id: string;
  readonly caption: string;
}

/** A table that scrolls within itself where it is wider than the page; the first column heads the rows. */
export function dataTable<Row>(
  rows: readonly Row[],
  [names, ...columns]: readonly [TableColumn<Row>, ...TableColumn<Row>[]],
  { id, caption }: TableFrame,
): SafeHtml {
  const line = (head: string | SafeHtml, cells: readonly (string | SafeHtml)[]) =>
    markup`<tr>
      <th scope="row">${head}</th>
      ${cells.map((cell) => markup`<td>${cell}</td>`)}
    </tr> `;
  return markup`<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">
    <table>
      <caption id="${id}">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${[names, ...columns].map(({ head }) => markup`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) =>
          line(
            names.cell(row),
            columns.map(({ cell }) => cell(row)),
          ),
        )}
      </tbody>
      <tfoot>
        ${line(
          names.total,
          columns.map(({ total }) => total),
        )}
      </tfoot>
    </table>
  </div>`;
}
