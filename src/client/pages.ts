import { ExpectedError } from '../errors.js';
import type { Stream } from '../models/events.js';
import { RequestFailure } from './answer.js';
import type { Page } from './stream-traits.js';

export interface PagedWindow {
  readonly stream: Stream;
  readonly pageSize: number;
  /** The token to go on from; undefined at the window's beginning. */
  readonly start: string | undefined;
  readonly readPage: (token: string | undefined) => Promise<Page>;
}

/** A page with the token that it was asked by. */
export interface AskedPage extends Page {
  readonly token: string | undefined;
}

/**
 * The pages of one window; one that is shorter than the limit is the last. A token that the exchange
 * refuses, as it may an old one, sends the reading back to the window's beginning, once. Throws 'guard'
 * where the pages would never end.
 */
export async function* pagesOf({
  stream,
  pageSize,
  start,
  readPage,
}: PagedWindow): AsyncGenerator<AskedPage> {
  let token = start;
  let mayRestart = true;
  let refuseLoop = loopGuard(stream, token);
  for (;;) {
    const answer = await readPage(token).catch((error: unknown) => {
      if (token === undefined || !mayRestart || refusalIn(error) === undefined) throw error;
      return undefined;
    });
    if (answer === undefined) {
      mayRestart = false;
      token = undefined;
      refuseLoop = loopGuard(stream, token);
      continue;
    }
    const { events, unread } = answer;
    const next = events.length + unread.length < pageSize ? undefined : answer.next;
    if (next !== undefined) refuseLoop(events, next);
    yield { ...answer, next, token };
    if (next === undefined) return;
    token = next;
  }
}

/** The code by which the exchange said no; a network that fails says nothing about the token. */
export const refusalIn = (error: unknown): string | undefined =>
  error instanceof ExpectedError &&
  error.kind === 'exchange-unavailable' &&
  error.cause instanceof RequestFailure
    ? error.cause.code
    : undefined;

/** Throws on a token that was there before and on a page that brings nothing but what was there before. */
function loopGuard(stream: Stream, start: string | undefined) {
  const tokens = new Set([start]);
  const known = new Set<string>();
  return (events: Page['events'], next: string): void => {
    const keys = events.map(({ id, market = '' }) => `${market} ${id}`);
    const isOld = keys.length > 0 && keys.every((key) => known.has(key));
    if (tokens.has(next) || isOld) throw looping(stream);
    tokens.add(next);
    for (const key of keys) known.add(key);
  };
}

const looping = (stream: Stream): ExpectedError =>
  new ExpectedError('guard', `the exchange's pages of ${stream} lead back to one another`, {
    fix: 'Nothing doubtful was stored. Try again later; if it stays so, report it with the log.',
  });
