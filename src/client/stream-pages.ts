import { listAt, optionalTextAt } from './answer-parts.js';
import { readRecords } from './record-list.js';
import type { Asked, Page, StreamSpec } from './stream-spec.js';

/** The parameters that request a page. */
export function pageParams(
  { params, span, pages }: StreamSpec,
  { from, to, page, market }: Asked,
): Record<string, string> {
  const times = span ? { [span[0]]: String(from), [span[1]]: String(to) } : {};
  return { ...params(market), ...times, ...pages.params(page, from) };
}

/** Reads the answer to them. */
export function pageIn(stream: StreamSpec, answer: unknown, { from, page: token, markets }: Asked): Page {
  const { what, list, pages, read } = stream;
  const answeredAt = stream.answeredAt === undefined ? '' : optionalTextAt(answer, stream.answeredAt, what);
  const records = listAt(answer, list, what);
  const { wanted = records, next, cutOff } = pages.follow({ answer, records, what, token, from });
  const found = readRecords(wanted, what, (raw) => read(raw, { markets, answeredAt }));
  return { ...found, next, ...(cutOff !== undefined && { cutOff }) };
}
