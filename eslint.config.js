import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

const FLOAT_DOORS = [
  {
    selector: 'CallExpression[callee.name=/^(Number|parseFloat|parseInt)$/]',
    message: 'Money goes through models/decimal.ts; whole numbers through Number.parseInt.',
  },
];

const STATEMENT =
  '/^\\s*(select|insert into|update|delete from|create|alter|drop|truncate|grant|revoke|with)\\s/';
const NO_SQL_TEXT = 'SQL is written in tagged templates, which keep values out of it.';

/** SQL that is put together from text, by whichever way postgres.js or JavaScript has for it. */
const SQL_DOORS = [
  'CallExpression[callee.property.name=/^(unsafe|file)$/]',
  'CallExpression[callee.name=/^(sql|transaction)$/][arguments.0.type=/^(Literal|TemplateLiteral|BinaryExpression)$/]',
  `:not(TaggedTemplateExpression) > TemplateLiteral[expressions.length>0] > TemplateElement:first-child[value.raw=${STATEMENT}]`,
  `BinaryExpression[operator='+'] > Literal[value=${STATEMENT}]`,
].map((selector) => ({ selector, message: NO_SQL_TEXT }));

const NETWORK = '/^(node:)?(http|https|http2|net|tls|dgram|child_process)$/';

/** Requests leave by three files, which say what may. */
const NETWORK_DOORS = [
  'CallExpression[callee.name=/^(fetch|WebSocket|EventSource)$/]',
  'NewExpression[callee.name=/^(WebSocket|EventSource)$/]',
  `ImportDeclaration[importKind!='type'][source.value=${NETWORK}]`,
  `ImportExpression[source.value=${NETWORK}]`,
].map((selector) => ({
  selector,
  message: 'Only client/transport, monitoring/ping and the sockets of the database reach the network.',
}));
const NETWORK_FILES = [
  'src/client/transport.ts',
  'src/monitoring/ping.ts',
  'src/database/socket.ts',
  'src/database/tls-socket.ts',
];

export default defineConfig(
  globalIgnores(['dist', 'node_modules']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [ts.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'max-lines': ['error', { max: 199 }],
      'no-console': 'error',
      // winston declares its transports as interfaces, which are no instances to this rule.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
    },
  },
  {
    files: ['src/**/*.ts', 'bin/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...FLOAT_DOORS, ...SQL_DOORS, ...NETWORK_DOORS] },
  },
  { files: NETWORK_FILES, rules: { 'no-restricted-syntax': ['error', ...FLOAT_DOORS, ...SQL_DOORS] } },
);
