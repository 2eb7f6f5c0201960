import type { SimulatedAccount } from '../account.js';

/** What a key may do, told in Binance's terms. */
export function rightsOf(account: SimulatedAccount) {
  const has = (right: string) => Object.values(account.permissions).some((list) => list.includes(right));
  const writes = account.readOnly === 0;
  return {
    ipRestrict: !account.ips.includes('*'),
    createTime: 1_698_645_219_000,
    enableReading: Object.values(account.permissions).some((list) => list.length > 0),
    enableWithdrawals: writes && has('Withdraw'),
    enableInternalTransfer: writes && has('AccountTransfer'),
    enableMargin: false,
    enableFutures: false,
    permitsUniversalTransfer: writes && has('AccountTransfer'),
    enableVanillaOptions: false,
    enableFixApiTrade: false,
    enableFixReadOnly: false,
    enableSpotAndMarginTrading: writes && has('SpotTrade'),
    enablePortfolioMarginTrading: false,
  };
}
