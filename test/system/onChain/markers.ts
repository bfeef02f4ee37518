import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keccak256 } from 'ethers';
import { type RunningSystem, root } from '../runningSystem.ts';

/** Of a person who is nobody. */
export const MARKERS = [
  'Zeta Hong 홍제타',
  '221B Marker-ro, Busan',
  '+82-10-5550-0199',
  'zeta.hong@example.test',
  '900101-1234567',
] as const;

const [NAME, ADDRESS, PHONE, MAIL, RESIDENT] = MARKERS;
const ALL = MARKERS.join(' / ');
const LOT = 'https://id.gs1.org/01/09521001001021/10/ZT260914A';
const INVOICE = 'ZT-INV-26-1012';
const DEMO = join(root, 'deploy', 'demo');

/** What came back where something was refused. */
export interface Refusal {
  what: string;
  text: string;
}

/** How a text can stand on the chain, as hex: as it is, or hashed without salt. */
export function formsAsHex(text: string): string[] {
  const bytes = Buffer.from(text, 'utf8');
  const hashes = ['sha256', 'sm3'].map((name) => createHash(name).update(bytes).digest('hex'));
  return [bytes.toString('hex'), ...hashes, keccak256(bytes).slice(2)];
}

/** How a text can stand in another: as it is, as JSON or a URL writes it, encoded, or hashed without salt. */
export function formsOfText(text: string): string[] {
  const encoded = [0, 1, 2].map((shift) => {
    // Base64 of a text in the middle of another: without the characters that its neighbours have a part in.
    const whole = Buffer.concat([Buffer.alloc(shift), Buffer.from(text, 'utf8')]).toString('base64');
    return whole.slice(shift === 0 ? 0 : shift + 1, -4);
  });
  const ofUrls = encoded.map((part) => part.replaceAll('+', '-').replaceAll('/', '_'));
  return [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), encodeURI(text), ...encoded, ...ofUrls, ...formsAsHex(text)];
}

/** The markers that stand in a text. */
export function markersIn(text: string): string[] {
  return MARKERS.filter((marker) => formsOfText(marker).some((form) => text.includes(form)));
}

/** Has the demo's members put the markers wherever a member can write something, and do what is refused. Answers all refusals. */
export async function plantMarkers(running: RunningSystem): Promise<Refusal[]> {
  return [...(await plantByCommands(running)), ...(await askNodes(running))];
}

/** What the nodes and the chain wrote meanwhile. */
export function logsOf({ home, system }: RunningSystem): Refusal[] {
  const folder = join(home, 'logs');
  const files = [...readdirSync(folder).map((name) => join(folder, name)), system.chain.process.logFile];
  return files.filter((file) => file.endsWith('.log')).map((file) => ({ what: file, text: readFileSync(file, 'utf8') }));
}

async function plantByCommands(running: RunningSystem): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  const run = async (line: string, ...more: string[]) => {
    const { code, stdout, stderr } = await running.tidemark(...line.split(' '), ...more, '--json');
    return { code, text: stdout + stderr };
  };
  const done = async (line: string, ...more: string[]) => {
    const { code, text } = await run(line, ...more);
    if (code !== 0) throw new Error(`${line}: ${text}`);
    return text;
  };
  const refused = async (line: string, ...more: string[]) => {
    const { code, text } = await run(line, ...more);
    if (code === 0) throw new Error(`${line} was to be refused`);
    refusals.push({ what: line, text });
  };
  const out = join(running.home, 'markers');
  const certificate = formFile(running, 'certificate', 'laver/certificate-of-origin.json', markCertificate);
  await done(`origin issue --member korea-chamber --out ${out}`, certificate);
  const other = formFile(running, 'other', 'laver/certificate-of-origin.json', (form) => {
    markCertificate(form);
    form.credentialSubject.consignee.address = `${ADDRESS}, other door`;
  });
  await refused(`origin issue --member korea-chamber --out ${out}`, other);
  const invalid = formFile(running, 'invalid', 'laver/certificate-of-origin.json', (form) => {
    markCertificate(form);
    Object.assign(form.credentialSubject, { issuedOn: RESIDENT, certificateNumber: [NAME], transport: ALL });
  });
  await refused(`origin issue --member korea-chamber --out ${out}`, invalid);
  const bundle = join(out, 'markers-certificate.bundle.json');
  const consume = `origin consume ${bundle} --invoice ${INVOICE} --member qingdao-customs`;
  await done(consume, '--declaration', ALL);
  await refused(consume, '--declaration', `${ALL} again`);

  const report = formFile(running, 'report', 'laver/lab-report-import.json', (form) => {
    const { sample } = form.credentialSubject;
    Object.assign(form.credentialSubject, { reportNumber: PHONE, client: NAME, lot: 'ZT260914A' });
    sample.condition = ALL;
  });
  await done(`lab report --member beihai --out ${out}`, report);
  await done(`hold ${LOT} --member qingdao-market`, '--occasion', ALL);
  for (const command of ['release', 'write-off']) await refused(`${command} ${LOT} --member qingdao-customs`, '--document', ALL);
  await done(
    `alert raise ${LOT} --grade III --member qingdao-market --owner jiaowan --due 2099-01-01`,
    '--reference',
    NAME,
    '--evidence',
    ALL,
  );
  await refused(
    `alert raise ${LOT} --grade III --member qingdao-market --owner jiaowan --due 2001-01-01`,
    '--reference',
    MAIL,
    '--evidence',
    ALL,
  );
  await refused(`lift ${LOT} --member busan-customs`, '--occasion', ALL);
  await refused('accept', PHONE, ...'--arrangement 1 --profile CN-LAVER --member qingdao-market'.split(' '));
  return refusals;
}

async function askNodes({ system }: RunningSystem): Promise<Refusal[]> {
  const json = (body: unknown) => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const path = encodeURIComponent(ALL);
  const requests: [path: string, options?: RequestInit][] = [
    ['/graphql', json({ query: 'query($n: String!) { certificate(number: $n) { match } }', variables: { n: { [NAME]: ALL } } })],
    ['/graphql', json({ query: `{ certificate(number: 1) { nothing } # ${ALL}` })],
    ['/graphql', json({ query: `{ certificate(number: ${JSON.stringify(ALL)}, other: ${JSON.stringify(MAIL)}) { nothing } }` })],
    ['/graphql', json({ query: `{ certificate(number: [${JSON.stringify(ALL)}]) { match } }` })],
    ['/graphql', json({ query: `{ certificate(number ${JSON.stringify(ALL)}) { match } }` })],
    ['/documents', json({ sdJwt: ALL })],
    ['/batches', json({ leaves: [ALL] })],
    ['/bundles', json({ leaves: [ALL] })],
    ['/filings', json({ name: ALL })],
    ['/capture', json({ name: ALL })],
    ['/epcis/capture', json({ name: ALL })],
    ['/bundles', { method: 'POST', headers: { 'content-type': 'application/json' }, body: `{"leaves": ${ALL}` }],
    [`/bodies/${path}`],
    [`/bundles/${path}`],
    [`/batches/${path}`],
    [`/profiles/${path}`],
    [`/subjects?id=${path}`],
    [`/filings?id=${path}`],
    [`/checkpoint/${path}`],
    [`/nothing/${path}`],
    [`/01/09521001001021/10/${path}`, { headers: { accept: 'application/json', authorization: `Bearer ${path}` } }],
  ];
  const refusals: Refusal[] = [];
  for (const { url } of Object.values(system.nodes))
    for (const [at, options] of requests) {
      const answer = await fetch(url + at, options);
      refusals.push({ what: `${at} ${answer.status}`, text: [...answer.headers].join('\n') + (await answer.text()) });
    }
  return refusals;
}

/** Form data of the demo, as far as the markers go into it. */
interface Form {
  name: string;
  credentialSubject: {
    certificateNumber: string;
    exporter: { address: string };
    consignee: { name: string; address: string };
    sample: { condition: string };
    transport: { meansId: string };
    lineItem: [{ lot: string; invoiceNumber: string; marks: string; description: string }];
  };
}

function markCertificate({ credentialSubject }: Form): void {
  credentialSubject.certificateNumber = RESIDENT;
  credentialSubject.exporter.address = ADDRESS;
  Object.assign(credentialSubject.consignee, { name: NAME, address: ADDRESS });
  credentialSubject.transport.meansId = PHONE;
  Object.assign(credentialSubject.lineItem[0], { lot: 'ZT260914A', invoiceNumber: INVOICE, marks: MAIL, description: ALL });
}

function formFile({ home }: RunningSystem, name: string, source: string, change: (form: Form) => void): string {
  const form = JSON.parse(readFileSync(join(DEMO, source), 'utf8')) as Form;
  form.name = `Document ${ALL}`;
  change(form);
  const path = join(home, `markers-${name}.json`);
  writeFileSync(path, JSON.stringify(form));
  return path;
}
