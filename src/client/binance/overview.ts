import * as v from 'valibot';
import type { Overview } from '../../models/unread.js';
import { shaped } from '../answer.js';
import { overviewFrom } from '../overview.js';

/** The unit that is asked for instead of BTC. */
const CURRENCY = 'USDT';

export const OVERVIEW_PARAMS = { quoteAsset: CURRENCY };

const wallets = v.array(v.object({ walletName: v.string(), balance: v.string() }));

/** What the wallets are called that are read. */
const READ = new Set(['Spot', 'Funding', 'Earn']);

/** One total a wallet; bots and copy trading are reported nowhere else. */
export const overviewOf = (answer: unknown): Overview =>
  overviewFrom(
    shaped(wallets, answer, 'the wallet balances').map(({ walletName, balance }) => ({
      product: walletName,
      value: balance,
      currency: CURRENCY,
    })),
    READ,
  );
