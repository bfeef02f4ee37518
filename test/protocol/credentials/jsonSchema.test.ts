import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import fc from 'fast-check';
import certificateSchema from '../../../protocol/credentials/profiles/certificateOfOrigin.schema.json' with { type: 'json' };
import { certificateOfOrigin } from '../../../protocol/credentials/profiles/certificateOfOrigin.ts';
import reportSchema from '../../../protocol/credentials/profiles/laboratoryReport.schema.json' with { type: 'json' };
import { laboratoryReport } from '../../../protocol/credentials/profiles/laboratoryReport.ts';
import { type JsonSchema, validateSchema } from '../../../protocol/credentials/schema/jsonSchema.ts';
import type { JsonObject, JsonValue } from '../../../protocol/json/jsonValue.ts';
import { demoClaims, withField } from '../../fixtures/demoClaims.ts';
import { issuerIn } from '../../fixtures/ledgerFixture.ts';

const KNOWN = new Set(
  '$schema $id title $defs $ref type const enum pattern minLength maxLength minimum maximum required properties additionalProperties prefixItems items minItems maxItems anyOf'.split(
    ' ',
  ),
);
const SUITES = [
  { profile: certificateOfOrigin, schema: certificateSchema, draft: 'laver/certificate-of-origin' },
  { profile: laboratoryReport, schema: reportSchema, draft: 'laver/lab-report-export' },
] as const;

function pathsOf(value: JsonValue, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, child]) => pathsOf(child as JsonValue, `${path}/${name}`))];
}

/** Every keyword of a schema; names of members and definitions are none. */
function keywordsOf(schema: object): string[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const below =
      keyword === 'properties' || keyword === '$defs'
        ? Object.values(value)
        : keyword === 'const' || keyword === 'enum'
          ? []
          : [value].flat();
    return [keyword, ...below.filter((each) => typeof each === 'object' && each !== null).flatMap((each) => keywordsOf(each as object))];
  });
}

describe('validateSchema', () => {
  for (const { profile, schema, draft } of SUITES) {
    const claims = profile.complete({
      ...demoClaims(draft),
      type: [...profile.type],
      id: 'urn:uuid:00000000-0000-4000-8000-000000000000',
      issuer: { ...issuerIn(1) },
    });
    const oracle = new Ajv2020({ strict: false }).compile(schema);

    it(`reads every keyword of ${profile.name}`, () => {
      expect(keywordsOf(schema).filter((keyword) => !KNOWN.has(keyword))).to.deep.equal([]);
    });

    it(`judges ${profile.name} as ajv does`, () => {
      const paths = pathsOf(claims).filter((path) => path !== '');
      const values = fc.oneof(
        fc.jsonValue(),
        fc.constantFrom<unknown>(undefined, '', ' ', 'KR', '2026-01-01', '1', '-1', 1, 0, 5000, [], {}, ['x'], '09521001001021'),
      ) as fc.Arbitrary<JsonValue>;
      const change = fc.tuple(fc.constantFrom(...paths), fc.constantFrom('', '/added'), values);
      fc.assert(
        fc.property(fc.array(change, { minLength: 0, maxLength: 3 }), (changes) => {
          let changed: JsonObject = claims;
          for (const [path, suffix, value] of changes) {
            try {
              changed = withField(changed, path + suffix, value);
            } catch {
              // The holder is gone by an earlier change, or can hold nothing.
            }
          }
          const document = JSON.parse(JSON.stringify(changed)) as JsonObject;
          expect(validateSchema(schema as unknown as JsonSchema, document).length === 0, JSON.stringify(changes)).to.equal(
            oracle(document),
          );
        }),
        { numRuns: 1000 },
      );
    });
  }
});
