/** What the client uses of a ccxt exchange: signing, pacing and addresses. */
export interface CcxtExchange {
  readonly options: Record<string, unknown>;
  readonly urls: Readonly<Record<string, unknown>>;
  fetchImplementation: (url: string, request: RequestInit) => Promise<unknown>;
  parseJson: (text: string) => unknown;
  readonly setSandboxMode: (on: boolean) => void;
  readonly enableDemoTrading: (on: boolean) => void;
  /** An implicit API method such as `privateGetV5ExecutionList`. */
  readonly [method: string]: unknown;
}

type CcxtClass = new (config: Readonly<Record<string, unknown>>) => CcxtExchange;

/** Where ccxt keeps one exchange's class; its `exports` name only the whole package. */
export const exchangeFile = (exchange: string): string =>
  new URL(`./src/${exchange}.js`, import.meta.resolve('ccxt')).href;

/** One exchange's class (0.3 s), or out of the whole package (1 s) should ccxt have moved its files. */
export async function loadExchange(exchange: string): Promise<CcxtClass> {
  try {
    const module = (await import(exchangeFile(exchange))) as { default: CcxtClass };
    return module.default;
  } catch {
    const { default: ccxt } = (await import('ccxt')) as unknown as { default: Record<string, CcxtClass> };
    const found = ccxt[exchange];
    if (!found) throw new Error(`ccxt does not know ${exchange}`);
    return found;
  }
}
