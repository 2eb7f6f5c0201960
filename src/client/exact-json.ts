/** Strings, numbers and brackets; a string that does not end reaches to the end, or each quote in it were tried. */
const TOKEN = /"[^"\\]*(?:\\[^][^"\\]*)*"?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[[{]|[\]}]/g;
/** Far deeper than any answer of an exchange: what nests without end can be neither stored nor printed. */
const DEEPEST = 64;

/**
 * JSON with every number as the text that was sent, so that no digit passes through a float, and every text
 * as PostgreSQL can store it: it takes neither NUL nor half a surrogate pair.
 */
export function parseExactJson(text: string): unknown {
  let depth = 0;
  const exact = text.replace(TOKEN, (token) => {
    switch (token.charAt(0)) {
      case '"':
        return token.includes('\\u') ? storable(token) : token;
      case '[':
      case '{':
        depth += 1;
        if (depth > DEEPEST) throw new SyntaxError(`nested deeper than ${DEEPEST}`);
        return token;
      case ']':
      case '}':
        depth -= 1;
        return token;
      default:
        return `"${token}"`;
    }
  });
  return JSON.parse(exact);
}

const storable = (token: string): string =>
  JSON.stringify((JSON.parse(token) as string).replace(/[\0\p{Surrogate}]/gu, '\uFFFD'));
