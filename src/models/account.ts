/** `bybit` or `bybit/sub1`; it is also `exchange_id` in the tables that AlphaPulse reads. */
export type AccountId = string;

export interface Credentials {
  readonly apiKey: string;
  readonly secret: string;
  readonly password?: string;
}

/** Which of the exchange's worlds the key belongs to. */
export type Environment = 'live' | 'testnet' | 'demo';

export interface Account {
  readonly id: AccountId;
  readonly exchange: string;
  readonly credentials: Credentials;
  readonly environment: Environment;
  /** Another scheme and host for every request (regional host, gateway, simulator). */
  readonly baseUrl?: string;
}
