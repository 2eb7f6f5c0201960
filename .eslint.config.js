import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

/** Rooms that a room may not import; imports point downward only. */
const FORBIDDEN = {
  models: [
    'accounting',
    'cli',
    'client',
    'config',
    'database',
    'logger',
    'monitoring',
    'render',
    'repository',
    'service',
  ],
  accounting: [
    'cli',
    'client',
    'config',
    'database',
    'logger',
    'monitoring',
    'render',
    'repository',
    'service',
  ],
  render: [
    'accounting',
    'cli',
    'client',
    'config',
    'database',
    'logger',
    'monitoring',
    'repository',
    'service',
  ],
  config: ['accounting', 'cli', 'client', 'database', 'monitoring', 'render', 'repository', 'service'],
  database: ['accounting', 'cli', 'client', 'monitoring', 'render', 'repository', 'service'],
  client: ['accounting', 'cli', 'database', 'monitoring', 'render', 'repository', 'service'],
  repository: ['accounting', 'cli', 'client', 'monitoring', 'render', 'service'],
  monitoring: [
    'accounting',
    'cli',
    'client',
    'config',
    'database',
    'logger',
    'render',
    'repository',
    'service',
  ],
  service: ['cli', 'render'],
};

const FLOAT_DOORS = [
  {
    selector: 'CallExpression[callee.name=/^(Number|parseFloat|parseInt)$/]',
    message: 'Money goes through models/decimal.ts; whole numbers through Number.parseInt.',
  },
  {
    selector: "CallExpression[callee.property.name='unsafe']",
    message: 'SQL is written in tagged templates.',
  },
];

const rooms = Object.entries(FORBIDDEN).map(([room, forbidden]) => ({
  files: [`src/${room}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${forbidden.join('|')})(/|\\.js)`,
            message: `src/${room} imports downward only.`,
          },
          ...(room === 'client' ? [] : [{ regex: '^ccxt', message: 'Only src/client knows ccxt.' }]),
        ],
      },
    ],
  },
}));

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
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...FLOAT_DOORS] } },
  ...rooms,
);
