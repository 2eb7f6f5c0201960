import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './cli.js';

/** The code blocks of a language below a heading of README.md, in order. */
export function readmeBlocks(heading: string, language: string): readonly string[] {
  const readme = readFileSync(join(PROJECT, 'README.md'), 'utf8');
  const [, section] = readme.split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`README.md has no section ${heading}`);
  const blocks = (section.split('\n## ')[0] ?? '').matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...blocks].filter((block) => block[1] === language).map((block) => block[2] ?? '');
}
