import { afterEach, beforeEach, jest } from '@jest/globals';
import { type ClientOptions, type ClientStage, openBinance } from './client.js';

export interface OnClientOptions {
  readonly open?: (options: ClientOptions) => Promise<ClientStage>;
  /** Waits that are drawn at random are as short as they can be. */
  readonly hurried?: boolean;
}

/** A client of its own for each test, of Binance where nothing else is said; `take` takes it over. */
export function onClient(
  take: (stage: ClientStage) => void,
  { open = openBinance, hurried = false }: OnClientOptions = {},
): void {
  let opened: ClientStage;
  beforeEach(async () => {
    opened = await open({});
    if (hurried) jest.spyOn(Math, 'random').mockReturnValue(0);
    take(opened);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await opened.end();
  });
}
