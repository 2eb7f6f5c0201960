import { ZERO } from '../decimal.js';
import type { SimulatedAccount } from '../account.js';
import type { Conversion, DustPart, DustSweep, Event } from '../events.js';
import type { World } from '../world.js';
import { latestFirst } from './latest-first.js';
import { limitOf, mandatory, whole } from './parameters.js';
import { bare, BinanceError, padded, type Params, type SignedRoute } from './wire.js';

const DAY_MS = 86_400_000;
const CONVERT_WINDOW_MS = 30 * DAY_MS;
const DIVIDEND_WINDOW_MS = 180 * DAY_MS;
const DUST_SINCE_MS = Date.UTC(2020, 11, 1);
const DUST_RECORDS = 100;

/** What changes balances without a trade or a transfer. */
export const CONVERSION_ROUTES: Readonly<Record<string, SignedRoute>> = {
  '/sapi/v1/convert/tradeFlow': { weight: 3000, pool: 'uid', answer: tradeFlow },
  '/sapi/v1/asset/dribblet': { weight: 1, answer: dustLog },
  '/sapi/v1/asset/assetDividend': { weight: 10, answer: dividends },
};

/** Too wide a window is no error: nothing is found in it. There is no cursor beyond the limit. */
function tradeFlow(_world: World, account: SimulatedAccount, params: Params) {
  mandatory(params, 'startTime');
  mandatory(params, 'endTime');
  const [startTime = 0, endTime = 0] = [whole(params, 'startTime'), whole(params, 'endTime')];
  const limit = limitOf(params, 100, 1000);
  const tooWide = endTime - startTime > CONVERT_WINDOW_MS;
  const found = tooWide ? [] : latestFirst(account.conversions, startTime, endTime);
  return {
    list: found.slice(0, limit).map(conversion),
    startTime,
    endTime,
    limit,
    moreData: found.length > limit,
  };
}

const conversion = ({ time, serial, from, fromAmount, to, toAmount, status }: Conversion): object => ({
  quoteId: `f3b91c525b2644c7bc1e1cd3${serial.toString(16).padStart(8, '0')}`,
  orderId: 940_708_407_462_000_000n + BigInt(serial),
  orderStatus: status,
  fromAsset: from,
  fromAmount: bare(fromAmount),
  toAsset: to,
  toAmount: bare(toAmount),
  ratio: bare(toAmount.div(fromAmount).toDecimalPlaces(8)),
  inverseRatio: bare(fromAmount.div(toAmount).toDecimalPlaces(8)),
  createTime: time,
  orderType: 'MARKET',
  side: 'BUY',
});

/** The latest records only, without pages; `transferedAmount` is before the service charge. */
function dustLog(world: World, account: SimulatedAccount, params: Params) {
  const from = Math.max(whole(params, 'startTime') ?? 0, DUST_SINCE_MS);
  const to = whole(params, 'endTime') ?? world.now();
  const sweeps = params.get('accountType') === 'MARGIN' ? [] : latestFirst(account.sweeps, from, to);
  const rows = sweeps.slice(0, DUST_RECORDS).map(sweepRow);
  return { total: rows.length, userAssetDribblets: rows };
}

function sweepRow({ time, serial, parts }: DustSweep): object {
  const sum = (pick: (part: DustPart) => typeof ZERO) =>
    bare(parts.reduce((total, part) => total.plus(pick(part)), ZERO));
  const transId = 308_145_879_000 + serial;
  return {
    operateTime: time,
    totalTransferedAmount: sum(({ gross }) => gross),
    totalServiceChargeAmount: sum(({ charge }) => charge),
    transId,
    userAssetDribbletDetails: parts.map(({ asset, amount, gross, charge }) => ({
      transId,
      serviceChargeAmount: bare(charge),
      amount: bare(amount),
      operateTime: time,
      transferedAmount: bare(gross),
      fromAsset: asset,
      targetAsset: 'BNB',
    })),
  };
}

/** Newest first, without pages: what is beyond the limit needs a narrower window. */
function dividends(world: World, account: SimulatedAccount, params: Params) {
  const to = whole(params, 'endTime') ?? world.now();
  const from = whole(params, 'startTime') ?? to - DIVIDEND_WINDOW_MS;
  if (to - from > DIVIDEND_WINDOW_MS) throw new BinanceError(-1102, 'illegal parameter ');
  const asset = params.get('asset');
  const found = latestFirst(account.dividends, from, to).filter((row) => !asset || row.asset === asset);
  const rows = found.slice(0, limitOf(params, 20, 500)).map((row) => ({
    id: 1_637_366_000 + row.serial,
    amount: padded(row.amount.abs()),
    asset: row.asset,
    divTime: row.time,
    enInfo: row.note,
    tranId: payout(row),
    direction: row.amount.isNegative() ? -1 : 1,
  }));
  return { rows, total: found.length };
}

/** What is paid out at one moment shares its transaction id. */
const payout = ({ time }: Event): number => 2_968_885_920 + Math.floor(time / 1000);
