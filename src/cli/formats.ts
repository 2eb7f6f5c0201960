import type { Document } from '../render/document.js';
import { coloured, widthOf } from './terminal.js';

/** How a document can be printed. */
export type DocumentFormat = 'table' | 'csv' | 'markdown' | 'html';

/** The text of a document; only the format that is used is loaded. */
export async function renderDocument(
  document: Document,
  { format, exact = false }: { readonly format: DocumentFormat; readonly exact?: boolean | undefined },
): Promise<string> {
  switch (format) {
    case 'table': {
      const { renderTerminal } = await import('../render/formats/terminal.js');
      return renderTerminal(document, { colour: coloured(process.stdout), width: widthOf(process.stdout) });
    }
    case 'csv':
      return (await import('../render/formats/csv.js')).renderCsv(document, { exact });
    case 'markdown':
      return (await import('../render/formats/markdown.js')).renderMarkdown(document);
    case 'html': {
      const [{ renderHtml }, { pageOf }] = await Promise.all([
        import('../render/formats/html.js'),
        import('../render/page.js'),
      ]);
      return renderHtml(pageOf(document));
    }
  }
}
