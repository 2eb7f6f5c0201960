import { expect, test } from '@jest/globals';
import { DARK, LIGHT, type Palette } from '../../../src/render/formats/html/style.js';

const LEAST = 4.5;
const TEXTS = ['text', 'quiet', 'accent', 'gain', 'loss', 'doubt'] as const;
const GROUNDS = ['page', 'card'] as const;

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test('contrast is reckoned as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

test.each<[string, Palette]>([
  ['light', LIGHT],
  ['dark', DARK],
])('every text of the %s page can be read on every ground', (_, palette) => {
  const faint = TEXTS.flatMap((text) =>
    GROUNDS.filter((ground) => contrast(palette[text], palette[ground]) < LEAST).map((ground) => [
      text,
      ground,
    ]),
  );
  expect(faint).toEqual([]);
});
