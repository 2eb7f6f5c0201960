/** How the connection to a server is secured; `verify` checks chain and host name. */
export type TlsSettings =
  | { readonly mode: 'off' }
  | { readonly mode: 'unverified' }
  | { readonly mode: 'verify'; readonly rootCertificate: string | undefined };

export interface ServerSettings {
  readonly kind: 'server';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly tls: TlsSettings;
}

export interface EmbeddedSettings {
  readonly kind: 'embedded';
  readonly directory: string;
}

export type DatabaseSettings = ServerSettings | EmbeddedSettings;

const THIS_MACHINE: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/** What goes to such a host never leaves this machine. */
export const isThisMachine = (host: string): boolean => THIS_MACHINE.has(host);
