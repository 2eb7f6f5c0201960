/** The beginning of a text, at most `limit` characters with the mark that more follows. */
export const cutText = (text: string, limit: number): string =>
  text.length > limit ? `${text.slice(0, limit - 1)}…` : text;

/** A text that PostgreSQL takes: NUL and half a surrogate pair become U+FFFD. */
export const storableText = (text: string): string => text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD');
