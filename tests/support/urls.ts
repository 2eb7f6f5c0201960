import type { ServerSettings } from '../../src/models/settings.js';

export const urlOf = ({ user, password, host, port, database }: ServerSettings): string =>
  `postgres://${user}:${password}@${host}:${port}/${database}`;
