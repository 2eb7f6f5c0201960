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
export async function loadExchange(exchange: string, file = exchangeFile(exchange)): Promise<CcxtClass> {
  const found = (await classIn(file)) ?? (await classOfPackage(exchange));
  if (!found) throw new Error(`ccxt does not know ${exchange}`);
  return found;
}

async function classIn(file: string): Promise<CcxtClass | undefined> {
  const module = (await import(file).catch(() => ({}))) as { default?: unknown };
  return typeof module.default === 'function' ? (module.default as CcxtClass) : undefined;
}

async function classOfPackage(exchange: string): Promise<CcxtClass | undefined> {
  const { default: ccxt } = (await import('ccxt')) as unknown as { default: Record<string, CcxtClass> };
  return ccxt[exchange];
}
