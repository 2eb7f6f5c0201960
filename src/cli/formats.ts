import type { Document } from '../render/document.js';
import { renderCsv } from '../render/formats/csv.js';
import { renderMarkdown } from '../render/formats/markdown.js';
import { renderTerminal } from '../render/formats/terminal.js';
import { coloured, widthOf } from './terminal.js';

/** How a document can be printed. */
export type DocumentFormat = 'table' | 'csv' | 'markdown' | 'html';

/** The text of a document; the style sheet and charts of a page are loaded only for one. */
export async function renderDocument(
  document: Document,
  { format, exact = false }: { readonly format: DocumentFormat; readonly exact?: boolean | undefined },
): Promise<string> {
  switch (format) {
    case 'table':
      return renderTerminal(document, { colour: coloured(process.stdout), width: widthOf(process.stdout) });
    case 'csv':
      return renderCsv(document, { exact });
    case 'markdown':
      return renderMarkdown(document);
    case 'html': {
      const [{ renderHtml }, { pageOf }] = await Promise.all([
        import('../render/formats/html.js'),
        import('../render/page.js'),
      ]);
      return renderHtml(pageOf(document));
    }
  }
}
