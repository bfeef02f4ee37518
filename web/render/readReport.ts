import { listAt, numberAt, oneOf, textAt, valueAt } from './reading.ts';
import type { ReportFacts, ResultFacts, Standing } from './view.ts';

/** The facts of a laboratory report (docs/spec/credentials.md). Who ordered it is not shown. */
export function readReport(claims: unknown, standing: Standing): ReportFacts {
  const at = (...path: string[]) => textAt(claims, 'credentialSubject', ...path) ?? '';
  return {
    ...standing,
    number: at('reportNumber'),
    accreditationBody: at('laboratory', 'accreditationBody'),
    accreditationNumber: at('laboratory', 'accreditationNumber'),
    sampledBy: at('sample', 'sampledBy'),
    sampleSize: numberAt(claims, 'credentialSubject', 'sample', 'size') ?? 0,
    sampledOn: at('sample', 'sampledOn'),
    analysedFrom: at('analysedFrom'),
    analysedTo: at('analysedTo'),
    issuedOn: at('issuedOn'),
    profile: { id: at('profile', 'id'), jurisdiction: at('profile', 'jurisdiction'), version: at('profile', 'version') },
    results: listAt(claims, 'credentialSubject', 'result').map(readResult),
    overall: oneOf(['NOT_JUDGED', 'CONFORM', 'NONCONFORM', 'INCONCLUSIVE'], at('overall')),
  };
}

/** The product and lot that the report names. */
export function reportedGoods(claims: unknown): { gtin?: string; lot?: string }[] {
  const gtin = textAt(claims, 'credentialSubject', 'product', 'gtin');
  const lot = textAt(claims, 'credentialSubject', 'lot');
  return [{ ...(gtin !== undefined && { gtin }), ...(lot !== undefined && { lot }) }];
}

function readResult(line: unknown): ResultFacts {
  const code = textAt(line, 'analyte', 'code');
  const [loq, lod] = [textAt(line, 'loq'), textAt(line, 'lod')];
  const [limit, plan] = [readLimit(line), readPlan(line)];
  return {
    analyte: textAt(line, 'analyte', 'name') ?? '',
    ...(code !== undefined && { analyteCode: code }),
    method: textAt(line, 'method', 'code') ?? '',
    accredited: valueAt(line, 'method', 'accredited') === true,
    kind: oneOf(['QUALITATIVE', 'NUMERIC', 'BELOW_LOQ', 'NOT_DETECTED', 'DETECTED'], valueAt(line, 'kind')),
    values: readValues(line),
    unit: textAt(line, 'unit') ?? '',
    ...(loq !== undefined && { loq }),
    ...(lod !== undefined && { lod }),
    ...(limit !== undefined && { limit }),
    ...(plan !== undefined && { plan }),
    verdict: oneOf(['INCONCLUSIVE', 'PASS', 'FAIL', 'NO_LIMIT'], valueAt(line, 'verdict')),
  };
}

function readValues(line: unknown): string[] {
  const several = listAt(line, 'values').filter((value) => typeof value === 'string');
  const single = textAt(line, 'value');
  return several.length > 0 || single === undefined ? several : [single];
}

function readLimit(line: unknown): ResultFacts['limit'] {
  const value = textAt(line, 'limit', 'value');
  if (value === undefined) return undefined;
  const at = (name: string) => textAt(line, 'limit', name) ?? '';
  return { operator: at('operator'), value, regulation: at('regulation'), jurisdiction: at('jurisdiction') };
}

function readPlan(line: unknown): ResultFacts['plan'] {
  const [n, c, m, M] = [numberAt(line, 'plan', 'n'), numberAt(line, 'plan', 'c'), textAt(line, 'plan', 'm'), textAt(line, 'plan', 'M')];
  return n === undefined || c === undefined || m === undefined ? undefined : { n, c, m, M: M ?? m };
}
