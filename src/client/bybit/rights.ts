/**
 * The permissions that reading needs, in the words of Bybit's page of a key. The one for conversions is
 * `Exchange: ["ExchangeHistory"]` in https://bybit-exchange.github.io/docs/v5/user/create-subuid-apikey, and
 * "Convert" in https://bybit-exchange.github.io/docs/v5/asset/convert-small-balance/exchange-history, so that
 * its name here holds both words. No public text was found that quotes the page itself.
 */
export const UNIFIED_TRADING = 'Unified Trading';
export const ASSETS = 'Assets > Wallet';
export const CONVERT_HISTORY = 'Assets > Exchange (convert history)';
