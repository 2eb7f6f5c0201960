import * as v from 'valibot';
import type { Income } from '../drafts.js';
import { msOf, recordOf, shaped, unsignedOf } from '../answer.js';
import { readRecords } from '../records.js';
import type { Asked, Page } from '../stream-traits.js';

const LIMIT = 500;
const TAKEN_BACK = '-1';

export const dividendParams = ({ from, to }: Asked): Record<string, string> => ({
  startTime: String(from),
  endTime: String(to),
  limit: String(LIMIT),
});

const dividends = v.object({ rows: v.array(v.unknown()) });
const dividend = v.looseObject({
  id: v.pipe(v.string(), v.minLength(1)),
  asset: v.string(),
  amount: v.string(),
  divTime: v.string(),
  enInfo: v.optional(v.string(), ''),
  direction: v.optional(v.string(), '1'),
});

/** A full answer has lost what did not fit, for there are no pages. */
export function dividendPage(answer: unknown): Page<Income> {
  const { rows } = shaped(dividends, answer, 'dividends');
  return { ...readRecords(rows, 'a dividend', dividendsIn), next: undefined, cutOff: rows.length >= LIMIT };
}

export const dividendsIn = (record: unknown): readonly Income[] => [incomeOf(record)];

function incomeOf(record: unknown): Income {
  const row = recordOf(dividend, record, 'a dividend');
  const amount = unsignedOf(row.amount, `dividend ${row.id}`);
  return {
    id: row.id,
    asset: row.asset,
    amount: row.direction === TAKEN_BACK ? amount.negated() : amount,
    reason: reasonOf(row.enInfo),
    time: msOf(row.divTime, 'the time of a dividend'),
    raw: row,
  };
}

/** What Binance calls interest or an airdrop is that; all else keeps its words. */
function reasonOf(words: string): string {
  const [common] = /interest|airdrop/i.exec(words) ?? [];
  return common?.toLowerCase() ?? (words.trim() || 'distribution');
}
