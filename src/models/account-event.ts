import { type Decimal, ZERO } from './decimal.js';

export type EventType =
  'trade' | 'conversion' | 'deposit' | 'withdrawal' | 'income' | 'opening' | 'adjustment';

/** `pending`: the exchange has not finished it; `failed`: it never moved anything. */
export type EventStatus = 'pending' | 'done' | 'failed';

/**
 * What a leg is for: the two sides of a trade or conversion (`base`, `quote`), a fee (negative is paid,
 * positive is a rebate), coins that came or left (`moved`), or income.
 */
export type LegRole = 'base' | 'quote' | 'fee' | 'moved' | 'income';

/** One signed change of a balance: positive arrived, negative left. */
export interface Leg {
  readonly asset: string;
  readonly amount: Decimal;
  readonly role: LegRole;
  /** Undefined if the exchange's record does not name it. */
  readonly wallet: string | undefined;
}

/**
 * Anything that changes a balance of an account. Identity is (account, source, id). A trade has one `base`,
 * one `quote` and any number of `fee` legs; a deposit or withdrawal one `moved` leg and perhaps a `fee`; an
 * income one `income` leg; an opening or adjustment one `moved` leg.
 */
export interface AccountEvent {
  /** The exchange's own id; unique within the source. */
  readonly id: string;
  /** The stream that reported it: `trades`, `trades:BTCUSDT`, `deposits:internal`; `entries` is our own. */
  readonly source: string;
  /** Epoch ms. */
  readonly time: number;
  readonly type: EventType;
  readonly status: EventStatus;
  readonly legs: readonly Leg[];
  /** Unified symbol of a trade or conversion: `BTC/USDT`. */
  readonly market?: string | undefined;
  /** The price that the exchange states; the value is the `quote` leg, never price x amount. */
  readonly price?: Decimal | undefined;
  /** The exchange's own word: `convert`, `dust`, `interest`, `airdrop`, or the reason of an entry. */
  readonly reason?: string | undefined;
  readonly orderId?: string | undefined;
  readonly txid?: string | undefined;
  readonly network?: string | undefined;
  /** The record as received; undefined if it was not read back from the database. */
  readonly raw: unknown;
}

/** An opening or adjustment; its `raw` is what it explains: a balance, and when (ms) that was read. */
export interface Entry extends AccountEvent {
  readonly type: 'opening' | 'adjustment';
  readonly raw: { readonly balance: Decimal; readonly balanceAt: number };
}

/** The first leg with a role; throws if a record of this type lacks it. */
export function legOf(event: AccountEvent, role: LegRole): Leg {
  const leg = event.legs.find((one) => one.role === role);
  if (!leg) throw new Error(`${event.type} ${event.id} has no ${role} leg`);
  return leg;
}

/**
 * Whether its legs changed balances: a deposit once it has arrived, a withdrawal as soon as the exchange has
 * taken the coins.
 */
export const hasMovedBalances = ({ type, status }: Pick<AccountEvent, 'type' | 'status'>): boolean =>
  status === 'done' || (status === 'pending' && type === 'withdrawal');

/** The change of each balance by events: the sum of their legs, fees included. */
export function balanceChanges(events: Iterable<AccountEvent>): Map<string, Decimal> {
  const changes = new Map<string, Decimal>();
  for (const event of events) {
    if (!hasMovedBalances(event)) continue;
    for (const { asset, amount } of event.legs) {
      changes.set(asset, (changes.get(asset) ?? ZERO).plus(amount));
    }
  }
  return changes;
}

/** Whether the ledger must be updated: another time, status, transaction or leg. Other fields are text only. */
export function isSameEvent(one: AccountEvent, other: AccountEvent): boolean {
  return (
    one.time === other.time &&
    one.type === other.type &&
    one.status === other.status &&
    one.txid === other.txid &&
    one.legs.length === other.legs.length &&
    one.legs.every((leg, at) => isSameLeg(leg, other.legs[at]))
  );
}

const isSameLeg = (one: Leg, other: Leg | undefined): boolean =>
  other !== undefined &&
  one.asset === other.asset &&
  one.role === other.role &&
  one.wallet === other.wallet &&
  one.amount.eq(other.amount);

/** The legs that paid a fee (negative) or brought a rebate (positive). */
export const feeLegs = ({ legs }: AccountEvent): readonly Leg[] => legs.filter(({ role }) => role === 'fee');

/** The fees that were paid in an asset, less rebates. */
export const feeOf = (event: AccountEvent, asset: string): Decimal =>
  feeLegs(event).reduce((sum, leg) => (leg.asset === asset ? sum.minus(leg.amount) : sum), ZERO);

/** `trade BTC/USDT 123`, `dust GIFT/BNB 7`, `deposit 9`: an event as a finding or a line of a report names it. */
export const eventName = ({ type, reason, market, id }: AccountEvent): string =>
  [type === 'conversion' ? reason : type, market, id].filter((part) => part !== undefined).join(' ');

/** The text form of an event's identity within its account, for maps and sets. */
export const eventKey = ({ source, id }: Pick<AccountEvent, 'source' | 'id'>): string => `${source} ${id}`;
