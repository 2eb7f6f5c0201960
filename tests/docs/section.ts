/** The page with this content between `<!-- NAME: … -->` and `<!-- end of NAME -->`. */
export function withSection(page: string, name: string, content: string): string {
  const section = new RegExp(`(?<=<!-- ${name}: [^>]* -->\\n).*?(?=<!-- end of ${name} -->)`, 's');
  if (!section.test(page)) throw new Error(`the page has no section between markers of ${name}`);
  return page.replace(section, () => `\n${content.trim()}\n\n`);
}
