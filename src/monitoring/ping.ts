import { setTimeout as wait } from 'node:timers/promises';
import { certificateProblem } from '../models/certificates.js';
import { openLimit } from './limit.js';

/** A run begins, or it ended with a status. */
export type Ping = { readonly kind: 'start' } | { readonly kind: 'end'; readonly exitCode: number };

export interface PingTarget {
  /** A check of healthchecks.io or a compatible service; knowing the URL is enough to ping. */
  readonly url: URL;
  /** Pairs a start with its end: a UUID. */
  readonly runId: string;
  readonly limitMs: number;
  /** What to do if the monitor cannot be reached, such as about a proxy that is set and not used. */
  readonly networkAdvice?: string;
  /** Aborted if it must not even take that long. */
  readonly hurry?: AbortSignal;
}

const TRIES = 3;
const FIRST_WAIT_MS = 500;
/** Of one try, so that one that hangs leaves time for another. */
const TRY_LIMIT_MS = 5_000;
const SUCCESS = 0;

/**
 * Sends a ping within `limitMs`; returns the reason if it failed, and never throws. It contains only the status
 * and the run's id: https://healthchecks.io/docs/http_api/
 */
export async function ping(target: PingTarget, message: Ping): Promise<string | undefined> {
  const limit = openLimit(target.limitMs, target.hurry);
  try {
    return await persist(addressOf(target, message), limit.signal, target.networkAdvice);
  } finally {
    limit.close();
  }
}

async function persist(address: URL, end: AbortSignal, advice?: string): Promise<string | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask(address, end, advice);
    if (answer.heard) return undefined;
    if (!answer.passes || attempt === TRIES || end.aborted) return answer.reason;
    const pauseMs = FIRST_WAIT_MS * attempt * (0.5 + Math.random());
    await wait(pauseMs, undefined, { signal: end }).catch(() => undefined);
  }
}

function addressOf({ url, runId }: PingTarget, message: Ping): URL {
  const address = new URL(url);
  address.pathname = address.pathname.replace(/\/$/, '') + suffixOf(message);
  address.searchParams.set('rid', runId);
  return address;
}

function suffixOf(message: Ping): string {
  if (message.kind === 'start') return '/start';
  return message.exitCode === SUCCESS ? '' : `/${message.exitCode}`;
}

/** `passes`: asking again may help. The reason never holds the address. */
type Answer =
  { readonly heard: true } | { readonly heard: false; readonly passes: boolean; readonly reason: string };

async function ask(address: URL, end: AbortSignal, advice?: string): Promise<Answer> {
  const { signal, close } = openLimit(TRY_LIMIT_MS, end);
  try {
    const headers = { 'User-Agent': 'exchange-sync' };
    // The target of a redirect was not configured and would receive the token.
    const response = await fetch(address, { signal, headers, redirect: 'manual' });
    return judge(response.status, await beginningOf(response));
  } catch (error) {
    const name = signal.aborted ? 'no response in time' : nameOf(error);
    const problem = certificateProblem(name);
    const reason = problem ? `${problem.why} (${name})` : name;
    const fix = problem?.fix ?? advice;
    return {
      heard: false,
      passes: !problem,
      reason: [reason, fix?.replace(/\.$/, '')].filter(Boolean).join('; '),
    };
  } finally {
    close();
  }
}

/** An unknown check and too many pings come as a success with a remark. */
function judge(status: number, text: string): Answer {
  const passes = status >= 500 || status === 429;
  if (status < 200 || status >= 300) return { heard: false, passes, reason: `HTTP ${status}` };
  const remark = /^OK \((not found|rate limited)\)/.exec(text)?.[1];
  return remark === undefined ? { heard: true } : { heard: false, passes: false, reason: remark };
}

/** The first piece; the rest, however long, is not waited for. */
async function beginningOf(response: Response): Promise<string> {
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    return Buffer.from(piece).toString('utf8');
  }
  return '';
}

/** The network's own name for what went wrong, such as ECONNREFUSED, or what fetch refused. */
function nameOf(error: unknown): string {
  const { cause, name } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? name;
}
