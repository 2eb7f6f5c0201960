import { World } from './world.js';

/** An exchange whose clock stands still. */
export class StillWorld extends World {
  readonly #time: number;

  constructor(time: number) {
    super();
    this.#time = time;
  }

  override now(): number {
    return this.#time;
  }
}
