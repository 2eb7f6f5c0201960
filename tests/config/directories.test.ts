import { expect, test } from '@jest/globals';
import { userInfo } from 'node:os';
import { cacheDirectory, embeddedDirectory, logFile } from '../../src/config/directories.js';

const HOME = '/home/you';

test.each([
  [{ HOME, XDG_DATA_HOME: '/xdg', EXCHANGE_SYNC_DATA_DIR: '/data' }, '/data'],
  [{ HOME, XDG_DATA_HOME: '/xdg' }, '/xdg/exchange-sync'],
  [{ HOME }, '/home/you/.local/share/exchange-sync'],
  [{ HOME: '' }, `${userInfo().homedir}/.local/share/exchange-sync`],
])('of %j the data directory is %s', (env, directory) => {
  expect(embeddedDirectory(env)).toEqual({ ok: true, value: `${directory}/database` });
  expect(logFile(env)).toBe(`${directory}/exchange_sync.log`);
});

test.each(['relative', '/dev/null', '/dev/null/x'])(
  'with the home directory %s the setting is named, and there is no log file',
  (HOME) => {
    const env = { HOME };
    expect(embeddedDirectory(env)).toMatchObject({
      ok: false,
      problems: [{ fix: expect.stringContaining('Set EXCHANGE_SYNC_DATA_DIR') as unknown }],
    });
    expect(logFile(env)).toBeUndefined();
    expect(logFile({ ...env, EXCHANGE_SYNC_LOG_FILE: '/log' })).toBe('/log');
  },
);

test.each([
  [{ HOME, XDG_CACHE_HOME: '/xdg' }, '/xdg/exchange-sync'],
  [{ HOME }, '/home/you/.cache/exchange-sync'],
  [{ HOME: 'relative' }, undefined],
])('of %j the cache is in %s', (env, directory) => {
  expect(cacheDirectory(env)).toBe(directory);
});
