/** What a request takes of a budget that the exchange counts by the minute. */
export interface Cost {
  readonly budget: string;
  readonly weight: number;
}

/** A page of 1,000 rows of 4 kB each; no answer but a list of markets comes near it. */
const DEFAULT_MAX_BYTES = 4 * 1024 * 1024;

/** One read of an exchange: ccxt's method for it, and verb and path, which are all that may be asked. */
export interface Endpoint {
  readonly method: string;
  readonly verb: 'GET' | 'POST';
  readonly path: string;
  readonly cost?: Cost;
  /** The key permission that it needs, as the exchange's key page calls it. */
  readonly right?: string;
  /** The largest body that is read, if it is not DEFAULT_MAX_BYTES. */
  readonly maxBytes?: number;
}

/**
 * An endpoint by ccxt's name of the group that it belongs to (`public`, `private`, `sapi`) and the words
 * of its path that ccxt's method is named after.
 */
export function endpoint(
  group: string,
  prefix: string,
  path: string,
  more: Partial<Endpoint> = {},
): Endpoint {
  const verb = more.verb ?? 'GET';
  const words = path.split(/[/-]/).filter(Boolean);
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return {
    ...more,
    verb,
    path: `${prefix}${path}`,
    method: `${group}${verb === 'GET' ? 'Get' : 'Post'}${name}`,
  };
}

/** Whether it is read without a key, which ccxt's name of its group shows. */
export const isPublic = ({ method }: Endpoint): boolean => method.startsWith('public');

/** As an endpoint is named where it is allowed: `GET /v5/market/time`. */
export const readName = ({ verb, path }: Pick<Endpoint, 'verb' | 'path'>): string => `${verb} ${path}`;

export const maxBytesOf = ({ maxBytes = DEFAULT_MAX_BYTES }: Pick<Endpoint, 'maxBytes'>): number => maxBytes;
