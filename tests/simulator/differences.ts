/**
 * Where two JSON answers differ in their fields or in the types of them, as `path: real …, simulated …`.
 * Every row is held against every row, so that a list's answer is the sum of its rows.
 */
export function differences(real: unknown, simulated: unknown, path = ''): string[] {
  if (Array.isArray(real) && Array.isArray(simulated)) return betweenLists(real, simulated, path);
  if (isObject(real) && isObject(simulated)) return betweenObjects(real, simulated, path);
  const [one, other] = [typeOf(real), typeOf(simulated)];
  const blank = real === '' || simulated === '';
  const same = one === other || (blank && typeof real === 'string' && typeof simulated === 'string');
  return same ? [] : [`${path}: real ${one}, simulated ${other}`];
}

function betweenLists(real: readonly unknown[], simulated: readonly unknown[], path: string): string[] {
  const holdsRows = typeof real[0] === 'object' || typeof simulated[0] === 'object';
  if (holdsRows && (real.length === 0) !== (simulated.length === 0))
    return [`${path}[]: real ${real.length} rows, simulated ${simulated.length} rows`];
  const found = real.flatMap((one) =>
    simulated.flatMap((other) =>
      Array.isArray(one) && Array.isArray(other)
        ? betweenTuples(one, other, `${path}[]`)
        : differences(one, other, `${path}[]`),
    ),
  );
  return [...new Set(found)];
}

/** A list inside a list has its fields by position, as candles do. */
function betweenTuples(real: readonly unknown[], simulated: readonly unknown[], path: string): string[] {
  if (real.length !== simulated.length)
    return [`${path}: real ${real.length} fields, simulated ${simulated.length} fields`];
  return real.flatMap((one, index) => differences(one, simulated[index], `${path}[${index}]`));
}

function betweenObjects(real: JsonObject, simulated: JsonObject, path: string): string[] {
  const names = [...new Set([...Object.keys(real), ...Object.keys(simulated)])].sort();
  return names.flatMap((name) => {
    const place = path === '' ? name : `${path}.${name}`;
    if (!(name in simulated)) return [`${place}: only real`];
    if (!(name in real)) return [`${place}: only simulated`];
    return differences(real[name], simulated[name], place);
  });
}

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value !== 'string') return typeof value;
  if (/^-?\d+(\.\d+)?$/.test(value)) return 'numeric string';
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) ? 'date string' : 'string';
}
