interface Entry {
  readonly time: number;
  readonly happen: () => void;
}

/** What is going to happen: coins that arrive, states that change, records that an exchange shows late. */
export class Agenda {
  readonly #entries: Entry[] = [];

  add(time: number, happen: () => void): void {
    this.#entries.push({ time, happen });
  }

  /** The next entry that is due by a time, and no longer on the agenda. */
  next(until: number): Entry | undefined {
    const [first] = this.#entries.toSorted((a, b) => a.time - b.time);
    if (!first || first.time > until) return undefined;
    this.#entries.splice(this.#entries.indexOf(first), 1);
    return first;
  }
}
