import { ExpectedError } from '../errors.js';
import { STABLECOINS } from '../models/stablecoins.js';
import type { Account } from '../models/account.js';
import type { ClientContext, ExchangeClient } from './exchange-client.js';
import { TRAITS } from './exchange-traits.js';
import { firstCursor, readHistory } from './history.js';
import { readMarkets } from './markets.js';
import { readPastPrices } from './past-prices.js';
import { pairsOf, pricesFrom } from './prices.js';
import { createRequester } from './request.js';
import { readWallets } from './wallets.js';

/** A client that can read one account and do nothing else; throws 'config' on an exchange it does not know. */
export async function createExchangeClient(
  account: Account,
  context: ClientContext,
): Promise<ExchangeClient> {
  const traits = TRAITS[account.exchange];
  if (!traits) throw new ExpectedError('config', `the exchange ${account.exchange} is not supported`);
  const requester = await createRequester(account, traits, context);
  const markets = () =>
    readMarkets(traits, context.cache, (endpoint, params) =>
      requester.read(endpoint, params, (answer) => answer),
    );
  return {
    readWallets: () => readWallets(traits, requester),
    readPrices: async (assets, currency) => {
      const { endpoint, params, pricesOf } = traits.tickers;
      const pairs = pairsOf(await markets());
      return pricesFrom(
        assets,
        currency,
        STABLECOINS,
        pairs,
        await requester.read(endpoint, params, pricesOf),
      );
    },
    readHistory: async function* (cursor) {
      yield* readHistory(traits, requester, await markets(), account, cursor);
    },
    firstCursor: (stream, since) => firstCursor(traits, requester.now(), stream, since),
    readPastPrices: async (asset, times, currency) =>
      readPastPrices(account.exchange, traits, requester, pairsOf(await markets()), {
        asset,
        times,
        currency,
      }),
    readClockOffset: requester.clockOffset,
    readKeyRights: () => requester.read(traits.keyRights.endpoint, {}, traits.keyRights.rightsOf),
    requestCount: requester.count,
  };
}
