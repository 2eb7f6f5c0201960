#!/usr/bin/env node
import { useCompileCache } from '../src/cli/compile-cache.js';

useCompileCache();
// Imported after the line above, as the cache holds only what is loaded later.
const { main } = await import('../src/cli/main.js');
await main(process.argv);
