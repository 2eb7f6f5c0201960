import { format } from 'prettier';
import type { ExchangeSpec } from '../../src/client/exchange-spec.js';
import { EXCHANGES } from '../../src/client/exchanges.js';
import type { StreamSpec } from '../../src/client/stream-spec.js';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 0, 1);

const RECORDS: Readonly<Record<string, string>> = {
  trades: 'spot trades',
  deposits: 'deposits',
  'deposits:internal': 'internal deposits',
  withdrawals: 'withdrawals',
  converts: 'conversions',
  dust: 'small balances converted (dust)',
  income: 'distributions and interest',
  'income:realtime': 'real-time interest of flexible Earn',
};

const OCCASIONS: Readonly<Record<StreamSpec['when'], string>> = {
  always: 'every run',
  unexplained: 'if unexplained',
  'by-market': 'every run, by market',
};

const partsOf = ({ wallets, streams }: ExchangeSpec) => ({
  wallets,
  streams: Object.entries(streams).flatMap(([name, stream]) => (stream ? [{ name, ...stream }] : [])),
});

/** What is read of each exchange, in a row each. */
export const supportedExchanges = (): Promise<string> =>
  tableOf(
    ['exchange', 'environments', 'wallets', 'history', 'as far back as'],
    Object.values(EXCHANGES).map((spec) => {
      const { wallets, streams } = partsOf(spec);
      return [
        spec.title,
        Object.keys(spec.origins).join(', '),
        wallets.map(({ name }) => name).join(', '),
        streams.map(({ name }) => recordsOf(name)).join(', '),
        extentOf(streams.filter(({ when }) => when !== 'unexplained')),
      ];
    }),
  );

/** What is read of each exchange, in a row for each wallet and stream, with the permission that it needs. */
export const coverage = (): Promise<string> =>
  tableOf(
    ['exchange', 'part', 'read', 'environments', 'as far back as', 'permission'],
    Object.values(EXCHANGES).flatMap((spec) => {
      const { wallets, streams } = partsOf(spec);
      return [
        ...wallets.map(({ name, environments, endpoint }) => [
          spec.title,
          `wallet ${name}`,
          'every run',
          environments.join(', '),
          '',
          endpoint.right ?? '',
        ]),
        ...streams.map((stream) => [
          spec.title,
          recordsOf(stream.name),
          OCCASIONS[stream.when],
          stream.environments.join(', '),
          extentOf([stream]),
          stream.endpoint.right ?? '',
        ]),
      ];
    }),
  );

function recordsOf(stream: string): string {
  const records = RECORDS[stream];
  if (records === undefined) throw new Error(`no words for the records of ${stream}`);
  return records;
}

/** The longest of these: days that the exchange keeps records, or the month from which it has them all. */
function extentOf(streams: readonly Pick<StreamSpec, 'oldest'>[]): string {
  const oldest = streams.reduce(
    (found, { oldest: at }) => (at(NOW) < found(NOW) ? at : found),
    streams[0]?.oldest ?? (() => NOW),
  );
  const isFixed = oldest(NOW) === oldest(0);
  if (isFixed) return new Date(oldest(NOW)).toISOString().slice(0, 7);
  return `${Math.ceil((NOW - oldest(NOW)) / DAY_MS)} days`;
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): Promise<string> {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return format(lines.join('\n'), { parser: 'markdown' });
}
