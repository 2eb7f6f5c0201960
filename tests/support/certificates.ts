import { createHash, generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

export interface Certificate {
  /** PEM */
  readonly certificate: string;
  /** PEM */
  readonly key: string;
}

export interface Wanted {
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
  /** Days from now; negative: it has ended. */
  readonly days?: number;
}

export interface Authority {
  /** PEM */
  readonly certificate: string;
  readonly issue: (wanted: Wanted) => Certificate;
}

const DAY_MS = 86_400_000;
const DNS_NAME = 2;
const IP_ADDRESS = 7;

export function createAuthority(name: string): Authority {
  const pair = newPair();
  const root = draft(name, pair, 30);
  root.setIssuer(root.subject.attributes);
  root.setExtensions([{ name: 'basicConstraints', cA: true, critical: true }]);
  return {
    certificate: signed(root, pair),
    issue: (wanted) => {
      const own = newPair();
      const leaf = leafOf(own, wanted);
      leaf.setIssuer(root.subject.attributes);
      return { certificate: signed(leaf, pair), key: own.pem };
    },
  };
}

export function selfSigned(wanted: Wanted): Certificate {
  const pair = newPair();
  const leaf = leafOf(pair, wanted);
  leaf.setIssuer(leaf.subject.attributes);
  return { certificate: signed(leaf, pair), key: pair.pem };
}

type Pair = forge.pki.rsa.KeyPair & { readonly pem: string };

/** Node's own: forge takes seconds for one. */
function newPair(): Pair {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const key = forge.pki.privateKeyFromPem(pem);
  return { privateKey: key, publicKey: forge.pki.setRsaPublicKey(key.n, key.e), pem };
}

function draft(name: string, pair: Pair, days: number): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = pair.publicKey;
  certificate.serialNumber = `01${createHash('sha256').update(pair.pem).digest('hex').slice(0, 16)}`;
  certificate.validity.notBefore = new Date(Date.now() - 10 * DAY_MS);
  certificate.validity.notAfter = new Date(Date.now() + days * DAY_MS);
  certificate.setSubject([{ name: 'commonName', value: name }]);
  return certificate;
}

function leafOf(pair: Pair, { names = [], addresses = [], days = 10 }: Wanted): forge.pki.Certificate {
  const leaf = draft('database', pair, days);
  const altNames = [
    ...names.map((value) => ({ type: DNS_NAME, value })),
    ...addresses.map((ip) => ({ type: IP_ADDRESS, ip })),
  ];
  leaf.setExtensions([{ name: 'subjectAltName', altNames }]);
  return leaf;
}

function signed(certificate: forge.pki.Certificate, { privateKey }: Pair): string {
  certificate.sign(privateKey, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}
