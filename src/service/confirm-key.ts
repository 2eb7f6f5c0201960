import type { ExchangeClient } from '../client/exchange-client.js';
import { PartFailure } from '../client/part-failure.js';

/** After one refused path: throws the error again if the key is refused for its main wallet too. */
export async function confirmKey(client: ExchangeClient, refusal: PartFailure): Promise<void> {
  try {
    await client.probeKey();
  } catch (error) {
    throw error instanceof PartFailure && error.status !== 'failed' ? refusal : error;
  }
}
