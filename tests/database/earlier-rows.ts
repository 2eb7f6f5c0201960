import type { Sql } from 'postgres';

/** Rows of every kind as schema version 13 held them, with and without what may be missing. */
export async function insertEarlierRows(sql: Sql): Promise<void> {
  await sql`
    insert into exchange_sync.trades (account, kind, symbol, trade_id, order_id, base, quote, side, amount, price, value,
                                      fee_asset, fee_amount, time, raw, affects_from) values
      ('bybit', 'trade', 'BTC/USDT', '1', 'o1', 'BTC', 'USDT', 'buy', 0.5, 60000.10, 30000.05, 'BTC', 0.0005, '2026-01-02T03:04:05.678Z', '{"n": 1.10}', '2026-01-01Z'),
      ('bybit', 'trade', 'ETH/USDT', '3', null, 'ETH', 'USDT', 'sell', 12345678901234567890.123456789012345678901234567891, 2, 3, null, null, '2026-01-03Z', '{}', '2026-01-03Z'),
      ('bybit', 'trade', 'BTC/USDT', '2', null, 'BTC', 'USDT', 'sell', 0.1, 60000, 6000, 'MNT', -0.25, '2026-01-03Z', '{}', '2026-01-03Z'),
      ('bybit', 'convert', 'BTC/USDT', 'c1', null, 'BTC', 'USDT', 'sell', 0.1, 60000, 6000, null, null, '2026-01-04Z', '{}', '2026-01-04Z'),
      ('bybit/sub1', 'dust', 'GIFT/BNB', '7:GIFT', null, 'GIFT', 'BNB', 'sell', 10, 0.001, 0.01, 'BNB', 0.0002, '2026-01-05Z', '{}', '2026-01-05Z'),
      ('binance', 'trade', 'BTC/USDT', '1', null, 'BTC', 'USDT', 'buy', 1, 1, 1, null, null, '2026-01-05Z', '{"symbol": "BTCUSDT"}', '2026-01-05Z'),
      ('binance', 'trade', 'ETH/USDT', '1', null, 'ETH', 'USDT', 'buy', 1, 1, 0, null, null, '2026-01-05Z', '{}', '2026-01-05Z')`;
  await sql`
    insert into exchange_sync.transfers (account, direction, transfer_id, asset, amount, fee_asset, fee_amount, status, network, txid, time, raw, affects_from) values
      ('bybit', 'deposit', 'd1', 'BTC', 1.50, null, null, 'ok', 'BTC', '0xab', '2026-01-01Z', '{}', '2026-01-01Z'),
      ('bybit', 'deposit', 'internal:9', 'USDT', 10, 'USDT', 0.3, 'ok', null, null, '2026-01-02Z', '{}', '2026-01-02Z'),
      ('bybit', 'deposit', 'd3', 'USDT', 0, null, null, 'failed', null, null, '2026-01-02Z', '{}', '2026-01-02Z'),
      ('bybit', 'withdrawal', 'd1', 'BTC', 0.2, 'BTC', 0.0001, 'pending', 'BTC', null, '2026-01-03Z', '{}', '2026-01-03Z'),
      ('binance', 'withdrawal', 'w', 'USDT', 5, 'USDT', 1, 'ok', 'TRX', 'tx', '2026-01-03Z', '{}', '2026-01-03Z')`;
  await sql`
    insert into exchange_sync.incomes (account, income_id, asset, amount, reason, time, raw, affects_from) values
      ('binance', '11', 'BNB', 0.1, 'airdrop', '2026-01-04Z', '{}', '2026-01-04Z'),
      ('binance', 'realtime:p:USDT:1', 'USDT', -0.5, 'interest', '2026-01-04Z', '{}', '2026-01-04Z')`;
  await sql`
    insert into exchange_sync.entries (account, entry_id, kind, asset, amount, time, reason, balance, balance_at, affects_from) values
      ('bybit', 'opening:BTC', 'opening', 'BTC', 0.30, '2025-12-31T23:59:59.999Z', 'held before', 1.80, '2026-01-04T00:00:00.123Z', '2026-01-01Z'),
      ('bybit', 'adjustment:USDT:x', 'adjustment', 'USDT', -3, '2026-01-04Z', 'accepted', 7, '2026-01-04Z', '2026-01-01Z')`;
}

/** The same as events: account, source, id, type, status, legs. */
export const EARLIER_EVENTS = [
  'binance income 11 income done income 0.1 BNB',
  'binance income:realtime realtime:p:USDT:1 income done income -0.5 USDT',
  'binance trades:BTCUSDT 1 trade done base 1 BTC, quote -1 USDT',
  'binance trades:ETHUSDT 1 trade done base 1 ETH, quote 0 USDT',
  'binance withdrawals w withdrawal done moved -5 USDT, fee -1 USDT',
  'bybit converts c1 conversion done base -0.1 BTC, quote 6000 USDT',
  'bybit deposits d1 deposit done moved 1.50 BTC',
  'bybit deposits d3 deposit failed moved 0 USDT',
  'bybit deposits:internal internal:9 deposit done moved 10 USDT, fee -0.3 USDT',
  'bybit entries adjustment:USDT:x adjustment done moved -3 USDT',
  'bybit entries opening:BTC opening done moved 0.30 BTC',
  'bybit trades 1 trade done base 0.5 BTC, quote -30000.05 USDT, fee -0.0005 BTC',
  'bybit trades 2 trade done base -0.1 BTC, quote 6000 USDT, fee 0.25 MNT',
  'bybit trades 3 trade done base -12345678901234567890.123456789012345678901234567891 ETH, quote 3 USDT',
  'bybit withdrawals d1 withdrawal pending moved -0.2 BTC, fee -0.0001 BTC',
  'bybit/sub1 dust 7:GIFT conversion done base -10 GIFT, quote 0.01 BNB, fee -0.0002 BNB',
];
