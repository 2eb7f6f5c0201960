import { expect, test } from '@jest/globals';
import { proxiesIn, proxyAdvice } from '../../src/config/network-settings.js';

const GIVEN = {
  HTTPS_PROXY: 'http://proxy:3128',
  http_proxy: 'http://proxy:3128',
  ALL_PROXY: 'socks5://proxy',
};
const ALL = Object.keys(GIVEN);
const ON = { NODE_USE_ENV_PROXY: '1' };

const CASES: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
  ['20.20.2', {}, []],
  ['24.5.0', {}, []],
  ['24.5.0', { NODE_USE_ENV_PROXY: '0' }, []],
  ['24.5.0', { NODE_USE_ENV_PROXY: '' }, []],
  ['24.5.0', ON, ['HTTPS_PROXY', 'http_proxy']],
  ['24.0.0', ON, ['HTTPS_PROXY', 'http_proxy']],
  ['26.1.0', { NODE_OPTIONS: '--max-old-space-size=99 --use-env-proxy' }, ['HTTPS_PROXY', 'http_proxy']],
  ['22.21.0', ON, ['HTTPS_PROXY', 'http_proxy']],
  ['22.20.0', ON, []],
  ['23.11.0', ON, []],
  ['20.20.2', ON, []],
];

test.each(CASES)('Node %s with %j goes over %j, and over no other proxy', (version, env, used) => {
  expect(proxiesIn({ ...GIVEN, ...env }, version)).toEqual({
    used,
    unused: ALL.filter((name) => !used.includes(name)),
  });
});

test('where no proxy is given there is nothing to say', () => {
  expect(proxiesIn(ON, '24.5.0')).toEqual({ used: [], unused: [] });
});

const HTTPS = { HTTPS_PROXY: 'http://proxy:3128' };
const WANTED = { ...HTTPS, ...ON };

test.each([
  ['nothing is set', {}, {}, '24.5.0', undefined],
  ['it is used', WANTED, WANTED, '24.5.0', undefined],
  [
    'Node was not told',
    HTTPS,
    HTTPS,
    '24.5.0',
    'needs a proxy, set NODE_USE_ENV_PROXY=1 in the real environment',
  ],
  ['both are in .env', WANTED, {}, '24.5.0', 'not in .env'],
  ['Node is too old', WANTED, WANTED, '20.20.2', 'use Node 24 or later and set NODE_USE_ENV_PROXY=1'],
  [
    'it has another name',
    { ALL_PROXY: 'socks5://x' },
    {},
    '24.5.0',
    'set HTTPS_PROXY and NODE_USE_ENV_PROXY=1',
  ],
] as const)('the advice on a proxy when %s', (_title, env, real, version, expected) => {
  const advice = proxyAdvice(env, real, version);
  if (expected === undefined) expect(advice).toBeUndefined();
  else expect(advice).toContain(expected);
});
