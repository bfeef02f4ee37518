import type { Party } from '../../../protocol/epcis/members.ts';
import type { LineageWords } from '../../../protocol/lineage/texts/words.ts';
import { lineageTexts } from '../../../protocol/lineage/texts.ts';
import { type Language, verdictTexts } from '../../../protocol/verdict/texts.ts';
import type { Names } from '../../../sdk/trace/readNames.ts';
import { stepName } from '../../../web/render/pageWords.ts';
import { knownPlace } from '../../../web/render/places.ts';
import { textsOf } from '../../../web/texts/textsOf.ts';

const GLN = /^(?:https:\/\/id\.gs1\.org\/41[47]\/)?(\d{13})(?=\/|$)/;
const LOCODE = /unlocode#([A-Z]{2}[A-Z0-9]{3})$/;

/** How a trace is written for one reader: words of the language, names of parties and places, times. */
export class TraceWords {
  readonly texts: LineageWords;
  readonly #language: Language;
  readonly #names: Names;
  readonly #time: Intl.DateTimeFormat;
  readonly #offset: Intl.DateTimeFormat;

  constructor(language: Language, names: Names) {
    this.texts = lineageTexts(language);
    this.#language = language;
    this.#names = names;
    this.#time = new Intl.DateTimeFormat(language, {
      ...{ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    });
    this.#offset = new Intl.DateTimeFormat('en', { timeZoneName: 'longOffset' });
  }

  /** Whether names of a node are in use. */
  get hasNames(): boolean {
    return this.#names.ofMember.size > 0;
  }

  /** On the reader's clock, with its offset from UTC. */
  time(time: number): string {
    const offset = this.#offset
      .formatToParts(time)
      .find(({ type }) => type === 'timeZoneName')
      ?.value.replace('GMT', '');
    return `${this.#time.format(time)} ${offset === '' ? '+00:00' : offset}`;
  }

  /** What a code of a verdict says. */
  sentence(code: string): string {
    return verdictTexts(this.#language).code(code);
  }

  /** A business step; one that the language has no word for stays as the CBV writes it. */
  step(bizStep: string | undefined): string {
    return stepName(textsOf(this.#language), bizStep);
  }

  /** Goods, or anything else that is named by an identifier: without the address that canonical identifiers begin with. */
  id(id: string): string {
    return id.replace('https://id.gs1.org', '');
  }

  /** A place or party: by name with its number where the name is known. */
  party(id: string): string {
    const locode = LOCODE.exec(id)?.[1];
    const gln = GLN.exec(id)?.[1];
    const name = locode === undefined ? this.#names.ofParty.get(gln ?? id) : knownPlace({ locode })?.names[this.#language];
    const number = locode ?? gln;
    if (name !== undefined) return `${name} (${number ?? id})`;
    return gln === undefined ? this.id(id) : `GLN ${gln}`;
  }

  /** Where goods are: a place, a unit, or nobody knows. */
  place(place: string | undefined): string {
    return place === undefined || place === '' ? this.texts.words.unknownPlace : this.party(place);
  }

  partyType(type: string): string {
    const { partyTypes } = this.texts;
    return Object.hasOwn(partyTypes, type) ? partyTypes[type as keyof typeof partyTypes] : type;
  }

  /** From or to whom, as what. */
  role({ role, type, id }: Party): string {
    return `${this.texts.roles[role]} ${this.partyType(type)} ${this.party(id)}`;
  }

  member(number: number): string {
    return this.#names.ofMember.get(number) ?? `#${number}`;
  }
}
