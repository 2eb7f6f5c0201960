/** `bybit` or `bybit/sub1`; it is also `exchange_id` in the tables that AlphaPulse reads. */
export type AccountId = string;

/** Whether a text could be one: what a person typed in its place may hold anything. */
export const isAccountId = (text: string): text is AccountId => /^[a-z0-9]+(\/[a-z0-9_]{1,30})?$/.test(text);

export interface Credentials {
  readonly apiKey: string;
  readonly secret: string;
  readonly password?: string;
}

/** The environment of the exchange that the key belongs to. */
export type Environment = 'live' | 'testnet' | 'demo';

export interface Account {
  readonly id: AccountId;
  readonly exchange: string;
  readonly credentials: Credentials;
  readonly environment: Environment;
  /** Another scheme and host for every request (regional host, gateway, simulator). */
  readonly baseUrl?: string;
}

/**
 * The host that the account's requests go to, as a name under which is kept what the exchange says of the
 * address that asks; no account has such a name. Without path and password of an own gateway.
 */
export const hostOf = ({ exchange, environment, baseUrl }: Omit<Account, 'id' | 'credentials'>): string =>
  `host: ${exchange} ${baseUrl === undefined ? environment : new URL(baseUrl).host}`;
