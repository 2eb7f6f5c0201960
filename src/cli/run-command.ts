/**
 * What the commands but `show` do, apart from their options: one file of the build. `--help` starts without it,
 * and Node reads one large file much faster than it resolves the many small ones that separate imports would
 * make. `show`, which a person waits for, needs neither client nor sync and has a file of its own.
 */
export { renderError } from '../render/error-text.js';
export { changeAccount } from './commands/change-account.js';
export { performSync } from './commands/perform-sync.js';
export { printChecks } from './commands/print-checks.js';
export { printExport } from './commands/print-export.js';
export { fallbackRedaction } from './context.js';
