import { Decimal, toText } from '../../../src/models/decimal.js';
import type { SimulatedAccount } from '../account.js';
import { BybitError, type PrivateRoute } from './dialect.js';

/** Balances and the key itself. */
export const ACCOUNT_ROUTES: Readonly<Record<string, PrivateRoute>> = {
  '/v5/account/wallet-balance': (_world, account, params) => {
    if (params.get('accountType') !== 'UNIFIED')
      throw new BybitError(10001, 'accountType only support UNIFIED.');
    return { retMsg: 'OK', result: { list: [unified(account)] } };
  },
  '/v5/asset/transfer/query-account-coins-balance': (_world, account, params) => {
    if (params.get('accountType') !== 'FUND') throw new BybitError(131002, 'coin is required');
    const balance = [...account.wallets.FUND].map(([coin, amount]) => ({
      coin,
      transferBalance: toText(amount),
      walletBalance: toText(amount),
      bonus: '',
    }));
    return { retMsg: 'success', result: { memberId: '146940', accountType: 'FUND', balance } };
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

/** Without a named coin only those that are not zero. */
function unified(account: SimulatedAccount) {
  const coin = [...account.wallets.UNIFIED]
    .filter(([, amount]) => !amount.isZero())
    .map(([name, amount]) => ({
      availableToBorrow: '',
      bonus: '0',
      accruedInterest: '0',
      availableToWithdraw: '',
      totalOrderIM: '0',
      equity: toText(amount),
      totalPositionMM: '0',
      usdValue: toText(new Decimal(0)),
      unrealisedPnl: '0',
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
    totalMarginBalance: '0',
    totalInitialMargin: '0',
    accountType: 'UNIFIED',
    totalAvailableBalance: '0',
    accountMMRate: '0',
    totalPerpUPL: '0',
    totalWalletBalance: '0',
    accountLTV: '0',
    totalMaintenanceMargin: '0',
    coin,
  };
}

/** A key bound to addresses does not expire: -2 days and 1970. */
function keyInformation(now: number, account: SimulatedAccount) {
  const bound = !account.ips.includes('*');
  return {
    id: '2208369',
    note: 'simulated',
    apiKey: account.apiKey,
    readOnly: account.readOnly,
    secret: '',
    permissions: account.permissions,
    ips: account.ips,
    type: 1,
    deadlineDay: bound ? -2 : 63,
    expiredAt: bound ? '1970-01-01T00:00:00Z' : new Date(now + 63 * 86_400_000).toISOString(),
    createdAt: '2025-10-13T03:20:45Z',
    unified: 0,
    uta: 1,
    userID: 1_448_939,
    inviterID: 0,
    vipLevel: 'No VIP',
    mktMakerLevel: '0',
    affiliateID: 0,
    rsaPublicKey: '',
    isMaster: true,
    parentUid: '0',
    kycLevel: 'LEVEL_1',
    kycRegion: 'MYS',
  };
}
