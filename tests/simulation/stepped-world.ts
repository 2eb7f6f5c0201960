import { World } from '../simulator/world.js';

/** Longer than any run takes. */
const RUN_MS = 10 * 60_000;

/** An exchange whose clock stands still while a history is told, and runs while the program asks. */
export class SteppedWorld extends World {
  #time: number;
  #runsSince: number | undefined;

  constructor(time: number) {
    super();
    this.#time = time;
  }

  override now(): number {
    return this.#time + (this.#runsSince === undefined ? 0 : Date.now() - this.#runsSince);
  }

  /** Lets time pass up to a moment; it never goes back. */
  goTo(time: number): void {
    this.#time = Math.max(this.#time, time);
  }

  /** What happens while the program asks happens as soon as it has begun, however fast this machine is. */
  meanwhile(happen: () => void): void {
    const since = this.#runsSince;
    this.#runsSince = undefined;
    happen();
    this.#runsSince = since;
  }

  start(): void {
    this.#runsSince ??= Date.now();
  }

  /** However long it really took, so that the same seed tells the same history. */
  stop(): void {
    this.#runsSince = undefined;
    this.#time += RUN_MS;
  }
}
