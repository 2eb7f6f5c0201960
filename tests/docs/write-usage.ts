import { readFileSync, writeFileSync } from 'node:fs';
import { helpOf } from './help-of.js';
import { withUsage } from './usage.js';

writeFileSync('README.md', withUsage(readFileSync('README.md', 'utf8'), helpOf));
