/** The colours of a page; texts have a contrast of at least 4.5 on both grounds. */
export interface Palette {
  readonly page: string;
  readonly card: string;
  readonly text: string;
  readonly quiet: string;
  readonly accent: string;
  readonly gain: string;
  readonly loss: string;
  readonly doubt: string;
  /** Drawn, never written with. */
  readonly rule: string;
  readonly field: string;
}

export const LIGHT: Palette = {
  page: '#f6f7f9',
  card: '#ffffff',
  text: '#16202c',
  quiet: '#566273',
  accent: '#2f5fd0',
  gain: '#0b7a4b',
  loss: '#bf2f3a',
  doubt: '#8a5700',
  rule: '#e3e7ec',
  field: '#e8eefb',
};

export const DARK: Palette = {
  page: '#0e1319',
  card: '#161d26',
  text: '#e8edf3',
  quiet: '#9aa8b8',
  accent: '#7ea6ff',
  gain: '#45c98c',
  loss: '#ff8a8a',
  doubt: '#e9b44c',
  rule: '#2a3442',
  field: '#1c2a45',
};
