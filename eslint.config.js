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

/** Words that comments and texts of the program do not use, with the standard term. */
const PLAIN_TERMS = {
  'in step': 'up to date',
  'at work': 'running',
  'shuts? out': 'banned, blocked',
  'tells?|told|said': 'report, return, list',
  'reckon(?:s|ed|ing)?': 'include, apply, compute',
  'mend(?:s|ed|ing)?': 'fix, correct',
  parcels: 'lots',
  'tally|tallied': 'totals',
  'left out|for want of': 'excluded',
  'money by law': 'fiat currency',
  hundredths: 'percent',
  purses: 'rate-limit buckets',
  'whoever|nobody': 'the role, user or program that is meant',
  'in (?:the )?place of': 'instead of',
};
const TERMS = Object.entries(PLAIN_TERMS).map(([words, term]) => ({
  pattern: new RegExp(`\\b(?:${words})\\b`, 'i'),
  term,
}));

/** Applies them to comments, strings and templates. A quoted key in brackets is exempt: a stored name cannot change. */
const plainTerms = {
  create: ({ report, sourceCode }) => {
    const check = (loc, text) => {
      for (const { pattern, term } of TERMS) {
        const [found] = pattern.exec(text) ?? [];
        if (found !== undefined) report({ loc, message: `"${found}": write ${term}.` });
      }
    };
    return {
      Program: () => {
        for (const { loc, value } of sourceCode.getAllComments()) check(loc, value);
      },
      Literal: (literal) => {
        const { loc, value, parent } = literal;
        if (typeof value === 'string' && !(parent.computed && parent.key === literal)) check(loc, value);
      },
      TemplateElement: ({ loc, value }) => {
        check(loc, value.cooked ?? value.raw);
      },
    };
  },
};

/** Prefixes of limits; the field's are MAX_ and MIN_. */
const LIMIT_NAMES = {
  selector: 'Identifier[name=/^(MOST|LONGEST|LARGEST|FEWEST|SHORTEST|SMALLEST|LATEST|EARLIEST)_/]',
  message: 'Limits are named MAX_ or MIN_, with their unit.',
};

const DIALECT_NAMES = [
  'parcel',
  'parcels',
  'tally',
  'purse',
  'happening',
  'told',
  'said',
  'nobody',
  'whoever',
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
    rules: {
      'no-restricted-syntax': ['error', ...FLOAT_DOORS, ...SQL_DOORS, ...NETWORK_DOORS, LIMIT_NAMES],
    },
  },
  {
    files: NETWORK_FILES,
    rules: { 'no-restricted-syntax': ['error', ...FLOAT_DOORS, ...SQL_DOORS, LIMIT_NAMES] },
  },
  {
    files: ['src/**/*.ts', 'bin/**/*.ts'],
    ignores: ['src/database/migrations/*.ts'],
    plugins: { local: { rules: { 'plain-terms': plainTerms } } },
    rules: { 'local/plain-terms': 'error', 'id-denylist': ['error', ...DIALECT_NAMES] },
  },
);
