/**
 * How the connection to a server is secured; `verify` checks chain and host name, `preferred` is not
 * encrypted with a server that offers no TLS.
 */
export type TlsSettings =
  | { readonly mode: 'off' }
  | { readonly mode: 'preferred' }
  | { readonly mode: 'unverified' }
  | { readonly mode: 'verify'; readonly rootCertificate: string | undefined };

export interface ServerSettings {
  readonly kind: 'server';
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly tls: TlsSettings;
  readonly session?: SessionSettings;
}

/** libpq's connect_timeout, application_name and options. */
export interface SessionSettings {
  readonly connectTimeoutMs?: number | undefined;
  readonly applicationName?: string | undefined;
  readonly startupOptions?: string | undefined;
}

export interface EmbeddedSettings {
  readonly kind: 'embedded';
  readonly directory: string;
}

export type DatabaseSettings = ServerSettings | EmbeddedSettings;

/** Where a database is, for messages; never holds a password. */
export const placeOf = (settings: DatabaseSettings): string =>
  settings.kind === 'server' ? `${settings.host}:${settings.port}/${settings.database}` : settings.directory;

const THIS_MACHINE: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/** A host that begins with a slash is the folder of a Unix socket, as in libpq. */
export const isSocketFolder = (host: string): boolean => host.startsWith('/');

/** What goes to such a host never leaves this machine. */
export const isThisMachine = (host: string): boolean => THIS_MACHINE.has(host) || isSocketFolder(host);
