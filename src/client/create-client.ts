import { ExpectedError } from '../errors.js';
import type { Account } from '../models/account.js';
import type { WalletReading } from '../models/holdings.js';
import { STABLECOINS } from '../models/stablecoins.js';
import { shown } from './answer.js';
import { Candles } from './candles.js';
import type { ClientContext, ExchangeClient } from './exchange-client.js';
import type { ExchangeSpec } from './exchange-spec.js';
import { EXCHANGES } from './exchanges.js';
import { countWindows, firstCursor, readHistory } from './history.js';
import { readAccountId, readKeyRights } from './key-rights.js';
import { MarketList } from './market-list.js';
import { readPastPrices } from './past-prices.js';
import { pairsOf, pricesFrom, tradedPairsOf } from './prices.js';
import { createRequester, type Requester } from './request.js';
import { explainingStreams, type Found, searchStreams, streamsWhen } from './search.js';
import { marketOf, streamSpec } from './stream-spec.js';
import { readUnreadAgain } from './unread-records.js';
import { readWallets } from './wallets.js';

/** A client that can read one account and do nothing else; throws 'config' on an exchange it does not know. */
export async function createExchangeClient(
  account: Account,
  context: ClientContext,
): Promise<ExchangeClient> {
  const spec = EXCHANGES[account.exchange];
  if (!spec) throw new ExpectedError('config', `the exchange ${account.exchange} is not supported`);
  const { environment } = account;
  const { routes } = spec;
  const requester = await createRequester(account, spec, context);
  const candles = new Candles(spec.candles, requester);
  const list = new MarketList(spec.markets, context.hostCache, requester);
  let found: Found = { held: new Set(), wallets: new Set() };
  return {
    wallets: spec.wallets
      .filter(({ environments }) => environments.includes(environment))
      .map(({ name }) => name),
    readWallets: async (skipped = new Set()) => {
      const readings = await readWallets(spec, requester, environment, skipped);
      const settled = spec.settleWallets?.(readings, await list.current()) ?? readings;
      found = foundIn(settled, readings);
      // What was bought on a market listed since is to be found in this run.
      await list.holding(found.held);
      return settled;
    },
    readOverview: async () => {
      const { overview } = spec;
      if (!overview?.environments.includes(environment)) return undefined;
      return await requester.read(overview.endpoint, overview.params, overview.overviewOf);
    },
    readMarkets: async () => {
      await list.current();
    },
    readPrices: async (assets, currency) => {
      const tickers = await readTickers(spec, requester);
      const pairs = tradedPairsOf(await list.holding(tickers.prices.keys()));
      return pricesFrom(assets, currency, STABLECOINS, { pairs, routes }, tickers, (pair, text) => {
        context.log(
          'warn',
          `${spec.title} reports an impossible price of ${pair}, which is not used: ${shown(text)}`,
        );
      });
    },
    peggedPrices: (assets, currency) => {
      const noTickers = { time: requester.now(), prices: new Map<string, string>() };
      const noMarkets = { pairs: new Map(), routes };
      return pricesFrom(assets, currency, STABLECOINS, noMarkets, noTickers, () => undefined);
    },
    streams: streamsWhen(spec, 'always', environment),
    byMarket: streamsWhen(spec, 'by-market', environment),
    isOffered: (stream) =>
      streamsWhen(spec, 'by-market', environment).every((whole) => !stream.startsWith(`${whole}:`)) ||
      list.isListed(marketOf(stream)),
    explaining: explainingStreams(spec, environment),
    searchStreams: async (hints) => searchStreams(spec, environment, await list.current(), found, hints),
    maxStreamsAtOnce: spec.maxStreamsAtOnce,
    readHistory: async function* (cursor, onWindow) {
      yield* readHistory(spec, requester, list, account, cursor, onWindow);
    },
    readAgain: async (records) =>
      records.length === 0
        ? { events: [], resolved: [] }
        : readUnreadAgain(spec, await list.current(), records),
    lookBackMs: (stream) => streamSpec(spec, stream).lookBackMs ?? 0,
    countWindows: (cursor) => countWindows(spec, account, cursor, requester.now()),
    firstCursor: (stream, since) => firstCursor(spec, requester.now(), stream, since),
    readPastPrices: async (asset, times, currency) => {
      const pairs = pairsOf(await list.current());
      return await readPastPrices(account.exchange, { pairs, routes, candles }, { asset, times, currency });
    },
    readClockOffset: requester.clockOffset,
    readKeyRights: () => readKeyRights(spec, requester, environment),
    readAccountId: () => readAccountId(spec, requester, environment),
    probeKey: async () => {
      const [main] = spec.wallets;
      if (main) await requester.read(main.endpoint, main.params(1), main.balancesOf);
    },
    answers: requester.answers,
    requestCount: requester.count,
    retryCount: requester.retries,
  };
}

const foundIn = (settled: readonly WalletReading[], readings: readonly WalletReading[]): Found => ({
  held: new Set(
    settled
      .flatMap((reading) => (reading.status === 'read' ? reading.balances : []))
      .filter(({ total }) => !total.isZero())
      .map(({ asset }) => asset),
  ),
  wallets: new Set(readings.filter(({ status }) => status === 'read').map(({ wallet }) => wallet)),
});

async function readTickers({ tickers }: ExchangeSpec, requester: Requester) {
  const { time, prices } = await requester.read(tickers.endpoint, tickers.params, tickers.pricesOf);
  return { time: time ?? requester.now(), prices };
}
