import { flagAt, optionalTextAt, textAt } from './answer-parts.js';
import { wholeOf } from './answer.js';
import { timeIn } from './record-list.js';

/** A page as it was answered. */
interface Answered {
  readonly answer: unknown;
  readonly records: readonly unknown[];
  /** What the records are, for messages. */
  readonly what: string;
  /** The token that the page was requested by; undefined for the first. */
  readonly token: string | undefined;
  /** The beginning of the span that was requested, ms. */
  readonly from: number;
}

export interface Following {
  /** The token of the next page; undefined if there is none. */
  readonly next: string | undefined;
  /** True if the span holds more than one answer can and there are no pages: request its halves. */
  readonly cutOff?: boolean;
  /** Those of the records that were asked for, if not all of them were. */
  readonly wanted?: readonly unknown[];
}

/** How an exchange divides what it has into pages. */
export interface PageKind {
  /** A page with fewer records is the last; 0: the answer itself shows which is. */
  readonly size: number;
  /** True if pages go by ascending ids: the place behind the last one is kept, and the next run goes on there. */
  readonly byId?: boolean;
  readonly params: (token: string | undefined, from: number) => Record<string, string>;
  readonly follow: (page: Answered) => Following;
}

interface Sized {
  readonly param: string;
  readonly size: number;
  /** The parameter of the size. */
  readonly sizeParam: string;
}

const sizeOf = ({ sizeParam, size }: Sized): Record<string, string> => ({ [sizeParam]: String(size) });

/** The answer holds the token of the next page at a path. */
export const cursorPages = (
  kind: Sized & { readonly at: string; readonly encode?: (token: string) => string },
): PageKind => ({
  size: kind.size,
  params: (token) => ({
    ...sizeOf(kind),
    ...(token === undefined ? {} : { [kind.param]: kind.encode?.(token) ?? token }),
  }),
  follow: ({ answer, what }) => ({ next: optionalTextAt(answer, kind.at, what) || undefined }),
});

/** The pages are counted by the records before them. */
export const offsetPages = (kind: Sized): PageKind => ({
  size: kind.size,
  params: (token = '0') => ({ ...sizeOf(kind), [kind.param]: token }),
  follow: ({ records, token = '0' }) => ({ next: String(wholeOf(token, 'an offset') + records.length) }),
});

const after = (token: string): string => String(wholeOf(token, 'the number of a page') + 1);

/** The pages are numbered from 1; one that is not full is the last. */
export const numberedPages = (kind: Sized): PageKind => ({
  size: 0,
  params: (token = '1') => ({ ...sizeOf(kind), [kind.param]: token }),
  follow: ({ records, token = '1' }) => ({ next: records.length < kind.size ? undefined : after(token) }),
});

/**
 * The pages are numbered from 1, newest first, over all times: they end where records are older than the span.
 * The last one is not full, or its number is in the answer.
 */
export const newestFirstPages = (kind: Sized & { readonly lastPageAt?: string }): PageKind => ({
  ...numberedPages(kind),
  follow: ({ answer, records, what, token = '1', from }) => {
    const isLast =
      kind.lastPageAt === undefined
        ? records.length < kind.size
        : wholeOf(token, 'a page') >= wholeOf(textAt(answer, kind.lastPageAt, what) || '0', 'the last page');
    // One without a readable time is wanted.
    const wanted = records.filter((record) => (timeIn(record) ?? from) >= from);
    return { wanted, next: isLast || wanted.length < records.length ? undefined : after(token) };
  },
});

/**
 * The records from a time or from an id on, oldest first. A short page does not prove the end: only an empty
 * one does.
 */
export const ascendingIdPages = (
  kind: Sized & { readonly id: string; readonly fromParam: string },
): PageKind => ({
  size: 0,
  byId: true,
  params: (token, from) => ({
    ...sizeOf(kind),
    ...(token === undefined ? { [kind.fromParam]: String(from) } : { [kind.param]: token }),
  }),
  follow: ({ records }) => {
    const last = records.map((record) => idIn(record, kind.id)).reduce((a, b) => (a > b ? a : b), -1n);
    return { next: last < 0n ? undefined : String(last + 1n) };
  },
});

/** Also of a record that cannot be interpreted otherwise: the next page begins behind the last of them. */
function idIn(record: unknown, key: string): bigint {
  const value = (record as Readonly<Record<string, unknown>> | null)?.[key];
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? BigInt(value) : -1n;
}

/** One answer a span, which says whether it holds all. */
export const flaggedPages = (kind: Omit<Sized, 'param'> & { readonly moreAt: string }): PageKind => ({
  size: 0,
  params: () => sizeOf({ ...kind, param: '' }),
  follow: ({ answer, what }) => ({ next: undefined, cutOff: flagAt(answer, kind.moreAt, what) }),
});

/** One answer a span: a full one has lost what did not fit. */
export const singlePages = (kind: { readonly size: number; readonly sizeParam?: string }): PageKind => ({
  size: 0,
  params: () => (kind.sizeParam === undefined ? {} : { [kind.sizeParam]: String(kind.size) }),
  follow: ({ records }) => ({ next: undefined, cutOff: records.length >= kind.size }),
});
