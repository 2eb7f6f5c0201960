import type { Database } from '../../src/database/with-database.js';
import { parseDecimal, toText } from '../../src/models/decimal.js';

export type ViewRow = Readonly<Record<string, unknown>>;

/** An account's rows of a view, amounts as the program writes them. */
export const rowsOf = async (database: Database, view: string, account: string): Promise<ViewRow[]> =>
  await database.run(async (sql) => {
    const rows = await sql`select * from ${sql(`exchange_sync.${view}`)} v where account = ${account}`;
    return rows.map(plain);
  });

/** Without the zeros that a product brings along. */
const plain = (row: ViewRow): ViewRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? toText(parseDecimal(value)) : value,
    ]),
  );
