export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** What may stand after an option: nothing, one of some words, a file, or what nobody can foresee. */
export type CompletedValue =
  { readonly kind: 'none' | 'file' | 'free' } | { readonly kind: 'words'; readonly words: readonly string[] };

export interface CompletedOption {
  /** `-f` */
  readonly short: string | undefined;
  /** `--format` */
  readonly long: string;
  readonly description: string;
  readonly value: CompletedValue;
  readonly repeatable: boolean;
}

/** A command as a shell completes it; the program itself has commands, the others may take words. */
export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  readonly words: readonly string[];
}

export interface CompletedProgram extends CompletedCommand {
  readonly commands: readonly CompletedCommand[];
}
