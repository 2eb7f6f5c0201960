import { Ajv2020, type AnySchemaObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './cli.js';

const FOLDER = join(PROJECT, 'src/render/json');

/** The validators of src/render/json by the name of the output; a field that a schema does not list is an error. */
export function outputValidators(): ReadonlyMap<string, ValidateFunction> {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: true, allowUnionTypes: true });
  const schemas = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.schema.json'))
    .map((name) => closed(JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))));
  ajv.addSchema(schemas);
  return new Map(
    schemas.flatMap(({ $id = '' }: AnySchemaObject) => {
      const validate = ajv.getSchema($id);
      return validate ? [[$id.replace('.schema.json', ''), validate] as const] : [];
    }),
  );
}

/** The schema without room for other fields: readers must accept new fields, our tests must notice them. */
function closed(schema: unknown): AnySchemaObject {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema as AnySchemaObject;
  const parts = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, closed(part)]));
  return 'properties' in parts ? { ...parts, additionalProperties: false } : parts;
}
