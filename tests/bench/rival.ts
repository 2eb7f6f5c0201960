import ccxt from 'ccxt';
import postgres from 'postgres';

/** The plain way to write a sync, as a plan would have it; over the same exchange and database. */
const origin = process.env['BYBIT_BASE_URL'] ?? '';
const exchange = new ccxt.bybit({
  apiKey: process.env['BYBIT_API_KEY'] ?? '',
  secret: process.env['BYBIT_API_SECRET'] ?? '',
  has: { fetchCurrencies: false },
  options: {
    enableUnifiedMargin: false,
    enableUnifiedAccount: true,
    unifiedMarginStatus: 6,
    fetchMarkets: { types: ['spot'] },
  },
  urls: { api: { public: origin, private: origin } },
});

const balance = await exchange.fetchBalance();
const totals = balance.total as unknown as Record<string, number>;
for (const asset of Object.keys(totals).filter((name) => name !== 'USDT')) {
  const ticker = await exchange.fetchTicker(`${asset}/USDT`);
  const trades = await exchange.fetchMyTrades(`${asset}/USDT`, undefined, 50, { type: 'spot' });
  const bought = trades.filter(({ side }) => side === 'buy');
  const cost = bought.reduce((sum, trade) => sum + Number(trade.cost), 0);
  const average = cost / bought.reduce((sum, trade) => sum + Number(trade.amount), 0) || null;
  await save(asset, totals[asset] ?? 0, ticker.last ?? null, average);
}

async function save(
  asset: string,
  quantity: number,
  price: number | null,
  average: number | null,
): Promise<void> {
  const sql = postgres(process.env['DATABASE_URL'] ?? '', { max: 1 });
  const [known] = await sql`select id from rival_items where exchange_id = 'bybit' and asset = ${asset}`;
  if (known) {
    await sql`update rival_items set quantity = ${quantity}, current_price = ${price}, avg_entry_price = ${average}
      where id = ${known['id'] as number}`;
  } else {
    await sql`insert into rival_items (exchange_id, asset, quantity, current_price, avg_entry_price)
      values ('bybit', ${asset}, ${quantity}, ${price}, ${average})`;
  }
  await sql.end();
}
