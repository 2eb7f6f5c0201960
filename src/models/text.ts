/** The beginning of a text, at most `limit` characters with the mark that more follows. */
export const cutText = (text: string, limit: number): string =>
  text.length > limit ? `${text.slice(0, limit - 1)}…` : text;

/** A text that PostgreSQL takes: NUL and half a surrogate pair become U+FFFD. */
export const storableText = (text: string): string => text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD');

/** `1,234.5` of `1234.5` */
export function grouped(digits: string): string {
  const [whole = '', decimals] = digits.split('.');
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return decimals === undefined ? groups : `${groups}.${decimals}`;
}

/** `1 trade`, `1,200 trades`. Intl would also do it, but takes longer to load than everything else that is shown. */
export function count(number: number, noun: string): string {
  return `${grouped(String(number))} ${noun}${number === 1 ? '' : 's'}`;
}
