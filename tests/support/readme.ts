import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './cli.js';

/** The code blocks of a language below a heading of a page such as README.md, in order. */
export function readmeBlocks(page: string, heading: string, language: string): readonly string[] {
  const text = readFileSync(join(PROJECT, page), 'utf8');
  const [, section] = text.split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`${page} has no section ${heading}`);
  const blocks = (section.split('\n## ')[0] ?? '').matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...blocks].filter((block) => block[1] === language).map((block) => block[2] ?? '');
}
