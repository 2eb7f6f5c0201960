/** Exchanges that a sync can speak to; the client's table has a row for each. */
export const SUPPORTED_EXCHANGES = ['bybit', 'binance'] as const;

/** Where an exchange makes a key that reads and does nothing else, in the words of its pages. */
export const KEY_PAGES: Readonly<Record<(typeof SUPPORTED_EXCHANGES)[number], string>> = {
  bybit:
    'Bybit: Account > API > Create New Key > System-generated, Read-Only, with Unified Trading, Assets > Wallet and Assets > Exchange (convert history)',
  binance: 'Binance: Account > API Management > Create API > System generated, with Enable Reading alone',
};

/** Those whose credentials somebody may have set, by the names of ccxt and by names that they had before. */
export const OTHER_EXCHANGES: readonly string[] = [
  ...['alpaca', 'apex', 'aster', 'backpack', 'bequant', 'bigone', 'binancecoinm', 'binanceus', 'binanceusdm'],
  ...[
    'bingx',
    'bit2c',
    'bitbank',
    'bitbns',
    'bitfinex',
    'bitflyer',
    'bitget',
    'bithumb',
    'bitmex',
    'bitopro',
  ],
  ...['bitrue', 'bitso', 'bitstamp', 'bitteam', 'bittrade', 'bittrex', 'bitvavo', 'blockchaincom', 'blofin'],
  ...['btcbox', 'btcmarkets', 'btcturk', 'btse', 'bullish', 'bybiteu', 'bybitid', 'bydfi', 'cex', 'coinbase'],
  ...['coinbaseadvanced', 'coinbaseexchange', 'coinbaseinternational', 'coinbasepro', 'coincheck', 'coinex'],
  ...['coinmate', 'coinone', 'coinsph', 'coinspot', 'cryptocom', 'cryptomus', 'deepcoin', 'delta'],
  ...['deribit', 'derive', 'digifinex', 'dydx', 'extended', 'fmfwio', 'foxbit', 'ftx', 'gate', 'gateeu'],
  ...['gateio', 'gemini', 'grvt', 'hashkey', 'hibachi', 'hitbtc', 'hollaex', 'htx', 'huobi', 'hyperliquid'],
  ...['independentreserve', 'indodax', 'kraken', 'krakenfutures', 'kucoin', 'kucoinfutures', 'latoken'],
  ...['lbank', 'lighter', 'luno', 'mercado', 'mexc', 'modetrade', 'mudrex', 'myokx', 'nado', 'ndax', 'okex'],
  ...[
    'okx',
    'okxus',
    'onetrading',
    'p2b',
    'pacifica',
    'paradex',
    'paymium',
    'phemex',
    'poloniex',
    'revolutx',
  ],
  ...['tokocrypto', 'toobit', 'upbit', 'weex', 'whitebit', 'woo', 'woofipro', 'xt', 'zaif', 'zebpay'],
];
