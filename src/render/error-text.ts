import type { ExpectedError } from '../errors.js';
import { painter } from './colour.js';
import { printableLines } from './escape.js';

/** An expected failure for a person: what failed, the exact next step, the exit code that scripts see. */
export function renderError(
  error: ExpectedError,
  { colour, exitCode }: { readonly colour: boolean; readonly exitCode: number },
): string {
  const paint = painter(colour);
  const what = `${paint(['red', 'bold'], 'Error:')} ${printableLines(error.message, '  ')}`;
  const fix = error.fix === undefined ? [] : [`  ${fixText(error.fix, colour)}`];
  return `${[what, ...fix, paint('dim', `  Exit code ${exitCode}.`)].join('\n')}\n`;
}

/** `Fix: …`, its further lines indented below. */
export function fixText(fix: string, colour: boolean): string {
  return `${painter(colour)('bold', 'Fix:')} ${printableLines(fix, '       ')}`;
}
