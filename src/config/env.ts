/** Variables as text; an empty value counts as not set. */
export type Env = Readonly<Record<string, string | undefined>>;
