import { test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { renderPortfolio } from '../../src/render/portfolio-table.js';
import { HEALTHY, NOW, TROUBLED, portfolio } from './portfolios.js';
test('x', () => {
  const o = { now: NOW, colour: false, privacy: false, currency: 'USD', staleAfterMs: 3_900_000 };
  writeFileSync('/tmp/look/out.txt', [120, 80, 40].map((width) => renderPortfolio([HEALTHY, TROUBLED, portfolio('new',{lastSuccess:undefined})], { ...o, width })).join('\n=====\n')+renderPortfolio([TROUBLED],{...o,width:100,privacy:true,colour:true}));
});
