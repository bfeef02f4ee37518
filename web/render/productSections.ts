import type { Tag } from './markup.ts';
import type { PageWords } from './pageWords.ts';
import { alongSection } from './sections/alongSection.ts';
import { certificateSection } from './sections/certificateSection.ts';
import { checkSection } from './sections/checkSection.ts';
import { glanceSection } from './sections/glanceSection.ts';
import { journeySection } from './sections/journeySection.ts';
import { ledgerSection } from './sections/ledgerSection.ts';
import { limitsSection } from './sections/limitsSection.ts';
import { reportSection } from './sections/reportSection.ts';
import { stopSection } from './sections/stopSection.ts';
import { titleSection } from './sections/titleSection.ts';
import { whatSection } from './sections/whatSection.ts';

/** The content of a product's page, each section with its own id: what the node sends and what the phone puts in its place. */
export function productSections(words: PageWords): Tag[] {
  const stops = stopSection(words);
  return [
    titleSection(words),
    ...(stops === undefined ? [] : [stops]),
    glanceSection(words),
    whatSection(words),
    journeySection(words),
    alongSection(words),
    certificateSection(words),
    reportSection(words),
    checkSection(words),
    limitsSection(words),
    ledgerSection(words),
  ];
}
