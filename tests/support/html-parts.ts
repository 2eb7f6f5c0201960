/** A tag with its attributes, or the text between two. */
export type HtmlPart =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9:-]*(?:="[^"]*")?)*)\s*\/?>/y;
const ATTRIBUTE = /([a-zA-Z][a-zA-Z0-9:-]*)(?:="([^"]*)")?/g;
const RAW = new Set(['style', 'script']);
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The parts of a page as a browser sees them; throws on whatever a browser would have to guess. */
export function htmlParts(page: string): readonly HtmlPart[] {
  const [doctype = ''] = /^<!doctype html>\s*/.exec(page) ?? [];
  if (doctype === '') throw new Error('no doctype');
  const parts: HtmlPart[] = [];
  let at = doctype.length;
  while (at < page.length) {
    TAG.lastIndex = at;
    const [tag, slash, name = '', attributes = ''] = TAG.exec(page) ?? [];
    if (tag === undefined) {
      const end = page.indexOf('<', at);
      const text = page.slice(at, end === -1 ? undefined : end);
      if (text === '') throw new Error(`no tag: ${page.slice(at, at + 80)}`);
      parts.push({ kind: 'text', text: decoded(text) });
      at += text.length;
      continue;
    }
    at += tag.length;
    parts.push(
      slash === '/' ? { kind: 'close', name } : { kind: 'open', name, attributes: read(attributes) },
    );
    if (slash !== '/' && RAW.has(name)) {
      const end = page.indexOf(`</${name}`, at);
      parts.push({ kind: 'text', text: page.slice(at, end) });
      at = end;
    }
  }
  return parts;
}

const read = (attributes: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...attributes.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, decoded(value)]),
  );

function decoded(text: string): string {
  return text.replace(/&([^;]*;?)/g, (whole, name: string) => {
    const character = ENTITIES[name.replace(/;$/, '')];
    if (character === undefined || !name.endsWith(';')) throw new Error(`a bare &: ${whole}`);
    return character;
  });
}

/** Tags with their attributes, a line each, without what is written between them. */
export const skeletonOf = (page: string): string =>
  htmlParts(page)
    .flatMap((part) => (part.kind === 'text' ? [] : JSON.stringify(part)))
    .join('\n');

/** The texts of all elements with such a class, whatever is within them. */
export function textsOf(page: string, className: string): readonly string[] {
  const texts: string[] = [];
  let depth = 0;
  for (const part of htmlParts(page)) {
    const isOne = part.kind === 'open' && part.attributes['class']?.split(' ').includes(className);
    if (depth === 0 && isOne) texts.push('');
    if (part.kind === 'open' && (depth > 0 || isOne)) depth += 1;
    else if (part.kind === 'close' && depth > 0) depth -= 1;
    else if (part.kind === 'text' && depth > 0) texts.push((texts.pop() ?? '') + part.text);
  }
  return texts;
}
