import { coverage, supportedExchanges } from './exchange-tables.js';
import { helpOf } from './help-of.js';
import { withSection } from './section.js';
import { withUsage } from './usage.js';

/** The pages that `npm run docs` writes in part, with what it makes of their text. */
export const PAGES: Readonly<Record<string, (page: string) => Promise<string>>> = {
  'README.md': async (page) => withSection(page, 'exchanges', await supportedExchanges()),
  'src/cli/README.md': (page) => Promise.resolve(withUsage(page, helpOf)),
  'src/client/README.md': async (page) => withSection(page, 'coverage', await coverage()),
};
