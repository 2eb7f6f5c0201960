import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { FaultKind } from '../simulator/faults.js';
import { HTML, refusal } from '../support/binance-refusal.js';
import { type ClientOptions, type ClientStage, openBinance } from '../support/client.js';

const KEY_RIGHTS = '/sapi/v1/account/apiRestrictions';
const TIME = '/api/v3/time';
const ACCOUNT = '/api/v3/account';

let stage: ClientStage;

beforeEach(async () => {
  await open();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await stage.end();
});

async function open(options: ClientOptions = {}): Promise<void> {
  stage = await openBinance(options);
  jest.spyOn(Math, 'random').mockReturnValue(0);
}

const fail = (fault: FaultKind, times = 99, path = KEY_RIGHTS) => {
  stage.simulator.faults.add({ ...fault, path, times });
};
const COUNTRY = "Service unavailable from a restricted location according to 'b. Eligibility'.";

describe('what Binance refuses', () => {
  test.each<[string, FaultKind, string, RegExp]>([
    [
      'a key it does not know or may not use',
      refusal(401, -2015),
      'credentials',
      /Enable Reading.*BINANCE_TESTNET/,
    ],
    ['a key of no form', refusal(401, -2014), 'credentials', /64 letters/],
    ['a key unknown to the wallet', refusal(400, -2008), 'credentials', /BINANCE_DEMO/],
    ['a signature', refusal(400, -1022), 'credentials', /shown only once/],
    ['what the key may not do', refusal(401, -1002), 'credentials', /Enable Reading/],
    ['a country', refusal(451, 0, COUNTRY), 'credentials', /BINANCE_BASE_URL/],
    [
      'an address, by its firewall',
      { kind: 'status', status: 403, body: HTML },
      'credentials',
      /wait ten minutes/,
    ],
    ['what it does not know', refusal(400, -1128), 'exchange-unavailable', /next run/],
  ])('%s is asked once, with all that it can mean', async (_title, fault, kind, fix) => {
    fail(fault);
    await expect(stage.client.readKeyRights()).rejects.toMatchObject({
      kind,
      fix: expect.stringMatching(fix) as unknown,
    });
    expect(stage.asked(KEY_RIGHTS)).toBe(1);
  });

  test.each<[string, FaultKind, string?]>([
    ['an overload', refusal(503, -1008)],
    ['an inner failure', refusal(500, -1000)],
    ['a time-out within', refusal(504, -1007)],
    ['a body that is cut off', { kind: 'resetBody' }],
    ['HTML that is called a success', { kind: 'body', body: '<html></html>' }, 'guard'],
    ['an empty object', { kind: 'body', body: '{}' }, 'guard'],
  ])(
    '%s once is not noticed, and five times ends the reading',
    async (_title, fault, kind = 'exchange-unavailable') => {
      fail(fault, 1);
      await expect(stage.client.readKeyRights()).resolves.toMatchObject({ readOnly: true });
      fail(fault);
      await expect(stage.client.readKeyRights()).rejects.toMatchObject({ kind });
      expect(stage.asked(KEY_RIGHTS)).toBe(2 + 5);
    },
  );

  test('with the true words of the simulated exchange: a wrong secret, an address not listed', async () => {
    stage.account.ips = ['10.0.0.1'];
    await expect(stage.client.readKeyRights()).rejects.toMatchObject({
      message: expect.stringContaining('-2015') as unknown,
    });
    await stage.end();
    await open({ account: { credentials: { apiKey: 'canaryKey0123456789', secret: 'wrong' } } });
    await expect(stage.client.readKeyRights()).rejects.toMatchObject({
      message: expect.stringContaining('-1022') as unknown,
    });
  });
});

describe('a clock that is off', () => {
  test.each([-60_000, 15_000])('by %i ms is set once by the exchange', async (offset) => {
    stage.simulator.world.advance(offset);
    await stage.client.readWallets();
    await stage.client.readKeyRights();
    expect(stage.asked(TIME)).toBe(1);
    expect(stage.asked(ACCOUNT)).toBe(2);
    expect(await stage.client.readClockOffset()).toBeGreaterThan(offset - 1000);
  });
});
