const VOCABULARY = /^(?:https:\/\/ref\.gs1\.org\/cbv\/|cbv:)(?:BizStep|Disp|BTT|SDT|ER|Comp)-(\w+)$/;
const VOCABULARY_URN = /^urn:epcglobal:cbv:(?:bizstep|disp|btt|sdt|er):(\w+)$/;
const WEB_VOCABULARY = /^(?:https?:\/\/(?:(?:www|ref)\.)?gs1\.org\/voc\/|gs1:)(\w+)$/;

/** The bare word of a standard element of the Core Business Vocabulary in any spelling, as documents of EPCIS 2.0 write it; any other text as it is. */
export function bareWord(text: string): string {
  return VOCABULARY.exec(text)?.[1] ?? VOCABULARY_URN.exec(text)?.[1] ?? text;
}

/** The bare word of a term of the GS1 Web Vocabulary, such as a type of measurement; any other text as it is. */
export function bareWebWord(text: string): string {
  return WEB_VOCABULARY.exec(text)?.[1] ?? text;
}
