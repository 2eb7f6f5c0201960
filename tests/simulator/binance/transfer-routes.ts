import type { SimulatedAccount } from '../account.js';
import type { Move, TransferState, WalletName } from '../events.js';
import { address, hash } from '../transfer-rows.js';
import type { World } from '../world.js';
import { latestFirst } from './latest-first.js';
import { limitOf, mandatory, whole } from './parameters.js';
import { bare, BinanceError, type Params, type SignedRoute } from './wire.js';

const DAY_MS = 86_400_000;
const WINDOW_MS = 90 * DAY_MS;
const WEEK_MS = 7 * DAY_MS;
const HALF_YEAR_MS = 183 * DAY_MS;

type Transfer = SimulatedAccount['deposits'][number];

const DEPOSIT_STATUS: Readonly<Record<TransferState, number>> = {
  pending: 0,
  done: 1,
  rejected: 2,
  credited: 6,
  cancelled: 7,
  failed: 7,
  awaiting: 8,
};

const WITHDRAWAL_STATUS: Readonly<Record<TransferState, number>> = {
  pending: 4,
  cancelled: 1,
  awaiting: 2,
  rejected: 3,
  credited: 4,
  failed: 5,
  done: 6,
};

const WALLET_TYPE: Readonly<Record<WalletName, number>> = { UNIFIED: 0, FUND: 1 };
const WALLET_WORD: Readonly<Record<WalletName, string>> = { UNIFIED: 'MAIN', FUND: 'FUNDING' };

/** Newest first, in windows of 90 days and pages by offset. */
export const TRANSFER_ROUTES: Readonly<Record<string, SignedRoute>> = {
  '/sapi/v1/capital/deposit/hisrec': {
    weight: 1,
    answer: (world, account, params) => page(world, account.deposits, params, DEPOSIT_STATUS).map(deposit),
  },
  '/sapi/v1/capital/withdraw/history': {
    weight: 18_000,
    pool: 'uid',
    answer: (world, account, params) =>
      page(world, account.withdrawals, params, WITHDRAWAL_STATUS).map(withdrawal),
  },
  '/sapi/v1/asset/transfer': { weight: 1, answer: moves },
};

function page(
  world: World,
  all: readonly Transfer[],
  params: Params,
  statuses: Readonly<Record<TransferState, number>>,
): Transfer[] {
  const to = whole(params, 'endTime') ?? world.now();
  const from = whole(params, 'startTime') ?? to - WINDOW_MS;
  if (to - from > WINDOW_MS) throw new BinanceError(-4047, 'Time interval must be within 0-90 days');
  const [coin, status] = [params.get('coin'), whole(params, 'status')];
  const found = latestFirst(all, from, to).filter(
    ({ asset, state }) =>
      (coin === undefined || asset === coin) && (status === undefined || statuses[state] === status),
  );
  const offset = whole(params, 'offset') ?? 0;
  return found.slice(offset, offset + limitOf(params, 1000, 1000));
}

const deposit = ({ asset, amount, time, serial, state, wallet }: Transfer): object => ({
  id: String(769_800_519_366_000_000n + BigInt(serial)),
  amount: bare(amount),
  coin: asset,
  network: 'ETH',
  status: DEPOSIT_STATUS[state],
  address: address(serial),
  addressTag: '',
  txId: hash(serial),
  insertTime: time,
  completeTime: time,
  transferType: 0,
  confirmTimes: '12/12',
  unlockConfirm: 12,
  walletType: WALLET_TYPE[wallet],
  travelRuleStatus: 0,
});

/** `amount` is without the fee; times are UTC texts to the second. */
const withdrawal = ({ asset, amount, fee, time, serial, state, wallet }: Transfer): object => ({
  id: `b6ae22b3aa844210a7041aee${serial.toString(16).padStart(8, '0')}`,
  amount: bare(amount),
  transactionFee: bare(fee),
  coin: asset,
  status: WITHDRAWAL_STATUS[state],
  address: address(serial),
  txId: hash(serial),
  applyTime: utc(time),
  network: 'ETH',
  transferType: 0,
  info: '',
  confirmNo: 12,
  walletType: WALLET_TYPE[wallet],
  txKey: '',
  completeTime: utc(time + 60_000),
});

const utc = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

/** Of half a year; one direction a request, and without times the last week only. */
function moves(world: World, account: SimulatedAccount, params: Params) {
  const type = mandatory(params, 'type');
  const to = whole(params, 'endTime') ?? world.now();
  const from = Math.max(whole(params, 'startTime') ?? to - WEEK_MS, world.now() - HALF_YEAR_MS);
  const found = latestFirst(account.moves, from, to).filter((move) => typeOf(move) === type);
  const size = limitOf(params, 10, 100, 'size');
  const skipped = ((whole(params, 'current') ?? 1) - 1) * size;
  const rows = found.slice(skipped, skipped + size).map((move) => ({
    asset: move.asset,
    amount: bare(move.amount),
    type,
    status: 'CONFIRMED',
    tranId: 11_415_955_000 + move.serial,
    timestamp: move.time,
  }));
  return { total: found.length, rows };
}

const typeOf = ({ from, to }: Move): string => `${WALLET_WORD[from]}_${WALLET_WORD[to]}`;
