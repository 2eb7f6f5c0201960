import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAuthority } from '../support/certificates.js';
import { openStage, type Stage } from '../support/stage.js';
import { startTlsServer, type TlsServer } from '../support/tls-server.js';

/** Somebody in the place of the exchange and of the database, by a certificate of their own. */
const stranger = createAuthority('a stranger').issue({ names: ['localhost'], addresses: ['127.0.0.1'] });
const asked: string[] = [];
const exchange = createServer({ cert: stranger.certificate, key: stranger.key }, ({ url = '' }, response) => {
  asked.push(url);
  response.end('{}');
});

let server: TlsServer;
let stage: Stage;

beforeAll(async () => {
  server = await startTlsServer();
  await server.present(stranger);
  stage = await openStage({ ...(await server.createDatabase()), host: 'localhost' });
  await new Promise<void>((resolve) => exchange.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  exchange.close();
  await stage.end();
  await server.stop();
});

test('check verifies exchange and database though NODE_TLS_REJECT_UNAUTHORIZED=0 tells Node not to', async () => {
  const env = {
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    BYBIT_BASE_URL: `https://127.0.0.1:${(exchange.address() as AddressInfo).port}`,
    DATABASE_URL: `${stage.env['DATABASE_URL'] ?? ''}?sslmode=verify-full`,
  };
  const { code, stdout, stderr } = await stage.run(['check'], { env });
  expect([code, stderr]).toEqual([2, '']);
  expect(stdout).toContain('NODE_TLS_REJECT_UNAUTHORIZED=0 turns off the verification');
  expect(stdout).toMatch(/the certificate of database .* is rejected/);
  expect(stdout).toMatch(/bybit returned an invalid response: .*(UNABLE_TO_VERIFY|SELF_SIGNED)/i);
  expect(asked).toEqual([]);
});
