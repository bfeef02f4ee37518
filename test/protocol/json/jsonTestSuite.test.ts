import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseStrict } from '../../../protocol/json/parseStrict.ts';
import { corpus, parses } from '../../conformance/json-test-suite.ts';
import { CORPORA } from '../../conformance/registry/runSuites.ts';
import { codeOf } from '../codeOf.ts';

const FOLDER = join(CORPORA, corpus);

/**
 * What the grammar takes of the files that leave parsers free (`i_`): numbers beyond doubles and escaped half surrogates, which the strict rules refuse. It
 * refuses the others, which are not UTF-8 or begin with a byte order mark.
 */
const FREE_BUT_TAKEN = [
  'i_number_double_huge_neg_exp.json',
  'i_number_huge_exp.json',
  'i_number_neg_int_huge_exp.json',
  'i_number_pos_double_huge_exp.json',
  'i_number_real_neg_overflow.json',
  'i_number_real_pos_overflow.json',
  'i_number_real_underflow.json',
  'i_number_too_big_neg_int.json',
  'i_number_too_big_pos_int.json',
  'i_number_very_big_negative_int.json',
  'i_object_key_lone_2nd_surrogate.json',
  'i_string_1st_surrogate_but_2nd_missing.json',
  'i_string_1st_valid_surrogate_2nd_invalid.json',
  'i_string_incomplete_surrogate_and_escape_valid.json',
  'i_string_incomplete_surrogate_pair.json',
  'i_string_incomplete_surrogates_escape_valid.json',
  'i_string_invalid_lonely_surrogate.json',
  'i_string_invalid_surrogate.json',
  'i_string_inverted_surrogates_U+1D11E.json',
  'i_string_lone_second_surrogate.json',
  'i_structure_500_nested_arrays.json',
];

/** What the strict rules refuse of the files that are JSON (`y_`). */
const JSON_BUT_REFUSED: Record<string, string> = {
  'y_object_duplicated_key.json': 'DUPLICATE_NAME',
  'y_object_duplicated_key_and_value.json': 'DUPLICATE_NAME',
  'y_object_escaped_null_in_key.json': 'CONTROL_CHARACTER',
  'y_string_allowed_escapes.json': 'CONTROL_CHARACTER',
  'y_string_escaped_control_character.json': 'CONTROL_CHARACTER',
  'y_string_escaped_noncharacter.json': 'NONCHARACTER',
  'y_string_last_surrogates_1_and_2.json': 'NONCHARACTER',
  'y_string_nonCharacterInUTF-8_U+10FFFF.json': 'NONCHARACTER',
  'y_string_nonCharacterInUTF-8_U+FFFF.json': 'NONCHARACTER',
  'y_string_null_escape.json': 'CONTROL_CHARACTER',
  'y_string_space.json': 'NO_STRUCTURE',
  'y_string_unescaped_char_delete.json': 'CONTROL_CHARACTER',
  'y_string_unicode_U+10FFFE_nonchar.json': 'NONCHARACTER',
  'y_string_unicode_U+1FFFE_nonchar.json': 'NONCHARACTER',
  'y_string_unicode_U+200B_ZERO_WIDTH_SPACE.json': 'INVISIBLE_CHARACTER',
  'y_string_unicode_U+2064_invisible_plus.json': 'INVISIBLE_CHARACTER',
  'y_string_unicode_U+FDD0_nonchar.json': 'NONCHARACTER',
  'y_string_unicode_U+FFFE_nonchar.json': 'NONCHARACTER',
  'y_string_with_del_character.json': 'CONTROL_CHARACTER',
  'y_structure_lonely_false.json': 'NO_STRUCTURE',
  'y_structure_lonely_int.json': 'NO_STRUCTURE',
  'y_structure_lonely_negative_real.json': 'NO_STRUCTURE',
  'y_structure_lonely_null.json': 'NO_STRUCTURE',
  'y_structure_lonely_string.json': 'NO_STRUCTURE',
  'y_structure_lonely_true.json': 'NO_STRUCTURE',
  'y_structure_string_empty.json': 'NO_STRUCTURE',
};

describe('JSONTestSuite', () => {
  before(function () {
    if (existsSync(FOLDER)) return;
    console.log(`      skipped: no corpora at ${FOLDER}`);
    this.skip();
  });

  it('takes the free cases that are listed and no others', () => {
    const taken = readdirSync(FOLDER).filter((file) => file.startsWith('i_') && parses(readFileSync(join(FOLDER, file))));
    expect(taken).to.deep.equal(FREE_BUT_TAKEN);
  });

  it('refuses every free case by strict rules', () => {
    const free = readdirSync(FOLDER).filter((file) => file.startsWith('i_'));
    expect(free.filter((file) => strictCode(readFileSync(join(FOLDER, file))) === undefined)).to.deep.equal([]);
  });

  it('refuses by strict rules the cases that are listed and no others', () => {
    const refused = readdirSync(FOLDER)
      .filter((file) => file.startsWith('y_'))
      .map((file) => [file, strictCode(readFileSync(join(FOLDER, file)))])
      .filter(([, code]) => code !== undefined);
    expect(Object.fromEntries(refused)).to.deep.equal(JSON_BUT_REFUSED);
  });
});

function strictCode(bytes: Uint8Array): string | undefined {
  try {
    parseStrict(bytes);
    return undefined;
  } catch {
    return codeOf(() => parseStrict(bytes));
  }
}
