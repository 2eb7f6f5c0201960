/** Where ccxt keeps one exchange's class; its `exports` name only the whole package. */
export const exchangeFile = (exchange: string): string =>
  new URL(`./src/${exchange}.js`, import.meta.resolve('ccxt')).href;

/** The module of one exchange; the bundle holds its exchanges in place of this file (.bundle.js). */
export const importExchange = async (exchange: string): Promise<unknown> =>
  await import(exchangeFile(exchange));
