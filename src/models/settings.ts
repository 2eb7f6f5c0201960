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
