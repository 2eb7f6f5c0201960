import { toText, ZERO } from '../decimal.js';
import type { Conversion, DustPart, DustSweep, InternalDeposit } from '../events.js';
import { type Envelope, type Params, type PrivateRoute, whole } from './dialect.js';

const CONVERT_PAGE = { largest: 100, usual: 20 };
const DUST_PAGE = { largest: 50, usual: 50 };
const INTERNAL_STATUS = { pending: 1, done: 2, failed: 3 } as const;

/** What moves coins beside trades and transfers; by numbered pages, newest first. */
export const PRODUCT_ROUTES: Readonly<Record<string, PrivateRoute>> = {
  '/v5/asset/exchange/query-convert-history': (_world, { conversions }, params) => {
    const list = numbered(conversions, params, 'index', 'limit', CONVERT_PAGE).rows.map(converted);
    return { retMsg: 'ok', result: { list } };
  },
  '/v5/asset/covert/small-balance-history': (_world, { sweeps }, params) => smallBalances(sweeps, params),
};

/** Its time is in seconds. */
export const internalRow = ({ asset, amount, time, serial, state }: InternalDeposit) => ({
  id: String(1_103 + serial),
  amount: toText(amount),
  type: 1,
  coin: asset,
  address: 'xxxx***@gmail.com',
  status: INTERNAL_STATUS[state],
  createdTime: String(Math.floor(time / 1000)),
  fromMemberId: '118027304',
  txID: `77c37e5c-d9fa-41e5-bd13-${serial.toString(16).padStart(12, '0')}`,
  complianceStatus: 0,
  taxDepositRecordsId: '0',
  taxStatus: 0,
});

interface Paging {
  readonly largest: number;
  readonly usual: number;
}

function numbered<Row extends { readonly time: number; readonly serial: number }>(
  all: readonly Row[],
  params: Params,
  pageName: string,
  sizeName: string,
  { largest, usual }: Paging,
) {
  const size = Math.min(largest, whole(params, sizeName) ?? usual);
  const page = whole(params, pageName) ?? 1;
  const sorted = [...all].sort((a, b) => b.time - a.time || b.serial - a.serial);
  const rows = sorted.slice((page - 1) * size, page * size);
  return { rows, page, size, lastPage: Math.ceil(all.length / size) };
}

const converted = ({ time, serial, from, fromAmount, to, toAmount, status }: Conversion) => ({
  accountType: 'eb_convert_uta',
  exchangeTxId: String(1_010_020_692_439_483_803_000_000_000n + BigInt(serial)),
  userId: '100406395',
  fromCoin: from,
  fromCoinType: 'crypto',
  fromAmount: toText(fromAmount),
  toCoin: to,
  toCoinType: 'crypto',
  toAmount: toText(toAmount),
  exchangeStatus: status === 'SUCCESS' ? 'success' : 'failure',
  extInfo: {},
  convertRate: toText(toAmount.div(fromAmount).toDecimalPlaces(12)),
  createdAt: String(time),
});

function smallBalances(sweeps: readonly DustSweep[], params: Params): Envelope {
  const { rows, page, size, lastPage } = numbered(sweeps, params, 'cursor', 'size', DUST_PAGE);
  const result = {
    cursor: String(page),
    size: String(size),
    lastPage: String(lastPage),
    totalCount: String(sweeps.length),
    records: rows.map(sweepRow),
  };
  return { retMsg: 'ok', result };
}

const NO_TAX = { totalAmount: '0', feeCoin: '', taxFeeItems: [] };

/** `toAmount` is what is left after the fee. */
function sweepRow({ time, serial, parts }: DustSweep) {
  const sum = (pick: (part: DustPart) => typeof ZERO) =>
    toText(parts.reduce((total, part) => total.plus(pick(part)), ZERO));
  return {
    accountType: 'eb_convert_uta',
    exchangeTxId: String(1_010_075_157_602_517_596_000_000_000n + BigInt(serial)),
    toCoin: 'BNB',
    toAmount: sum(({ gross, charge }) => gross.minus(charge)),
    subRecords: parts.map(({ asset, amount, gross, charge }) => ({
      fromCoin: asset,
      fromAmount: toText(amount),
      toCoin: 'BNB',
      toAmount: toText(gross.minus(charge)),
      feeCoin: 'BNB',
      feeAmount: toText(charge),
      status: 'success',
      taxFeeInfo: NO_TAX,
    })),
    status: 'success',
    createdAt: String(time),
    exchangeSource: 'small_asset_uta',
    feeCoin: 'BNB',
    totalFeeAmount: sum(({ charge }) => charge),
    totalTaxFeeInfo: NO_TAX,
  };
}
