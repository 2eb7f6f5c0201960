import type { Heard } from '../simulator/simulator.js';
import type { Told } from './lie.js';
import { Decimal, toText } from '../simulator/decimal.js';

const AMOUNT = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,4})?`;
/** A number in its quotes, or bare between the signs of JSON. */
const NUMBERS = new RegExp(`"(${AMOUNT})"|(?<=[:,[]\\s*)(${AMOUNT})(?=\\s*[,\\]}])`, 'gi');
/** Strings stay; any number outside them becomes one, lest it pass through a float. */
const TOKENS = /("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]*)/g;

/** All that the exchange has said, as it came over the wire, lies too. */
export class Sent {
  readonly #bodies = new Map<string, string[]>();

  hear({ path, body }: Heard): void {
    this.#bodies.set(path, [...(this.#bodies.get(path) ?? []), body]);
  }

  /** Every number of the answers of some paths, without its sign. */
  numbers(isAsked: (path: string) => boolean): ReadonlySet<string> {
    const texts = [...this.#bodies].flatMap(([path, bodies]) => (isAsked(path) ? bodies : []));
    return new Set(texts.flatMap(numbersIn));
  }

  /** What was said, with the truth in the place of each lie. */
  truths(told: readonly Told[]): string[] {
    const lies = new Set(told.map(({ lie }) => lie));
    const bodies = [...this.#bodies.values()].flat();
    return [...bodies.filter((body) => !lies.has(body)), ...told.map(({ truth }) => truth)];
  }

  /** The answers of a path that are JSON, with numbers as text. */
  answers(path: string): unknown[] {
    return (this.#bodies.get(path) ?? []).flatMap(parsed);
  }
}

/** None where it is no JSON. */
export function parsed(body: string): unknown[] {
  try {
    return [JSON.parse(body.replace(TOKENS, (token, text?: string) => text ?? `"${token}"`))];
  } catch {
    return [];
  }
}

export type Row = Readonly<Record<string, unknown>>;

/** Every object in a tree, however deep that is. */
export function objectsIn(tree: unknown): Row[] {
  const found: Row[] = [];
  const open = [tree];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (!Array.isArray(next)) found.push(next as Row);
    open.push(...(Object.values(next) as unknown[]));
  }
  return found;
}

/** As a figure is written to be compared: plain digits without a sign. */
export const plain = (text: string): string => toText(new Decimal(text).abs());

const numbersIn = (text: string): string[] =>
  [...text.matchAll(NUMBERS)].map(([, quoted, bare]) => plain(quoted ?? bare ?? '0'));
