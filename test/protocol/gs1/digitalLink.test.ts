import { expect } from 'chai';
import fc from 'fast-check';
import { CSET82 } from '../../../protocol/gs1/charsets.ts';
import { checkDigit } from '../../../protocol/gs1/checkDigit.ts';
import { formatDigitalLink } from '../../../protocol/gs1/formatDigitalLink.ts';
import { parseDigitalLink } from '../../../protocol/gs1/parseDigitalLink.ts';
import { codeOf } from '../codeOf.ts';

const GTIN = '08801234567893';
const refusal = (uri: string) => codeOf(() => parseDigitalLink(uri));
const text = (max: number) => fc.string({ unit: fc.constantFrom(...CSET82), minLength: 1, maxLength: max });
const gtin = fc.stringMatching(/^\d{13}$/).map((body) => body + checkDigit(body));

/** What a link reads as, or the code that it is refused with. */
function outcomeOf(uri: string): unknown {
  return attempt(uri) === undefined ? parseDigitalLink(uri) : refusal(uri);
}

/** The name of what reading a link throws. */
function attempt(uri: string): string | undefined {
  try {
    parseDigitalLink(uri);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.name : 'no error';
  }
}

describe('Digital Link', () => {
  describe('parseDigitalLink', () => {
    it('reads key, qualifiers, attributes and stem', () => {
      expect(parseDigitalLink(`https://example.com/some/stem/01/${GTIN}/10/L%2F1/21/s?17=271231&x=1#y`)).to.deep.equal({
        stem: 'https://example.com/some/stem',
        path: [
          { ai: '01', value: GTIN },
          { ai: '10', value: 'L/1' },
          { ai: '21', value: 's' },
        ],
        attributes: [{ ai: '17', value: '271231' }],
      });
    });

    it('reads what formatDigitalLink writes', () => {
      fc.assert(
        fc.property(gtin, text(20), text(20), text(90), (key, lot, serial, note) => {
          const path = [
            { ai: '01', value: key },
            { ai: '10', value: lot },
            { ai: '21', value: serial },
          ];
          const attributes = [{ ai: '91', value: note }];
          const uri = formatDigitalLink([...attributes, ...path]);
          expect(parseDigitalLink(uri)).to.deep.equal({ stem: 'https://id.gs1.org', path, attributes });
        }),
      );
    });

    it('reads common links as it does all others', () => {
      const host = fc.constantFrom('https://id.gs1.org', 'http://a', 'https://a:1', 'https://a_b', 'HTTPS://a', 'https://a/b');
      const piece = fc.constantFrom(
        '/01/',
        '/10/',
        '/21/',
        '/00/',
        GTIN,
        '08801234567890',
        '006141411234567890',
        'L1',
        '%2F',
        '',
        '/',
        '01',
        "a'=;",
        'x'.repeat(21),
        '+',
      );
      fc.assert(
        fc.property(host, fc.array(piece, { maxLength: 8 }), (start, pieces) => {
          const uri = start + pieces.join('');
          // A fragment says nothing, and keeps a link from being a common one.
          expect(outcomeOf(uri)).to.deep.equal(outcomeOf(`${uri}#`));
        }),
        { numRuns: 2_000 },
      );
    });

    it('reads escapes of either case', () => {
      const values = ['%2f', '%2F'].map((written) => parseDigitalLink(`https://a/01/${GTIN}/10/${written}`).path[1]?.value);
      expect(values).to.deep.equal(['/', '/']);
    });

    it('refuses characters that cannot be seen', () => {
      for (const written of ['%00', '%0A', '%20', '%E2%80%8B', '%E2%80%AE', '%C2%A0', '%E3%85%A4', '%EF%BB%BF'])
        expect(refusal(`https://a/01/${GTIN}/10/A${written}B`), written).to.equal('HIDDEN_CHARACTER');
    });

    it('refuses characters that look like others', () => {
      // Cyrillic A, full-width A, Greek omicron, Hangul, Han, Arabic digit.
      for (const character of ['А', 'Ａ', 'ο', '가', '一', '١'])
        expect(refusal(`https://a/01/${GTIN}/10/${encodeURIComponent(character)}`), character).to.equal('LOOKALIKE_CHARACTER');
    });

    it('refuses bad escapes', () => {
      for (const written of ['%', '%2', '%GG', '%C3', '%C0%AF', '%ED%A0%80'])
        expect(refusal(`https://a/01/${GTIN}/10/${written}`), written).to.equal('BAD_ESCAPE');
    });

    it('refuses what is no link, with the reason', () => {
      expect(refusal('ftp://a/01/08801234567893')).to.equal('NOT_A_DIGITAL_LINK');
      expect(refusal('https://user@a/01/08801234567893')).to.equal('NOT_A_DIGITAL_LINK');
      expect(refusal('https://a/b/c')).to.equal('NOT_A_DIGITAL_LINK');
      expect(refusal('https://a/01/08801234567890')).to.equal('CHECK_DIGIT_WRONG');
      expect(refusal(`https://a/01/${GTIN}/89/x`)).to.equal('UNKNOWN_AI');
      expect(refusal(`https://a/01/${GTIN}/21/x/10/y`)).to.equal('QUALIFIER_MISPLACED');
      expect(refusal(`https://a/01/${GTIN}?10=y`)).to.equal('QUALIFIER_MISPLACED');
      expect(refusal(`https://a/01/${GTIN}/235/x?21=y`)).to.equal('NOT_AN_ATTRIBUTE');
      expect(refusal(`https://a/01/${GTIN}?91=x&91=x`)).to.equal('DUPLICATE_AI');
      expect(refusal(`https://a/01/${GTIN}/10/${'x'.repeat(21)}`)).to.equal('WRONG_LENGTH');
      expect(refusal(`https://a/01/${GTIN}?17=270230`)).to.equal('NOT_A_DATE');
      expect(refusal(`https://a/01/${GTIN}?x=${'x'.repeat(2048)}`)).to.equal('TOO_LONG');
    });

    it('reads short GTINs and names only where permitted', () => {
      const uri = 'https://a/gtin/6291041500213/lot/L1';
      expect(refusal(uri)).to.equal('NOT_A_DIGITAL_LINK');
      expect(parseDigitalLink(uri, { shortNames: true, zeroSuppressedGtin: true }).path).to.deep.equal([
        { ai: '01', value: '06291041500213' },
        { ai: '10', value: 'L1' },
      ]);
      expect(codeOf(() => parseDigitalLink(uri, { shortNames: true }))).to.equal('WRONG_LENGTH');
    });

    it('never throws anything but a refusal', () => {
      fc.assert(
        fc.property(fc.webPath(), fc.webQueryParameters(), fc.uint8Array(), (path, query, bytes) => {
          const escapes = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
          for (const uri of [`https://a${path}?${query}`, `https://a/01/${GTIN}/10/${escapes}`, path, query])
            expect(attempt(uri)).to.be.oneOf([undefined, 'ProtocolError']);
        }),
      );
    });
  });

  describe('formatDigitalLink', () => {
    it('refuses what makes no link', () => {
      expect(codeOf(() => formatDigitalLink([{ ai: '91', value: 'x' }]))).to.equal('NOT_A_DIGITAL_LINK');
      expect(
        codeOf(() =>
          formatDigitalLink([
            { ai: '00', value: '006141411234567890' },
            { ai: '21', value: 'x' },
          ]),
        ),
      ).to.equal('NOT_AN_ATTRIBUTE');
      expect(codeOf(() => formatDigitalLink([{ ai: '01', value: '123' }]))).to.equal('WRONG_LENGTH');
    });
  });
});
