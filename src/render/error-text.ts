import type { ExpectedError } from '../errors.js';
import { painter } from './colour.js';
import { printableLines } from './escape.js';
import { hangingStep } from './text-layout.js';

export interface ErrorOptions {
  readonly colour: boolean;
  readonly exitCode: number;
  /** Columns of the terminal. */
  readonly width: number;
}

/** An expected failure for a person: what failed, the exact next step, the exit code that scripts see. */
export function renderError(error: ExpectedError, { colour, exitCode, width }: ErrorOptions): string {
  const paint = painter(colour);
  const what = `${paint(['red', 'bold'], 'Error:')} ${printableLines(error.message, '  ')}`;
  const fix = error.fix === undefined ? [] : [`  ${fixText(stepsAt(error.fix, width), colour)}`];
  return `${[what, ...fix, paint('dim', `  Exit code ${exitCode}.`)].join('\n')}\n`;
}

/** `Fix: …`, its further lines indented below. */
export function fixText(fix: string, colour: boolean): string {
  return `${painter(colour)('bold', 'Fix:')} ${printableLines(fix, '       ')}`;
}

const FIX_INDENT = '  Fix: '.length;

/** Steps to read wrap, each below its number or dash; a single line may be a command to copy, and stays whole. */
function stepsAt(fix: string, width: number): string {
  const lines = fix.split('\n');
  if (lines.length === 1) return fix;
  return lines.map((line) => hangingStep('', line, width - FIX_INDENT)).join('\n');
}
