import { edit, type Mutant, mutant } from '../mutant.js';

/** What is not believed, and keys that are refused. */
export const REFUSALS: readonly Mutant[] = [
  mutant(
    24,
    'a 451 being final',
    edit(
      'client/failures.ts',
      'const REFUSED = new Set([401, 403, 451]);',
      'const REFUSED = new Set([401, 403]);',
    ),
  ),
  mutant(
    30,
    'one of the causes that a code can have',
    edit(
      'client/bybit/errors.ts',
      'mistyped, deleted, or for another environment (testnet, demo, another region)',
      'mistyped',
    ),
  ),
  mutant(30, 'a code of the exchange', edit('client/bybit/errors.ts', "  '10010': {", "  'not 10010': {")),
  mutant(
    32,
    'a second look at what vanished',
    edit(
      'service/read-holdings.ts',
      '  if (!hasVanished(first, stored) || context.acceptEmpty) return first;\n  return await read();',
      '  return first;',
    ),
  ),
  mutant(
    32,
    'doubt where no event explains what vanished',
    edit(
      'service/read-holdings.ts',
      '  if (assets.length === 0) return;',
      '  if (assets.length >= 0) return;',
    ),
  ),
  mutant(
    32,
    'the way to say that it is true',
    edit(
      'service/read-holdings.ts',
      '  if (!hasVanished(reading, stored) || context.acceptEmpty) return;',
      '  if (!hasVanished(reading, stored)) return;',
    ),
  ),
  mutant(
    34,
    'a number being a number',
    edit(
      'client/answer.ts',
      '  } catch {\n    return undefined;',
      "  } catch {\n    return parseDecimal('0');",
    ),
  ),
  mutant(
    35,
    'the sign of what nothing can be owed in',
    edit(
      'client/bybit/account.ts',
      "total: emptyIsZero(unsigned('walletBalance'))",
      "total: emptyIsZero(amount('walletBalance'))",
    ),
  ),
  mutant(
    35,
    'exact amounts',
    edit(
      'client/bybit/account.ts',
      '    total: coin.total,',
      '    total: parseDecimal(String(Number(coin.total.toString()))),',
    ),
  ),
  mutant(
    39,
    'an end of pages that go in a circle',
    edit('client/pagination.ts', '    if (tokens.has(next) || isOld) throw looping(stream);\n', ''),
  ),
];
