import { expect, test } from '@jest/globals';
import { markup, NOTHING, type SafeHtml } from '../../../src/render/formats/html/markup.js';

test.each<[string, SafeHtml, string]>([
  ['text', markup`<p>${'<b>&"\''}</p>`, '<p>&lt;b&gt;&amp;&quot;&#39;</p>'],
  ['an attribute', markup`<p title="${'" onload="x'}"></p>`, '<p title="&quot; onload=&quot;x"></p>'],
  ['a number', markup`<rect width="${0}"/>`, '<rect width="0"/>'],
  ['markup', markup`<p>${markup`<b>${'<'}</b>`}</p>`, '<p><b>&lt;</b></p>'],
  [
    'a list',
    markup`<p>${['a', '<'].map((text) => markup`<b>${text}</b>`)}</p>`,
    '<p><b>a</b><b>&lt;</b></p>',
  ],
  ['nothing', markup`<p>${NOTHING}${''}</p>`, '<p></p>'],
  ['what is not visible', markup`${'a\u0000\u001b[31m\u202eb\n'}`, 'a\\u{0}\\u{1b}[31m\\u{202e}b\\u{a}'],
])('%s', (_, made, expected) => {
  expect(made.toString()).toBe(expected);
});

test('text that says it is markup is text', () => {
  const text = String(markup`<b></b>`);
  expect(markup`${text}`.toString()).toBe('&lt;b&gt;&lt;/b&gt;');
  const list = ['<b>'] as unknown as readonly SafeHtml[];
  expect(markup`${list}`.toString()).toBe('&lt;b&gt;');
});
