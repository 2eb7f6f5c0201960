import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { RequestFailure } from '../../src/client/answer.js';
import { EXCHANGES } from '../../src/client/exchanges.js';
import { classify, type NamesOfCode } from '../../src/client/failures.js';
import { PartFailure } from '../../src/client/part-failure.js';
import type { FaultKind } from '../simulator/faults.js';
import { refusal } from '../support/binance-refusal.js';
import { type ClientStage, openBinance, openClient } from '../support/client.js';

const bybit = EXCHANGES['bybit'];
if (!bybit) throw new Error('no spec');

describe('the class of a failure', () => {
  const classOf = (details: ConstructorParameters<typeof RequestFailure>[1], names: readonly string[] = []) =>
    classify(new RequestFailure('no', details), bybit.errors, () => names);

  test.each([
    ['InvalidNonce', 'clock'],
    ['RateLimitExceeded', 'retryable', 'NetworkError'],
    ['PermissionDenied', 'refused', 'AuthenticationError'],
    ['BadRequest', 'unknown', 'ExchangeError'],
    // ccxt derives it from NetworkError: the clock goes first, or the same time would be sent again.
    ['InvalidNonce', 'clock', 'NetworkError'],
  ])('of a code that only ccxt knows, as %s, is %s', (name, kind, ...ancestors) => {
    expect(classOf({ code: '77777' }, [name, ...ancestors])).toMatchObject({ kind });
  });

  test.each([
    ['10002', 'clock', 'AuthenticationError'],
    ['10006', 'retryable', 'AuthenticationError'],
    ['10003', 'refused', 'NetworkError'],
  ])('of the code %s is %s by the table of the exchange, whatever ccxt has', (code, kind, name) => {
    expect(classOf({ code }, [name])).toMatchObject({ kind });
  });

  test('of a status that refuses the address is not left to ccxt', () => {
    expect(classOf({ status: 403, code: '77777' }, ['NetworkError'])).toEqual({ kind: 'blocked' });
    expect(classOf({ status: 404, code: '77777' }, ['NetworkError'])).toEqual({ kind: 'no-such-path' });
  });

  test('without a code is known by the status alone', () => {
    const never: NamesOfCode = () => {
      throw new Error('there is no code to look up');
    };
    const kinds = [400, 409, 500, 503].map(
      (status) => classify(new RequestFailure('no', { status }), bybit.errors, never).kind,
    );
    expect(kinds).toEqual(['unknown', 'unknown', 'retryable', 'retryable']);
  });
});

describe('a code that only ccxt knows', () => {
  let stage: ClientStage;

  afterEach(async () => {
    jest.restoreAllMocks();
    await stage.end();
  });

  const atBybit = (code: number): FaultKind => ({ kind: 'retCode', code, message: 'no' });
  const EXCHANGE = {
    bybit: { open: openClient, path: '/v5/user/query-api' },
    binance: { open: openBinance, path: '/sapi/v1/account/apiRestrictions' },
  } as const;

  /** Reads the rights of the key, which the exchange refuses so many times. */
  async function refuse(exchange: keyof typeof EXCHANGE, fault: FaultKind, times: number) {
    const { open, path } = EXCHANGE[exchange];
    stage = await open();
    jest.spyOn(Math, 'random').mockReturnValue(0);
    stage.simulator.faults.add({ ...fault, path, times });
    const outcome: unknown = await stage.client.readKeyRights().catch((error: unknown) => error);
    return { outcome, asked: stage.asked(path) };
  }

  const TRANSIENT = [
    ['bybit', 'RateLimitExceeded', atBybit(170222)],
    ['bybit', 'RequestTimeout', atBybit(170007)],
    ['binance', 'RateLimitExceeded', refusal(400, -1015)],
  ] as const;

  test.each(TRANSIENT)('at %s, as %s, is asked again', async (exchange, _name, fault) => {
    const { outcome, asked } = await refuse(exchange, fault, 1);
    expect(outcome).toMatchObject({ readOnly: true });
    expect(asked).toBe(2);
  });

  test.each(TRANSIENT)('at %s, as %s, is transient if it stays', async (exchange, _name, fault) => {
    const { outcome, asked } = await refuse(exchange, fault, 99);
    expect(outcome).toBeInstanceOf(PartFailure);
    expect(outcome).toMatchObject({ kind: 'exchange-unavailable', status: 'failed', transient: true });
    expect(asked).toBe(5);
  });

  test.each([
    ['bybit', 'AuthenticationError', atBybit(10007)],
    ['bybit', 'PermissionDenied', atBybit(10020)],
    ['binance', 'PermissionDenied', refusal(400, -13003)],
    ['binance', 'AuthenticationError', refusal(400, -1125)],
  ] as const)('at %s, as %s, is a refused key, asked once', async (exchange, _name, fault) => {
    const { outcome, asked } = await refuse(exchange, fault, 99);
    expect(outcome).toMatchObject({
      kind: 'credentials',
      status: 'refused',
      message: expect.stringContaining('the key, or what it may read, is not accepted') as unknown,
      fix: expect.stringContaining('a read-only key is enough') as unknown,
    });
    expect(asked).toBe(1);
  });

  test.each([
    ['bybit', 'BadRequest', atBybit(10001)],
    ['binance', 'BadRequest', refusal(400, -1102)],
  ] as const)('at %s, as %s, is a failure that no retry helps', async (exchange, _name, fault) => {
    const { outcome, asked } = await refuse(exchange, fault, 99);
    expect(outcome).toMatchObject({ kind: 'exchange-unavailable', status: 'failed', transient: false });
    expect(asked).toBe(1);
  });
});
