import { applyEvent } from '../../src/accounting/apply-event.js';
import type { TradeEvent } from '../../src/accounting/event.js';
import { Ledger } from '../../src/accounting/ledger.js';
import type { Method } from '../../src/accounting/lots.js';
import type { Trade } from '../../src/models/events.js';
import { beancountOf } from '../accounting/beancount.js';
import { FloatBooks, floatsOf } from './accounting-floats.js';
import { priceAt, TradeSource } from './accounting-trades.js';

const CHUNK = 10_000;

/** One measured run, alone in its process, so that its peak memory is its own: `SIDE COUNT`. */
const [side = '', countText = ''] = process.argv.slice(2);
const count = Number(countText);
const seconds =
  side === 'rustledger' ? runRustledger() : side === 'floats' ? runFloats() : runEngine(side as Method);
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ seconds, megabytes }));

function runEngine(method: Method): number {
  const settings = {
    reportingCurrency: 'USD',
    method,
    stablecoins: new Set(['USDT']),
    fiat: new Set(['USD']),
    depositCost: 'market',
    gapCost: 'exclude',
  } as const;
  const ledger = new Ledger(settings, priceAt);
  const time = inChunks((trades) => () => {
    for (const trade of trades) applyEvent(ledger, trade);
  });
  const lots = Math.max(...ledger.state().books.map((book) => book.lots.length));
  if (ledger.missing.length + ledger.unvalued.length > 0) throw new Error('the history is not covered');
  if (lots > 20) throw new Error(`${lots} lots are open`);
  return time;
}

function runFloats(): number {
  const books = new FloatBooks();
  return inChunks((trades) => {
    const floats = trades.map(floatsOf);
    return () => {
      for (const trade of floats) books.apply(trade);
    };
  });
}

/** What is prepared of a chunk is not measured, only what is done with it. */
function inChunks(prepare: (trades: readonly TradeEvent[]) => () => void): number {
  const source = new TradeSource();
  let microseconds = 0;
  for (let done = 0; done < count; done += CHUNK) {
    const apply = prepare(source.take(Math.min(CHUNK, count - done)));
    microseconds += measured(apply);
  }
  return microseconds / 1e6;
}

/** One coin against cash, which is what both can book. */
function runRustledger(): number {
  const source = new TradeSource();
  const trades: Trade[] = [];
  while (trades.length < count) {
    for (const event of source.take(CHUNK)) {
      const [fee] = event.fees;
      const plain = event.base === 'ETH' && event.quote === 'USDT' && trades.length < count;
      if (plain) trades.push(tradeOf(event, fee?.asset === 'USDT' ? fee : undefined));
    }
  }
  const covered = trades.filter(({ side: way }, index) => way === 'buy' || index > 0);
  return measured(() => beancountOf(covered, 'fifo')) / 1e6;
}

/** Processor time of all threads, garbage collection too: on a busy machine the clock measures the others. */
function measured(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function tradeOf(event: TradeEvent, fee: Trade['fee']): Trade {
  const { id, kind, time, symbol, base, quote, side: way, amount, value } = event;
  // A sale of half of what the history holds is covered whatever the fees in kind took.
  const sold = way === 'buy' ? amount : amount.times('0.5');
  const price = value.div(amount);
  return {
    id,
    kind,
    time,
    symbol,
    base,
    quote,
    side: way,
    amount: sold,
    value,
    price,
    fee,
    orderId: undefined,
    raw: {},
  };
}
