import type { Bridges } from '../../src/models/bridge.js';
import type { Report } from '../../src/models/report.js';
import { account, asset, bridges } from './bridges.js';
import { holding, NOW, portfolio, report } from './reports.js';

/** What a stranger could call a coin. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  '</style><script>',
  '</title></svg></td>',
  '"><img src=x onerror=alert(1)>',
  "' onload='x",
  '<!--',
  ']]>',
  '&lt;b&gt;&amp;&#0;',
  '\u0000\u001b[31m\u202etxt',
  '${1}`',
  '\ud800',
  '=cmd()',
];

export interface Names {
  readonly account: string;
  readonly assets: readonly [string, string, string];
  readonly route: string;
  readonly wallet: string;
  readonly message: string;
}

/** A page in which each of the names stands wherever such a name can stand. */
export function named({ account: name, assets, route, wallet, message }: Names): Report {
  const [priced, partly, unpriced] = assets;
  const held = portfolio(name, {
    holdings: [
      holding(priced, '1', { price: '300', route: [route], cost: ['1', '10'], pricedAt: NOW - 86_400_000 }),
      holding(partly, '2', { price: '100', route: [route, route], cost: ['1', '10'] }),
      holding(unpriced, '3'),
    ],
    lastFailure: { time: NOW - 60_000, message },
    wallets: [{ wallet, readAt: undefined, failure: message }],
    estimated: new Map([[priced, holding(priced, '1').quantity]]),
    missingAcquisitions: [unpriced],
    differences: [],
    totals: undefined,
  });
  const moved = [
    asset(priced, '10', { priceMoves: '5' }, { estimated: true }),
    asset(partly, '10', { income: '1' }),
    asset(unpriced, '0', {}, { bridge: undefined, unvalued: holding(unpriced, '1').quantity }),
  ];
  const content: Bridges = {
    ...bridges([account(moved, { account: name })]),
    unbridged: [{ account: name, newest: NOW, reason: 'single' }],
  };
  const shown = report([name], { bridges: { known: true, content } });
  if (!shown.history.known) throw new Error('no history');
  const accounts = shown.history.content.accounts.map(({ series }) => ({
    account: name,
    series: {
      ...series,
      points: series.points.slice(-9).map((point) => ({ ...point, unpriced: [unpriced] })),
    },
  }));
  return {
    ...shown,
    portfolio: { accounts: [held], recent: [], rate: undefined },
    history: { known: true, content: { ...shown.history.content, accounts, absent: [name] } },
  };
}

export const PLAIN: Names = { account: 'a', assets: ['B', 'C', 'D'], route: 'r', wallet: 'w', message: 'm' };

/** The same name for everything. */
export const sameName = (name: string): Names => ({
  account: name,
  assets: [name, `${name}2`, `3${name}`],
  route: name,
  wallet: name,
  message: name,
});
