import { type Decimal, toText, ZERO } from '../decimal.js';
import type { SimulatedAccount } from '../account.js';
import { sumOf, valueOf } from '../valuation.js';
import type { World } from '../world.js';
import { BybitError, type Params, type PrivateRoute } from './dialect.js';

/** Balances and the key itself. */
export const ACCOUNT_ROUTES: Readonly<Record<string, PrivateRoute>> = {
  '/v5/account/wallet-balance': (_world, account, params) => {
    if (params.get('accountType') !== 'UNIFIED')
      throw new BybitError(10001, 'accountType only support UNIFIED.');
    return { retMsg: 'OK', result: { list: [unified(account, named(params))] } };
  },
  '/v5/asset/transfer/query-account-coins-balance': (_world, account, params) => {
    if (params.get('accountType') !== 'FUND') throw new BybitError(131002, 'coin is required');
    const coins = named(params) ?? [...account.wallets.FUND.keys()];
    const balance = held(account.wallets.FUND, coins).map(([coin, amount]) => ({
      coin,
      transferBalance: toText(amount),
      walletBalance: toText(amount),
      bonus: '',
    }));
    return { retMsg: 'success', result: { memberId: '146940', accountType: 'FUND', balance } };
  },
  '/v5/asset/asset-overview': (world, account) => {
    if (account.refusesOverview) {
      throw new BybitError(10005, 'Permission denied, please check your API key permissions.');
    }
    return { retMsg: 'Success', result: overview(world, account) };
  },
  '/v5/account/info': () => ({
    retMsg: 'OK',
    bare: true,
    result: {
      marginMode: 'REGULAR_MARGIN',
      updatedTime: '1748312640000',
      unifiedMarginStatus: 6,
      dcpStatus: 'OFF',
      timeWindow: 0,
      smpGroup: 0,
      isMasterTrader: false,
      spotHedgingStatus: 'OFF',
    },
  }),
  '/v5/user/query-api': (world, account) => ({ retMsg: '', result: keyInformation(world.now(), account) }),
};

type Balances = ReadonlyMap<string, Decimal>;

/** `coin` is a list with commas. */
const named = (params: Params): readonly string[] | undefined => params.get('coin')?.split(',');

/** Without a named coin only those that are not zero; a named one at zero too. */
const held = (wallet: Balances, coins: readonly string[] | undefined): [string, Decimal][] =>
  coins
    ? coins.map((coin) => [coin, wallet.get(coin) ?? ZERO])
    : [...wallet].filter(([, amount]) => !amount.isZero());

function unified(account: SimulatedAccount, coins: readonly string[] | undefined) {
  const coin = held(account.wallets.UNIFIED, coins).map(([name, amount]) => ({
    availableToBorrow: '',
    bonus: '0',
    accruedInterest: '0',
    availableToWithdraw: '',
    totalOrderIM: '0',
    equity: toText(amount.plus(account.perpetuals.get(name) ?? '0')),
    totalPositionMM: '0',
    usdValue: '0',
    unrealisedPnl: account.perpetuals.get(name) ?? '0',
    collateralSwitch: true,
    spotHedgingQty: '0',
    borrowAmount: '0.000000000000000000',
    totalPositionIM: '0',
    walletBalance: toText(amount),
    cumRealisedPnl: '0',
    locked: '0',
    marginCollateral: true,
    coin: name,
    spotBorrow: '0',
  }));
  return {
    totalEquity: '0',
    accountIMRate: '0',
    accountIMRateByMp: '0',
    totalMarginBalance: '0',
    totalInitialMargin: '0',
    totalInitialMarginByMp: '0',
    accountType: 'UNIFIED',
    totalAvailableBalance: '0',
    accountMMRate: '0',
    accountMMRateByMp: '0',
    totalPerpUPL: '0',
    totalWalletBalance: '0',
    accountLTV: '0',
    totalMaintenanceMargin: '0',
    totalMaintenanceMarginByMp: '0',
    coin,
  };
}

/** Totals in US dollars by account type, those without anything among them. */
function overview(world: World, account: SimulatedAccount) {
  const { UNIFIED, FUND } = account.wallets;
  const values = new Map([
    ['FundingAccount', valueOf(world, FUND)],
    ['UnifiedTradingAccount', valueOf(world, UNIFIED).plus(sumOf(account.perpetuals.values()))],
    ...[...account.unread].map(([type, value]) => [type, sumOf([value])] as const),
  ]);
  const list = [...values].map(([accountType, value]) => ({
    totalEquity: toText(value.toDecimalPlaces(2)),
    valuationCurrency: 'USD',
    accountType,
    snapshotTime: String(world.now()),
  }));
  return { totalEquity: toText(sumOf(list.map(({ totalEquity }) => totalEquity))), list };
}

/** Groups of permissions; each is in the answer, empty where the key has none of it. */
const GROUPS = [
  ...['ContractTrade', 'Spot', 'Wallet', 'Options', 'Derivatives', 'CopyTrading', 'BlockTrade', 'Exchange'],
  ...['NFT', 'Affiliate', 'Earn', 'FiatP2P', 'FiatConvertBroker', 'FiatGlobalPay', 'FiatBitPay', 'BitCard'],
  'ByXPost',
];

/** A key bound to addresses does not expire: -2 days and 1970. */
function keyInformation(now: number, account: SimulatedAccount) {
  const bound = !account.ips.includes('*');
  return {
    id: '2208369',
    note: 'simulated',
    apiKey: account.apiKey,
    readOnly: account.readOnly,
    secret: '',
    permissions: Object.fromEntries(GROUPS.map((group) => [group, account.permissions[group] ?? []])),
    ips: account.ips,
    type: 1,
    deadlineDay: bound ? -2 : 63,
    expiredAt: bound
      ? '1970-01-01T00:00:00Z'
      : `${new Date(now + 63 * 86_400_000).toISOString().slice(0, 19)}Z`,
    createdAt: '2025-10-13T03:20:45Z',
    unified: 0,
    uta: 1,
    userID: account.userId,
    inviterID: 0,
    vipLevel: 'No VIP',
    mktMakerLevel: '0',
    affiliateID: 0,
    rsaPublicKey: '',
    isMaster: account.parent === undefined,
    parentUid: String(account.parent ?? 0),
    kycLevel: 'LEVEL_1',
    kycRegion: 'MYS',
    userIDInt64: '0',
    inviterIDInt64: '0',
    affiliateIDInt64: '0',
  };
}
