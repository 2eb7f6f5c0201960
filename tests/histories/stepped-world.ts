import { World } from '../simulator/world.js';

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

  /** What happens while the program asks happens at the moment when it began to. */
  meanwhile(happen: () => void): void {
    const since = this.#runsSince;
    this.#runsSince = undefined;
    happen();
    this.#runsSince = since;
  }

  start(): void {
    this.#runsSince ??= Date.now();
  }

  stop(): void {
    this.#time = this.now();
    this.#runsSince = undefined;
  }
}
