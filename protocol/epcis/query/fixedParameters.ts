import { bareWebWord, bareWord } from '../bareWord.ts';
import { PRESENT, WITHIN } from './eventFacts.ts';
import { type Comparison, type Condition, TIME } from './eventQuery.ts';
import type { Parameter } from './parameter.ts';
import { PATTERN, patternTerms } from './pattern.ts';
import { oneSpelling } from './places.ts';

/** Reads a parameter; undefined where it asks nothing. */
export type ReadParameter = (parameter: Parameter) => Condition | undefined;

const EVENT_TYPES = ['ObjectEvent', 'AggregationEvent', 'TransactionEvent', 'TransformationEvent', 'AssociationEvent'];
const ACTIONS = ['ADD', 'OBSERVE', 'DELETE'];
const BARE = /^[A-Za-z]\w*$/;

/** A condition that one of some texts is told under one of some names. */
export function oneOf(names: readonly string[], terms: readonly string[]): Condition {
  return { kind: 'terms', exact: names.flatMap((name) => terms.map((term) => ({ name, term }))), ranges: [] };
}

/** Words of the vocabulary, bare, as URN or URL, or URIs of one's own. */
export function words(name: string, standard?: readonly string[]): ReadParameter {
  return (parameter) =>
    oneOf(
      [name],
      parameter.texts().map((text) => wordOf(parameter, text, standard)),
    );
}

/** The word that a value of a parameter, or a part of its name, means. */
export function wordOf(parameter: Parameter, text: string, standard?: readonly string[]): string {
  const word = bareWord(text);
  if (BARE.test(word) ? standard === undefined || standard.includes(word) : standard !== ACTIONS && word.includes(':')) {
    return BARE.test(word) ? word : bareWord(parameter.expand(word));
  }
  throw parameter.error('QUERY_VALUE_INVALID', standard === undefined ? 'expected a word of the vocabulary or a URI' : 'no such value');
}

/** URIs, compared in their one spelling. */
export function ids(...names: string[]): ReadParameter {
  return (parameter) => oneOf(names, parameter.texts().map(oneSpelling));
}

/** A comparison of a number that is told under a name. */
export function comparison(name: string, how: Comparison): ReadParameter {
  return (parameter) => ({ kind: 'comparison', name, comparison: how, bound: parameter.number() });
}

/** Numbers that are told under a name. */
export function numbers(name: string): ReadParameter {
  return (parameter) => ({ kind: 'numbers', name, numbers: parameter.numbers() });
}

/** Identifiers of goods and patterns of them (EPCIS 2.0 section 8.2.7.1.1). */
function goods(classes: boolean, ...names: string[]): ReadParameter {
  return (parameter) => {
    const texts = parameter.texts();
    const patterns = texts.flatMap((text) => patternTerms(text, classes) ?? []);
    const keys = patterns.flatMap((pattern) => ('key' in pattern ? [pattern.key] : []));
    const ranges = patterns.flatMap((pattern) => ('key' in pattern ? [] : [pattern]));
    const exact = [...names.flatMap((name) => texts.map((text) => ({ name, term: oneSpelling(text) })))];
    for (const name of names) for (const term of keys) exact.push({ name: name + PATTERN, term });
    return { kind: 'terms', exact, ranges: names.flatMap((name) => ranges.map((range) => ({ name: name + PATTERN, ...range }))) };
  };
}

function time(name: string, how: Comparison): ReadParameter {
  return (parameter) => ({ kind: 'comparison', name: name + TIME, comparison: how, bound: parameter.time() });
}

function present(name: string): ReadParameter {
  return (parameter) => (parameter.isOn() ? oneOf([name], [PRESENT]) : undefined);
}

function texts(name: string, spell: (text: string) => string = (text) => text): ReadParameter {
  return (parameter) => oneOf([name], parameter.texts().map(spell));
}

const COMPARISONS = ['GT', 'GE', 'LT', 'LE'] as const;

/**
 * The parameters with fixed names. Where the standard's own schema files spell a name in two ways, both are taken: `GE_errorDeclarationTime` of the REST binding
 * and `GE_errorDeclaration_Time` of the query schema.
 */
export const FIXED_PARAMETERS: ReadonlyMap<string, ReadParameter> = new Map([
  ['eventType', words('eventType', EVENT_TYPES)],
  ['EQ_action', words('action', ACTIONS)],
  ['EQ_bizStep', words('bizStep')],
  ['EQ_disposition', words('disposition')],
  ['EQ_persistentDisposition_set', words('persistentDisposition_set')],
  ['EQ_persistentDisposition_unset', words('persistentDisposition_unset')],
  ['EQ_readPoint', ids('readPoint')],
  ['WD_readPoint', ids(`readPoint${WITHIN}`)],
  ['EQ_bizLocation', ids('bizLocation')],
  ['WD_bizLocation', ids(`bizLocation${WITHIN}`)],
  ['EQ_transformationID', ids('transformationID')],
  ['MATCH_epc', goods(false, 'epc')],
  ['MATCH_parentID', goods(false, 'parentID')],
  ['MATCH_inputEPC', goods(false, 'inputEPC')],
  ['MATCH_outputEPC', goods(false, 'outputEPC')],
  ['MATCH_anyEPC', goods(false, 'epc', 'parentID', 'inputEPC', 'outputEPC')],
  ['MATCH_epcClass', goods(true, 'epcClass')],
  ['MATCH_inputEPCClass', goods(true, 'inputEPCClass')],
  ['MATCH_outputEPCClass', goods(true, 'outputEPCClass')],
  ['MATCH_anyEPCClass', goods(true, 'epcClass', 'inputEPCClass', 'outputEPCClass')],
  ['EQ_quantity', numbers('quantity')],
  ...COMPARISONS.map((how): [string, ReadParameter] => [`${how}_quantity`, comparison('quantity', how)]),
  ['EQ_eventID', ids('eventID')],
  ['EXISTS_errorDeclaration', present('errorDeclaration')],
  ...['errorDeclarationTime', 'errorDeclaration_Time'].flatMap((name): [string, ReadParameter][] => [
    [`GE_${name}`, time('errorDeclarationTime', 'GE')],
    [`LT_${name}`, time('errorDeclarationTime', 'LT')],
  ]),
  ['EQ_errorReason', words('errorReason')],
  ['EQ_correctiveEventID', ids('correctiveEventID')],
  ['EXISTS_sensorElementList', present('sensorElementList')],
  ...['time', 'startTime', 'endTime'].flatMap((name): [string, ReadParameter][] => [
    [`GE_${name}`, time(name, 'GE')],
    [`LT_${name}`, time(name, 'LT')],
  ]),
  [
    'EQ_type',
    (parameter) =>
      oneOf(
        ['type'],
        parameter.texts().map((text) => bareWebWord(BARE.test(text) ? text : parameter.expand(text))),
      ),
  ],
  ...['deviceID', 'dataProcessingMethod', 'microorganism', 'chemicalSubstance', 'bizRules', 'uriValue'].map(
    (name): [string, ReadParameter] => [`EQ_${name}`, ids(name)],
  ),
  ['EQ_stringValue', texts('stringValue')],
  ['EQ_hexBinaryValue', texts('hexBinaryValue', (text) => text.toUpperCase())],
  ['EQ_booleanValue', (parameter) => oneOf(['booleanValue'], [String(parameter.boolean())])],
  ...COMPARISONS.map((how): [string, ReadParameter] => [`${how}_percRank`, comparison('percRank', how)]),
]);
