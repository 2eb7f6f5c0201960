export function verdict(met: boolean, text: string): void {
  say(`${met ? 'met   ' : 'missed'}  ${text}`);
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
