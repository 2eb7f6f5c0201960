import { expect } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { request as forward } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Certificate, createAuthority } from '../support/certificates.js';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage, QUIET } from '../support/stage.js';
import { fault } from './fault.js';

let stage: Stage;

onServer('all', (opened) => {
  ({ stage } = opened);
});

/** The exchange behind a certificate: where it answers, and how many connections were made. */
async function behind({ certificate, key }: Certificate) {
  const { port: simulated } = new URL(stage.simulator.url);
  const server: Server = createServer({ cert: certificate, key }, (request, response) => {
    const { method, url = '', headers } = request;
    if (url.startsWith('/ping')) return void response.end('OK');
    const onward = forward({ port: simulated, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  let connections = 0;
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, connections: () => connections, stop: () => server.close() };
}

fault(
  'F6',
  async () => {
    fill(stage.account, stage.simulator.world.now());
    const authority = createAuthority('a company');
    const bundle = join(stage.folder, 'company.pem');
    writeFileSync(bundle, authority.certificate);
    const inspected = await behind(authority.issue({ addresses: ['127.0.0.1'] }));
    const env = { BYBIT_BASE_URL: inspected.url, EXCHANGE_SYNC_PING_URL: `${inspected.url}/ping` };

    const refused = await stage.run(['sync', ...SINCE], { env });
    expect(refused.code).toBe(69);
    const text = refused.stderr.replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/its TLS certificate is not trusted here \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)/);
    expect(text).toMatch(
      /Fix: If your network inspects TLS.* NODE_EXTRA_CA_CERTS=\S+ in the real environment .* not in \.env/,
    );
    expect(text).toMatch(/ping to \S+ failed: its TLS certificate is not trusted here .*NODE_EXTRA_CA_CERTS/);
    expect(text).not.toMatch(/status page|next run/);
    // One of the exchange, two of the monitor: nothing is tried again.
    expect(inspected.connections()).toBe(3);
    const known = { ...env, NODE_EXTRA_CA_CERTS: bundle };
    expect(await stage.run(['sync', ...SINCE], { env: known })).toMatchObject({ code: 0, stderr: QUIET });
    inspected.stop();

    const expired = await behind(authority.issue({ addresses: ['127.0.0.1'], days: -1 }));
    const late = await stage.run(['sync'], {
      env: { BYBIT_BASE_URL: expired.url, NODE_EXTRA_CA_CERTS: bundle },
    });
    expect(late).toMatchObject({
      code: 69,
      stderr: expect.stringMatching(
        /has expired by this machine's clock.*If the clock is wrong.*must renew/s,
      ) as unknown,
    });
    expect(expired.connections()).toBe(1);
    expired.stop();

    const proxied = await stage.run(['sync', '--timeout', '8s'], {
      env: { BYBIT_BASE_URL: 'https://127.0.0.1:1', HTTPS_PROXY: 'http://127.0.0.1:2' },
    });
    expect(proxied).toMatchObject({
      code: 69,
      stderr: expect.stringMatching(
        /HTTPS_PROXY is set but not used\..* set NODE_USE_ENV_PROXY=1 in the real/s,
      ) as unknown,
    });
  },
  120_000,
);
