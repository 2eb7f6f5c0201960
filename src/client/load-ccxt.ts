import { SUPPORTED_EXCHANGES } from '../models/exchanges.js';

type SupportedExchange = (typeof SUPPORTED_EXCHANGES)[number];

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

/**
 * The files in which ccxt keeps one exchange each. Its `exports` name the whole package only, which takes a
 * second to import. The literal paths let the bundler put each exchange into a file of its own.
 */
const FILES: Readonly<Record<SupportedExchange, () => Promise<{ readonly default: unknown }>>> = {
  bybit: () => import('../../node_modules/ccxt/js/src/bybit.js'),
  binance: () => import('../../node_modules/ccxt/js/src/binance.js'),
};

/** The class of one exchange. Throws if the exchange is not supported. */
export async function loadExchange(exchange: string): Promise<CcxtClass> {
  const supported = SUPPORTED_EXCHANGES.find((id) => id === exchange);
  if (!supported) throw new Error(`unsupported exchange: ${exchange}`);
  return (await FILES[supported]()).default as CcxtClass;
}
