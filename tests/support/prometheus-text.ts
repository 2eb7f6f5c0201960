export interface MetricFamily {
  readonly help: string;
  readonly type: string;
  /** Values as they were written, by their labels as they were written. */
  readonly samples: ReadonlyMap<string, string>;
}

interface OpenFamily extends MetricFamily {
  readonly samples: Map<string, string>;
}

const VALUE = /^(NaN|[+-]?(Inf|\d+(\.\d+)?))$/;
const LABELS = /^([a-zA-Z_]\w*="([^"\\\n]|\\[\\"n])*")(,[a-zA-Z_]\w*="([^"\\\n]|\\[\\"n])*")*$/;

/**
 * Prometheus' text format as node_exporter's textfile collector takes it, and stricter: each family whole
 * and once, HELP then TYPE before its samples, no timestamp, nothing twice, nothing else. Throws on a line
 * that does not fit.
 */
export function parsePrometheusText(text: string): ReadonlyMap<string, MetricFamily> {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const families = new Map<string, OpenFamily>();
  let help: readonly [name: string, text: string] | undefined;
  let open = '';
  for (const line of text.slice(0, -1).split('\n')) {
    const [, keyword, name = '', rest = ''] = /^# (HELP|TYPE) ([a-zA-Z_:]\w*) (.+)$/.exec(line) ?? [];
    if (keyword === 'HELP') {
      if (families.has(name)) throw new Error(`${name} comes twice`);
      help = [name, rest];
    } else if (keyword === 'TYPE') {
      if (help?.[0] !== name || !/^(gauge|counter)$/.test(rest)) throw new Error(`out of place: ${line}`);
      families.set(name, { help: help[1], type: rest, samples: new Map() });
      open = name;
    } else addSample(families.get(open), open, line);
  }
  return families;
}

function addSample(family: OpenFamily | undefined, open: string, line: string): void {
  const [, name, labels = '', value = ''] = /^(\w+)\{([^}]*)\} (\S+)$/.exec(line) ?? [];
  if (!family || name !== open || !LABELS.test(labels) || !VALUE.test(value)) {
    throw new Error(`not a sample of ${open || 'a family'}: ${line}`);
  }
  if (family.samples.has(labels)) throw new Error(`twice: ${line}`);
  family.samples.set(labels, value);
}
