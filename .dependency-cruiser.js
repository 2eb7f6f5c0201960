/** The rooms that each room of src may import; cli may import all. Imports point downward only. */
const IMPORTS = {
  models: [],
  accounting: ['models'],
  config: ['models'],
  database: ['models'],
  client: ['models'],
  repository: ['database', 'models'],
  monitoring: ['models'],
  render: ['accounting', 'models'],
  service: ['accounting', 'client', 'config', 'database', 'models', 'repository'],
};
/** Files at the top of src that import no room, so that every room may import them. */
const LEAVES = ['errors', 'ownership', 'redaction'];

const downward = Object.entries(IMPORTS).map(([room, rooms]) => ({
  name: `${room}-imports-downward`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...rooms].join('|')})/|^src/(${LEAVES.join('|')})\\.ts$` },
}));

export default {
  forbidden: [
    ...downward,
    {
      name: 'leaves-import-no-room',
      severity: 'error',
      from: { path: `^src/(${LEAVES.join('|')})\\.ts$` },
      to: { path: '^src/', pathNot: `^src/(${LEAVES.join('|')})\\.ts$` },
    },
    {
      name: 'only-client-imports-ccxt',
      severity: 'error',
      from: { path: '^(src|bin)/', pathNot: '^src/client/' },
      to: { path: '(^|/)ccxt(/|$)' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    // Type imports count too.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
