import * as v from 'valibot';
import type { ExchangeClient } from '../client/exchange-client.js';
import { PartFailure } from '../client/part-failure.js';
import { ExpectedError } from '../errors.js';
import { type Decimal, parseDecimal, toText, ZERO } from '../models/decimal.js';
import type { WalletReading } from '../models/holdings.js';
import { amountText, inShape, moment } from '../models/stored-json.js';
import { type AccountTotals, OTHER_PRODUCTS, type Overview } from '../models/unread.js';
import type { StoredAccount } from './account-state.js';
import type { OpenCache } from './cache.js';
import { HOUR_MS } from '../models/day.js';

const KIND = 'overview';
/** The overview is information: it is requested a few times a day, so that most runs need no extra request. */
const ASKED_EVERY_MS = 6 * HOUR_MS;

const stored = v.object({
  readAt: moment,
  /** Missing if the exchange refused it. */
  overview: v.optional(
    v.object({
      total: amountText,
      currency: v.string(),
      inWallets: amountText,
      products: v.array(v.object({ product: v.string(), value: amountText, currency: v.string() })),
    }),
  ),
});

/** `none`: the exchange has no overview in this environment. */
export type ReadOverview =
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly readAt: number }
  | { readonly kind: 'read'; readonly readAt: number; readonly overview: Overview };

/** The exchange's overview, at most six hours old, or of now if `fresh`. A refusal is an outcome, not an error. */
export async function overviewOf(
  client: ExchangeClient,
  cache: Pick<OpenCache, 'get' | 'set'>,
  { fresh }: { readonly fresh: boolean },
): Promise<ReadOverview> {
  const kept = fresh ? undefined : inShape(stored, cache.get(KIND));
  if (kept) return keptOverview(kept);
  const readAt = Date.now();
  try {
    const overview = await client.readOverview();
    if (!overview) return { kind: 'none' };
    cache.set(KIND, { readAt, overview: overviewJson(overview) }, ASKED_EVERY_MS);
    return { kind: 'read', readAt, overview };
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.kind === 'deadline') throw error;
    // A transient failure is retried by the next run.
    const isTransient =
      error instanceof PartFailure ? error.transient : error.kind === 'exchange-unavailable';
    if (!isTransient) {
      cache.set(KIND, { readAt }, ASKED_EVERY_MS);
    }
    return { kind: 'refused', readAt };
  }
}

function keptOverview({ readAt, overview }: v.InferOutput<typeof stored>): ReadOverview {
  if (!overview) return { kind: 'refused', readAt };
  const { total, currency, inWallets, products } = overview;
  return {
    kind: 'read',
    readAt,
    overview: {
      total: { value: parseDecimal(total), currency },
      inWallets: parseDecimal(inWallets),
      products: products.map((one) => ({ ...one, value: parseDecimal(one.value) })),
    },
  };
}

const overviewJson = ({ total, inWallets, products }: Overview) => ({
  total: toText(total.value),
  currency: total.currency,
  inWallets: toText(inWallets),
  products: products.flatMap((one) => (one.value ? [{ ...one, value: toText(one.value) }] : [])),
});

/** What exists beside the wallets that are read; undefined if the exchange reports nothing of it. */
export function accountTotals(
  wallets: readonly WalletReading[],
  found: ReadOverview,
  now: number,
): AccountTotals | undefined {
  const inWallets = wallets.flatMap((wallet) => (wallet.status === 'read' ? (wallet.unread ?? []) : []));
  switch (found.kind) {
    case 'none':
      return inWallets.length === 0 ? undefined : { total: undefined, products: inWallets, readAt: now };
    case 'refused':
      return { total: undefined, products: [...inWallets, OTHER_PRODUCTS], readAt: found.readAt };
    case 'read': {
      const { total, products } = found.overview;
      return { total, products: [...inWallets, ...products], readAt: found.readAt };
    }
  }
}

/** Shares of the value that was held. */
const MOVED = parseDecimal('0.8');
const LEFT = parseDecimal('0.2');

/**
 * Whether the exchange's own overview confirms that an account's coins are in products that are not read: they
 * hold at least 80 % of the value that the wallets held, and the wallets at most 20 %.
 */
export function isMovedElsewhere(
  found: ReadOverview,
  { holdings }: Pick<StoredAccount, 'holdings'>,
): boolean {
  if (found.kind !== 'read') return false;
  const held = sum(holdings.map(({ price, quantity }) => (price.known ? price.price.times(quantity) : ZERO)));
  const { inWallets, products } = found.overview;
  const elsewhere = sum(products.flatMap(({ value }) => (value?.isPositive() ? value : [])));
  return held.isPositive() && elsewhere.gte(held.times(MOVED)) && inWallets.lte(held.times(LEFT));
}

const sum = (values: readonly Decimal[]): Decimal => values.reduce((total, value) => total.plus(value), ZERO);
