import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type RunningSystem, root, runningSystem } from './runningSystem.ts';

/** Form data of a certificate, as far as the scenarios change it. */
interface Form {
  name: string;
  validFrom: string;
  credentialSubject: {
    certificateNumber: string;
    regime: string;
    issuedOn: string;
    transport: { departureDate: string };
    remarks: object;
    lineItem: [{ lot: string; invoiceNumber: string; invoiceDate: string; marks: string }];
    exporterDeclaration: { date: string };
    certification: { date: string };
  };
}

const DEMO = join(root, 'deploy', 'demo');
const SERUM_LOT = (lot: string) => `https://id.gs1.org/01/09521002002010/10/${lot}`;

/** Scenarios S1, S2, S3 and S5 of the demo (S4: recall.test.ts), as people at the members run them: on the command line, against both nodes. */
describe('law', () => {
  let running: RunningSystem;
  let out: string;
  before('start', async () => {
    running = await runningSystem();
    out = join(running.home, 'law');
  });

  const tidemark = async (line: string, ...more: string[]) => {
    const { code, stdout, stderr } = await running.tidemark(...line.split(' ').filter((word) => word !== ''), ...more, '--json');
    const json = stdout === '' ? undefined : JSON.parse(stdout);
    return { exit: code, code: (json?.error?.code ?? json?.code ?? json?.decision) as string | undefined, json, stderr };
  };
  const file = (name: string, content: unknown) => {
    const path = join(running.home, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  /** The laver's certificate with another number, and whatever else is changed. */
  const certificate = (number: string, change: (form: Form) => void) => {
    const form = JSON.parse(readFileSync(join(DEMO, 'laver', 'certificate-of-origin.json'), 'utf8')) as Form;
    form.name = `Certificate of origin ${number}`;
    form.credentialSubject.certificateNumber = number;
    change(form);
    return file(`${number}.json`, form);
  };
  const bundleOf = (number: string) => join(out, `${number}.bundle.json`);
  const issued = async (number: string, change: (form: Form) => void) => {
    const done = await tidemark(`origin issue --member korea-chamber --out ${out}`, certificate(number, change));
    expect(done.exit, JSON.stringify(done)).to.equal(0);
    return bundleOf(number);
  };
  const otherGoods = (lot: string, invoice: string) => (form: Form) => {
    Object.assign(form.credentialSubject.lineItem[0], { lot, invoiceNumber: invoice, marks: `${lot} 1-200` });
  };
  const consume = (target: string, declaration: string, invoice: string, member = 'qingdao-customs') =>
    tidemark(`origin consume ${target} --invoice ${invoice} --member ${member}`, '--declaration', declaration);

  describe('S1 laver', () => {
    const laver = (name: string) => join(running.home, 'demo', 'laver', `${name}.bundle.json`);

    it('shows its certificate used, and valid', async () => {
      const { json, exit } = await tidemark('show DEMO-KR-26-000417');
      const consumed = json.verdict.findings.find(({ question }: { question: string }) => question === 'consumed');
      expect({ exit, answer: consumed.answer, code: consumed.code }).to.deep.equal({ exit: 0, answer: 'VALID', code: 'USED' });
    });

    it('conforms in both tests by the Chinese limits', async () => {
      for (const name of ['lab-report-export', 'lab-report-import'])
        expect((await tidemark(`judge ${laver(name)} --profile CN-LAVER`)).code, name).to.equal('CONFORM');
    });
  });

  describe('S2 serum', () => {
    before('report', async () => {
      for (const name of ['lab-report', 'lab-report-lead']) {
        const done = await tidemark(`lab report ${join(DEMO, 'serum', `${name}.json`)} --member namhae --out ${out}`);
        expect(done.exit, JSON.stringify(done)).to.equal(0);
      }
    });

    it('conforms in both countries, and is accepted under the pilot', async () => {
      for (const profile of ['CN-COSMETICS', 'KR-COSMETICS'])
        expect((await tidemark(`judge ${bundleOf('lab-report')} --profile ${profile}`)).code, profile).to.equal('CONFORM');
      const done = await tidemark('accept NAI-26-0888 --arrangement 1 --profile CN-COSMETICS --member qingdao-market');
      expect(done.code, JSON.stringify(done)).to.equal('ACCEPTED');
    });

    it('tells every reader who accepted it under what', async () => {
      const { json } = await tidemark('show NAI-26-0888');
      const accepted = json.verdict.findings.find(({ question }: { question: string }) => question === 'accepted');
      expect(accepted).to.include({ answer: 'VALID', code: 'ACCEPTED' });
      expect(accepted.facts).to.include({ arrangement: 1 });
    });

    it('is released without a claim of preference', async () => {
      const done = await tidemark(
        `release ${SERUM_LOT('SB2608-07')} --member qingdao-customs`,
        '--document',
        '4200-2026-I-000000512 (DEMO)',
      );
      expect(done.exit, JSON.stringify(done)).to.equal(0);
    });

    it('with lead 14.0 conforms in Korea, is refused in China, and held', async () => {
      expect((await tidemark(`judge ${bundleOf('lab-report-lead')} --profile KR-COSMETICS`)).code).to.equal('CONFORM');
      const refused = await tidemark('accept NAI-26-0891 --arrangement 1 --profile CN-COSMETICS --member qingdao-market');
      expect({ exit: refused.exit, code: refused.code }).to.deep.equal({ exit: 1, code: 'LIMIT_PROFILE' });
      expect((await tidemark(`hold ${SERUM_LOT('SB2608-09')} --member qingdao-market`)).exit).to.equal(0);
      const released = await tidemark(
        `release ${SERUM_LOT('SB2608-09')} --member qingdao-customs`,
        '--document',
        '4200-2026-I-000000513 (DEMO)',
      );
      expect({ exit: released.exit, code: released.code }).to.deep.equal({ exit: 1, code: 'LOT_ON_HOLD' });
    });
  });

  describe('S3 kimchi', () => {
    it('is refused with the certificate that was corrected', async () => {
      const first = join(running.home, 'demo', 'kimchi', 'certificate-of-origin-v1.bundle.json');
      const refused = await consume(first, '030-26-110900230 (DEMO)', 'LW-INV-26-1105', 'busan-customs');
      expect({ exit: refused.exit, code: refused.code }).to.deep.equal({ exit: 1, code: 'SUPERSEDED' });
    });

    it('was declared with the corrected one', async () => {
      expect((await tidemark('origin verify DEMO-CN-26-008231')).code).to.equal('ALREADY_USED');
    });
  });

  describe('S5 certificates refused', () => {
    let unused: string;
    before('issue', async () => {
      unused = await issued('DEMO-KR-26-000901', otherGoods('HB260914C', 'HB-INV-26-1099'));
    });
    const verify = (target: string, fields?: object) =>
      tidemark(`origin verify`, target, ...(fields === undefined ? [] : ['--fields', file('declared.json', fields)]));

    it('ALREADY_USED on a second declaration', async () => {
      const refused = await consume('DEMO-KR-26-000417', '4200-2026-I-000000999 (DEMO)', 'HB-INV-26-1012');
      expect({ exit: refused.exit, code: refused.code }).to.deep.equal({ exit: 1, code: 'ALREADY_USED' });
    });

    it('FIELD_MISMATCH in box 11', async () => {
      const { exit, json } = await verify(unused, { lineItem: [{ netMass: { value: '2304', unit: 'KGM' } }] });
      expect({ exit, code: json.code, box: json.box }).to.deep.equal({ exit: 1, code: 'FIELD_MISMATCH', box: '11' });
    });

    it('NOT_FOUND, which is no sign of forgery', async () => {
      const { exit, json } = await verify('DEMO-KR-26-999999');
      expect({ exit, code: json.code }).to.deep.equal({ exit: 1, code: 'NOT_FOUND' });
      expect(json.text).to.include('no sign of forgery');
    });

    it('ISSUER_NOT_AUTHORISED at issue', async () => {
      const chamber = JSON.parse(readFileSync(join(running.home, 'members', 'korea-chamber', 'member.json'), 'utf8')) as { member: number };
      const proposed = await tidemark('govern propose --shore KR --seat 1', `clearance.withdrawBody(${chamber.member}, 3, 9)`);
      expect(proposed.exit, JSON.stringify(proposed)).to.equal(0);
      const act = proposed.json.act.proposal;
      expect((await tidemark(`govern approve ${act} --shore KR --seat 2`)).exit).to.equal(0);
      expect((await tidemark(`govern execute ${act} --shore KR --seat 1`)).exit).to.equal(0);
      const path = certificate('DEMO-KR-26-000902', (form) => {
        otherGoods('HB260914D', 'HB-INV-26-1100')(form);
        form.credentialSubject.regime = 'APTA';
      });
      const refused = await tidemark(`origin issue --member korea-chamber --out ${out}`, path);
      expect({ exit: refused.exit, code: refused.code }).to.deep.equal({ exit: 1, code: 'ISSUER_NOT_AUTHORISED' });
      expect((await verify('DEMO-KR-26-000902')).code).to.equal('NOT_FOUND');
    });

    it('EXPIRED a year after its issue', async () => {
      const expired = await issued('DEMO-KR-25-000903', (form) => {
        otherGoods('HB260914E', 'HB-INV-25-1101')(form);
        form.validFrom = '2025-11-10T16:00:00+09:00';
        Object.assign(form.credentialSubject, { issuedOn: '2025-11-10' });
        form.credentialSubject.transport.departureDate = '2025-11-11';
        form.credentialSubject.lineItem[0].invoiceDate = '2025-11-08';
        form.credentialSubject.exporterDeclaration.date = '2025-11-10';
        form.credentialSubject.certification.date = '2025-11-10';
      });
      const refused = await consume(expired, '4200-2026-I-000001000 (DEMO)', 'HB-INV-25-1101');
      expect({ exit: refused.exit, code: refused.code }).to.deep.equal({ exit: 1, code: 'EXPIRED' });
    });

    it('FORM_RULE with more than twenty lines on the old form', async () => {
      const lineItem = Array.from({ length: 21 }, (_, index) => ({ sequence: index + 1 }));
      expect((await verify(unused, { issuedOn: '2022-05-01', lineItem })).code).to.equal('FORM_RULE');
    });

    it('DOUBLE_PREFERENCE for the same lines under another agreement', async () => {
      const other = await issued('DEMO-KR-26-000904', (form) => {
        form.credentialSubject.regime = 'RCEP';
      });
      const refused = await consume(other, '4200-2026-I-000001001 (DEMO)', 'HB-INV-26-1012');
      expect({ exit: refused.exit, code: refused.code }).to.deep.equal({ exit: 1, code: 'DOUBLE_PREFERENCE' });
    });

    it('ALREADY_USED for a certified copy after the original was used', async () => {
      const path = certificate('DEMO-KR-26-000905', (form) => {
        form.credentialSubject.remarks = { certifiedTrueCopyOf: { number: 'DEMO-KR-26-000417', date: '2026-10-12' } };
      });
      const refused = await tidemark(`origin copy DEMO-KR-26-000417 ${path} --member korea-chamber --out ${out}`);
      expect({ exit: refused.exit, code: refused.code }, JSON.stringify(refused)).to.deep.equal({ exit: 1, code: 'ALREADY_USED' });
    });

    it('NORMALIZED_MATCH is accepted with a note', async () => {
      for (const invoiceNumber of ['HB－INV－26－1099', 'HB-INV-26-1099 ', 'ｈｂ-inv-26-1099', 'HB-INV\u200b-26-1099']) {
        const { exit, code } = await verify(unused, { lineItem: [{ invoiceNumber }] });
        expect({ exit, code }, invoiceNumber).to.deep.equal({ exit: 0, code: 'NORMALIZED_MATCH' });
      }
    });

    it('a letter O for a zero does not match, and is hinted at', async () => {
      const { json } = await verify(unused, { lineItem: [{ invoiceNumber: 'HB-INV-26-1O99' }] });
      expect({ code: json.code, hint: json.hint, box: json.box }).to.deep.equal({
        code: 'FIELD_MISMATCH',
        hint: 'LOOKALIKE_CHARACTERS',
        box: '12',
      });
    });

    it('what stands and agrees is accepted', async () => {
      const declared = JSON.parse(readFileSync(join(running.home, 'DEMO-KR-26-000901.json'), 'utf8')).credentialSubject;
      expect((await verify(unused, declared)).code).to.equal('ACCEPTABLE');
    });
  });
});
