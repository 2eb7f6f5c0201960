import type { Disturbed } from '../simulation/disturbances.js';
import type { TestServer } from '../support/postgres.js';
import { COMMIT_LOST, COMMIT_MISHAPS } from './commit-mishaps.js';
import {
  type HistoryDatabase,
  openEmbeddedDatabase,
  openServerDatabase,
  type ServerDatabase,
} from './database.js';
import { EXCHANGE_TROUBLES } from './exchange-troubles.js';
import type { Ground } from './history.js';
import { MISHAPS } from './mishaps.js';
import type { Catalogue } from './plan.js';
import { type AtServer, SERVER_TROUBLES } from './server-troubles.js';
import { SUSPENDED } from './suspensions.js';

const AT_THE_EXCHANGE = { chance: 0.4, among: EXCHANGE_TROUBLES };

/** The server is well, so that runs can be held at their commits. */
const WELL: Catalogue<AtServer> = {
  mishaps: [...MISHAPS, ...COMMIT_MISHAPS, [2, SUSPENDED]],
  troubles: [AT_THE_EXCHANGE, { chance: 0.1, among: [[1, COMMIT_LOST]] }],
};
const UNWELL: Catalogue<AtServer> = {
  mishaps: MISHAPS,
  troubles: [AT_THE_EXCHANGE, { chance: 1, among: SERVER_TROUBLES }],
};

export const onPostgres = (server: TestServer): Ground<ServerDatabase> => ({
  open: () => openServerDatabase(server),
  catalogues: [
    [3, WELL],
    [2, UNWELL],
  ],
});

const IN_A_FOLDER: Catalogue<Disturbed> = { mishaps: MISHAPS, troubles: [AT_THE_EXCHANGE] };

/** Making a database takes seconds: most histories begin with one. */
const MADE_BEFORE = 0.8;

export const EMBEDDED: Ground<HistoryDatabase> = {
  open: (random) => openEmbeddedDatabase(random.chance(MADE_BEFORE)),
  catalogues: [[1, IN_A_FOLDER]],
};
