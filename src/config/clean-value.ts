/** Whose quotation marks and blanks may be meant: the marks of keys are refused by name where they are read. */
const SECRET = /(_API_(KEY|SECRET|PASSWORD)|^DB_PASS)$/;

/**
 * A setting without what surrounds it by mistake: Kubernetes secrets end with a line break, and
 * `docker --env-file` keeps quotation marks. Of a secret only line breaks at its ends are cut.
 */
export function cleanValue(name: string, text: string): string {
  if (SECRET.test(name)) return text.replace(/^[\r\n]+|[\r\n]+$/g, '');
  const trimmed = text.trim();
  return trimmed.replace(/^(['"])(.*)\1$/s, '$2').trim();
}
