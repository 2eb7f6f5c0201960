import { EXCHANGES } from './exchanges.js';

/** What the client uses of a ccxt exchange: signing, pacing and addresses. */
export interface CcxtExchange {
  readonly options: Record<string, unknown>;
  readonly urls: Readonly<Record<string, unknown>>;
  fetchImplementation: (url: string, request: RequestInit) => Promise<unknown>;
  parseJson: (text: string) => unknown;
  /** Throws on what ccxt takes for a refusal. */
  handleErrors: () => undefined;
  /** ccxt's error classes by the exchange's code, for all markets and for some of them. */
  readonly exceptions: CodeTable & { readonly spot?: CodeTable };
  /** Waits until a request of such a cost may be sent; at a cost of 1, one may every `rateLimit` ms. */
  throttle: (cost?: number) => Promise<void>;
  readonly rateLimit: number;
  readonly setSandboxMode: (on: boolean) => void;
  readonly enableDemoTrading: (on: boolean) => void;
  /** An implicit API method such as `privateGetV5ExecutionList`. */
  readonly [method: string]: unknown;
}

interface CodeTable {
  readonly exact?: Readonly<Record<string, object>>;
}

/** The name of ccxt's error class for a code, and those of the classes that it is derived from. */
export function ccxtNamesOf(
  { exceptions }: Pick<CcxtExchange, 'exceptions'>,
  code: string,
): readonly string[] {
  const tables = [exceptions.spot?.exact, exceptions.exact].filter((table) => table !== undefined);
  const names: string[] = [];
  let found: unknown = tables.find((table) => Object.hasOwn(table, code))?.[code];
  while (typeof found === 'function' && found.name !== '') {
    names.push(found.name);
    found = Object.getPrototypeOf(found);
  }
  return names;
}

type CcxtClass = new (config: Readonly<Record<string, unknown>>) => CcxtExchange;

/** The class of one exchange. Throws if the exchange is not supported. */
export async function loadExchange(exchange: string): Promise<CcxtClass> {
  const spec = EXCHANGES[exchange];
  if (!spec) throw new Error(`unsupported exchange: ${exchange}`);
  return (await spec.loadCcxt()).default as CcxtClass;
}
