import { Decimal, ZERO } from '../decimal.js';
import type { SimulatedAccount } from '../account.js';
import type { LockedPosition } from '../events.js';
import { sumOf, valueOf } from '../valuation.js';
import type { World } from '../world.js';
import { limitOf, whole } from './parameters.js';
import { rightsOf } from './rights.js';
import { bare, padded, type Params, type SignedRoute } from './wire.js';

const DAY_MS = 86_400_000;

/** Balances, earn positions and the key itself. */
export const ACCOUNT_ROUTES: Readonly<Record<string, SignedRoute>> = {
  '/api/v3/account': { weight: 20, reads: ['omitZeroBalances'], answer: spotAccount },
  '/sapi/v1/asset/get-funding-asset': {
    method: 'POST',
    weight: 1,
    answer: (_world, account, params) => walletRows(account.wallets.FUND, account.held.FUND, params),
  },
  '/sapi/v3/asset/getUserAsset': {
    method: 'POST',
    weight: 5,
    answer: (world, account, params) =>
      walletRows(spotBalances(world, account), account.held.UNIFIED, params).map((row) => ({
        ...row,
        ipoable: '0',
      })),
  },
  '/sapi/v1/simple-earn/flexible/position': {
    weight: 150,
    answer: (_world, account, params) =>
      positions(
        [...account.flexible],
        ([asset]) => asset,
        params,
        ([asset, amount]) => flexible(asset, amount),
      ),
  },
  '/sapi/v1/simple-earn/locked/position': {
    weight: 150,
    answer: (_world, account, params) => positions(account.locked, ({ asset }) => asset, params, locked),
  },
  '/sapi/v1/asset/wallet/balance': { weight: 60, reads: ['quoteAsset'], answer: walletTotals },
  '/sapi/v1/account/apiRestrictions': { weight: 1, answer: (_world, account) => rightsOf(account) },
};

/** One total a wallet, in BTC unless another unit is asked for. */
function walletTotals(world: World, account: SimulatedAccount, params: Params) {
  const unit = params.get('quoteAsset') ?? 'BTC';
  const rate = unit === 'USDT' ? '1' : world.priceAt(`${unit}USDT`, world.now());
  const earn = new Map(account.flexible);
  for (const { asset, amount } of account.locked) earn.set(asset, (earn.get(asset) ?? ZERO).plus(amount));
  const values = new Map([
    ['Spot', valueOf(world, account.wallets.UNIFIED)],
    ['Funding', valueOf(world, account.wallets.FUND)],
    ['Earn', valueOf(world, earn)],
    ...[...account.unread].map(([name, value]) => [name, sumOf([value])] as const),
  ]);
  return [...values].map(([walletName, value]) => ({
    activate: true,
    balance: bare(value.div(rate).toDecimalPlaces(8)),
    walletName,
  }));
}

/** Every asset of the exchange, held or not. */
function spotAccount(world: World, account: SimulatedAccount, params: Params) {
  const omitZero = params.get('omitZeroBalances') === 'true';
  const balances = [...spotBalances(world, account)]
    .filter(([, amount]) => !omitZero || !amount.isZero())
    .map(([asset, amount]) => {
      const held = account.held.UNIFIED.get(asset) ?? ZERO;
      return { asset, free: padded(amount.minus(held)), locked: padded(held) };
    });
  const rate = '0.00100000';
  return {
    makerCommission: 10,
    takerCommission: 10,
    buyerCommission: 0,
    sellerCommission: 0,
    commissionRates: { maker: rate, taker: rate, buyer: '0.00000000', seller: '0.00000000' },
    canTrade: true,
    canWithdraw: true,
    canDeposit: true,
    brokered: false,
    requireSelfTradePrevention: false,
    preventSor: false,
    updateTime: account.executions.at(-1)?.time ?? 0,
    accountType: 'SPOT',
    balances,
    permissions: ['SPOT'],
    uid: account.userId,
  };
}

/** A flexible earn position stands in the spot account a second time, as a coin of its own: LDBTC. */
function spotBalances(world: World, account: SimulatedAccount): Map<string, Decimal> {
  const markets = [...world.markets.values(), ...world.delisted.values()];
  const known = markets.flatMap(({ base, quote }) => [base, quote]);
  const mirrored = [...account.flexible].map(([asset, amount]) => [`LD${asset}`, amount] as const);
  return new Map([...known.map((asset) => [asset, ZERO] as const), ...account.wallets.UNIFIED, ...mirrored]);
}

/** Only what there is. */
function walletRows(
  balances: ReadonlyMap<string, Decimal>,
  held: ReadonlyMap<string, Decimal>,
  params: Params,
) {
  const asked = params.get('asset');
  return [...balances]
    .filter(([asset, amount]) => !amount.isZero() && (asked === undefined || asked === asset))
    .map(([asset, amount]) => {
      const freeze = held.get(asset) ?? ZERO;
      return {
        asset,
        free: bare(amount.minus(freeze)),
        locked: '0',
        freeze: bare(freeze),
        withdrawing: '0',
        btcValuation: '0',
      };
    });
}

function positions<Position>(
  all: readonly Position[],
  assetOf: (position: Position) => string,
  params: Params,
  render: (position: Position) => object,
) {
  const asked = params.get('asset');
  const found = all.filter((position) => asked === undefined || assetOf(position) === asked);
  const size = limitOf(params, 10, 100, 'size');
  const from = ((whole(params, 'current') ?? 1) - 1) * size;
  return { rows: found.slice(from, from + size).map(render), total: found.length };
}

const flexible = (asset: string, amount: Decimal) => ({
  totalAmount: padded(amount),
  tierAnnualPercentageRate: { [`0-5${asset}`]: 0.05 },
  latestAnnualPercentageRate: '0.02599895',
  yesterdayAirdropPercentageRate: '0.00000000',
  asset,
  airDropAsset: 'BETH',
  canRedeem: true,
  collateralAmount: '0.00000000',
  productId: `${asset}001`,
  yesterdayRealTimeRewards: '0.00000000',
  cumulativeBonusRewards: '0.00000000',
  cumulativeRealTimeRewards: '0.00000000',
  cumulativeTotalRewards: '0.00000000',
  autoSubscribe: false,
});

/** Locked positions are nowhere in the spot account; their times go as strings. */
function locked({ time, serial, asset, amount, days }: LockedPosition) {
  const end = String(time + days * DAY_MS);
  return {
    positionId: 123_000 + serial,
    parentPositionId: 122_000 + serial,
    projectId: `${asset}*${days}`,
    asset,
    amount: bare(amount),
    purchaseTime: String(time),
    duration: String(days),
    accrualDays: '4',
    rewardAsset: asset,
    APY: '0.2032',
    rewardAmt: '0',
    extraRewardAsset: 'BNB',
    extraRewardAPR: '0.0203',
    estExtraRewardAmt: '0',
    boostRewardAsset: asset,
    boostApr: '0.0121',
    totalBoostRewardAmt: '0',
    nextPay: '0',
    nextPayDate: end,
    payPeriod: '1',
    redeemAmountEarly: bare(amount),
    rewardsEndDate: end,
    deliverDate: end,
    redeemPeriod: '1',
    redeemingAmt: '0',
    redeemTo: 'FLEXIBLE',
    partialAmtDeliverDate: end,
    canRedeemEarly: true,
    canFastRedemption: true,
    autoSubscribe: false,
    type: 'NORMAL',
    status: 'HOLDING',
    canReStake: true,
  };
}
