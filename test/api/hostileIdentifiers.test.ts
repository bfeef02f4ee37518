import { request } from 'node:http';
import { expect } from 'chai';
import fc from 'fast-check';
import { CSET82 } from '../../protocol/gs1/charsets.ts';
import { LOT, PRODUCT, type ResolverScene, startResolverScene } from './support/resolverScene.ts';

/** Paths and queries of Digital Links, each with the one code that it is refused with. */
const HOSTILE: readonly (readonly [path: string, code: string])[] = [
  ['/01/09521001001022', 'CHECK_DIGIT_WRONG'],
  ['/00/095210010000000018', 'CHECK_DIGIT_WRONG'],
  ['/414/9521001000001', 'CHECK_DIGIT_WRONG'],
  ['/01/0952100100102', 'CHECK_DIGIT_WRONG'],
  ['/01/095210010010210', 'WRONG_LENGTH'],
  ['/01/O9521001001021', 'WRONG_CHARACTER'],
  ['/01/%D9%A09521001001021', 'LOOKALIKE_CHARACTER'],
  [`${PRODUCT}/10/H%D0%92260914A`, 'LOOKALIKE_CHARACTER'],
  [`${PRODUCT}/10/%EF%BC%A8B260914A`, 'LOOKALIKE_CHARACTER'],
  [`${PRODUCT}/10/HB%E2%80%AEA419062`, 'HIDDEN_CHARACTER'],
  [`${PRODUCT}/10/HB%E2%80%8B260914A`, 'HIDDEN_CHARACTER'],
  [`${PRODUCT}/10/HB260914A%00`, 'HIDDEN_CHARACTER'],
  [`${PRODUCT}/10/HB260914A%0D%0AX-Header:1`, 'HIDDEN_CHARACTER'],
  [`${PRODUCT}/10/HB%C0%AF260914A`, 'BAD_ESCAPE'],
  [`${PRODUCT}/10/HB%E0%80%AF260914A`, 'BAD_ESCAPE'],
  [`${PRODUCT}/10/HB%ED%A0%80260914A`, 'BAD_ESCAPE'],
  [`${PRODUCT}/10/HB%u0041`, 'BAD_ESCAPE'],
  [`${PRODUCT}/10/HB%`, 'BAD_ESCAPE'],
  [`${PRODUCT}/10/A/10/B`, 'DUPLICATE_AI'],
  [`${PRODUCT}/21/A/10/B`, 'QUALIFIER_MISPLACED'],
  [`${LOT}/254/X`, 'QUALIFIER_MISPLACED'],
  [`${PRODUCT}?10=HB260914A`, 'QUALIFIER_MISPLACED'],
  [`${LOT}?17=271231&17=281231`, 'DUPLICATE_AI'],
  [`${LOT}?9999=x`, 'UNKNOWN_AI'],
  [`${LOT}?17=270230`, 'NOT_A_DATE'],
  [`${PRODUCT}/10/${'9'.repeat(21)}`, 'WRONG_LENGTH'],
  [`${PRODUCT}/foo`, 'NOT_A_DIGITAL_LINK'],
  [`${LOT}?x=${'y'.repeat(2048)}`, 'TOO_LONG'],
];

interface RawAnswer {
  status: number;
  location: string | undefined;
  body: string;
}

describe('hostile identifiers', () => {
  let scene: ResolverScene;
  before(async () => {
    scene = await startResolverScene('https://node.example');
  });
  after(() => scene.node.close());

  /** Sends a path as it is: `fetch` would tidy it. */
  const ask = (path: string, accept = '*/*') =>
    new Promise<RawAnswer>((resolve, reject) => {
      const { hostname, port } = new URL(scene.node.url);
      request({ hostname, port, path, headers: { accept } }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => {
          body += chunk.toString();
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, location: response.headers.location, body }));
      })
        .on('error', reject)
        .end();
    });
  const codeOf = ({ body }: RawAnswer) => /"code":"(\w+)"/.exec(body)?.[1] ?? /<code>(\w+)<\/code>/.exec(body)?.[1];

  describe('are refused alike by resolver, page and API', () => {
    for (const [path, code] of HOSTILE)
      it(`${path.slice(0, 60)} as ${code}`, async () => {
        const id = encodeURIComponent(`https://id.gs1.org${path}`);
        const answers = [
          await ask(path),
          await ask(path, 'text/html'),
          await ask(`/page${path}`, 'text/html'),
          await ask(`/page${path}`, 'application/json'),
        ];
        const api =
          path.length > 2048
            ? []
            : [
                await ask(`/subjects?id=${id}`),
                await ask(`/recalls?id=${id}`),
                await ask(`/filings?id=${id}`),
                await ask(`/codes/qr.svg?id=${id}`),
              ];
        for (const answer of [...answers, ...api]) expect([answer.status, codeOf(answer)]).to.deep.equal([400, code]);
      });
  });

  it('are never repeated to the reader', async () => {
    const { body } = await ask(`${PRODUCT}/10/%3Cscript%3Ealert(1)%3C/script%3E`, 'text/html');
    expect(body).to.not.match(/alert/);
  });

  it('never lead anywhere but here', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '//evil.example',
        '/\\evil',
        '..',
        '%2e%2e',
        '%2F',
        '@evil',
        ':80',
        '?',
        '#',
        '&',
        '=',
        'linkType',
        'lang',
        'unknown',
        '%0d%0a',
        ';',
        '%00',
        'https:',
      ),
      fc.string({ unit: fc.constantFrom(...CSET82.replace(/[^\w\-.;=]/g, '')), maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(PRODUCT, LOT, '/01', '/00/', '/414'), fc.array(piece, { maxLength: 6 }), async (start, pieces) => {
        const { status, location } = await ask(start + pieces.join(''));
        expect([200, 300, 307, 400, 404]).to.include(status);
        if (location !== undefined) expect(new URL(location).origin).to.equal('https://node.example');
      }),
      { numRuns: 300 },
    );
  });

  it('are decoded once', async () => {
    const { location } = await ask(`${PRODUCT}/10/%2548B260914A`);
    expect(location).to.equal(`https://node.example/page${PRODUCT}?unknown=${encodeURIComponent('/10/%2548B260914A')}`);
  });

  it('have one address however their escapes are written', async () => {
    const spellings = ['HB260914A', '%48B260914A', '%48%42260914%41'];
    const answers = await Promise.all(spellings.map((lot) => ask(`${PRODUCT}/10/${lot}`)));
    expect(new Set(answers.map(({ location }) => location))).to.deep.equal(new Set([`https://node.example/page${LOT}`]));
  });
});
