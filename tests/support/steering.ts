/** A sign that steers a terminal or a reader's eye; line ends aside. */
export const STEERING = /(?![\r\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
