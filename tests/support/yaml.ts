import { createRequire } from 'node:module';

/** It comes without types of its own. */
const { loadAll } = createRequire(import.meta.url)('js-yaml') as {
  loadAll: (text: string) => readonly unknown[];
};

/** The documents of a YAML text. Throws if one of them is not valid. */
export const yamlDocuments = (text: string): readonly unknown[] => loadAll(text);
