import { createPrivateKey } from 'node:crypto';
import { ExpectedError } from '../errors.js';
import type { Account } from '../models/account.js';

/** How requests are signed: with a text shared with the exchange, or with a private key of one's own. */
export type SecretKind = 'hmac' | 'rsa' | 'ed25519';

/** Throws 'config' on a secret that requests to the exchange cannot be signed with; the secret is not in the message. */
export function requireUsableSecret(
  { id, credentials: { secret } }: Account,
  { title, secretKinds }: { readonly title: string; readonly secretKinds: readonly SecretKind[] },
): void {
  const kind = kindOf(secret);
  if (secretKinds.some((usable) => usable === kind)) return;
  const what =
    kind === undefined
      ? 'is not a complete private key'
      : `is a private key (${kind}), which is not supported`;
  const others = secretKinds.filter((usable) => usable !== 'hmac');
  const or =
    others.length === 0
      ? ''
      : ` A whole PEM key works too (${others.join(', ')}), best named by API_SECRET_FILE.`;
  throw new ExpectedError('config', `the API secret of ${id} ${what}`, {
    fix: `Make a read-only key with a system-generated (HMAC) secret at ${title}, and set its key and secret.${or}`,
  });
}

/** undefined for the PEM text of nothing that signs. */
function kindOf(secret: string): string | undefined {
  if (!/-----BEGIN|PRIVATE KEY/.test(secret)) return 'hmac';
  try {
    return createPrivateKey(secret).asymmetricKeyType;
  } catch {
    return undefined;
  }
}
