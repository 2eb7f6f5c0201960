import { importExchange } from './import-exchange.js';

/** What the client uses of a ccxt exchange: signing, pacing and addresses. */
export interface CcxtExchange {
  readonly options: Record<string, unknown>;
  readonly urls: Readonly<Record<string, unknown>>;
  fetchImplementation: (url: string, request: RequestInit) => Promise<unknown>;
  parseJson: (text: string) => unknown;
  /** Throws on what ccxt takes for a refusal. */
  handleErrors: () => undefined;
  /** Waits until a request of such a cost may be sent; at a cost of 1, one may every `rateLimit` ms. */
  throttle: (cost?: number) => Promise<void>;
  readonly rateLimit: number;
  readonly setSandboxMode: (on: boolean) => void;
  readonly enableDemoTrading: (on: boolean) => void;
  /** An implicit API method such as `privateGetV5ExecutionList`. */
  readonly [method: string]: unknown;
}

type CcxtClass = new (config: Readonly<Record<string, unknown>>) => CcxtExchange;

/** One exchange's class, or out of the whole package (1 s) should ccxt have moved its files. */
export async function loadExchange(exchange: string, load = importExchange): Promise<CcxtClass> {
  const found = classIn(await load(exchange).catch(() => undefined)) ?? (await classOfPackage(exchange));
  if (!found) throw new Error(`ccxt does not know ${exchange}`);
  return found;
}

function classIn(module: unknown): CcxtClass | undefined {
  const found = (module as { default?: unknown } | undefined)?.default;
  return typeof found === 'function' ? (found as CcxtClass) : undefined;
}

async function classOfPackage(exchange: string): Promise<CcxtClass | undefined> {
  const { default: ccxt } = (await import('ccxt')) as unknown as { default: Record<string, CcxtClass> };
  return ccxt[exchange];
}
