import type { JsonValue } from '../../json/jsonValue.ts';
import { canonicalNumber } from '../canonicalValue.ts';
import { decimalOf, EXTENSION_AREAS, type ExtensionArea, extensionName, extensionText, PRESENT } from './eventFacts.ts';
import { type Comparison, type Condition, TIME } from './eventQuery.ts';
import { comparison, ids, numbers, oneOf, type ReadParameter, wordOf } from './fixedParameters.ts';
import type { Parameter } from './parameter.ts';

const TYPED = /^EQ_(bizTransaction|source|destination)_(.+)$/;
const MEASURED = /^(EQ|GT|GE|LT|LE)_((?:quantity|value|minValue|maxValue|meanValue|sDev|percValue)_[A-Z0-9]{2,4})$/;
const EXTENSION = new RegExp(`^(EQ|GT|GE|LT|LE|EXISTS)_(INNER_)?(?:(${EXTENSION_AREAS.join('|')})_)?([^:_][^:]*:.+)$`);
/** Attributes of master data about places, steps and so on. */
const MASTER_DATA = /^(?:HASATTR_.+|EQ_?ATTR_.+_.+)$/;

/** How a parameter is read whose name has parts of the caller's choice; undefined where it is none. */
export function flexibleCondition({ name }: Parameter): ReadParameter | undefined {
  const [, list, type] = TYPED.exec(name) ?? [];
  if (list !== undefined && type !== undefined) return (parameter) => ids(`${list}_${wordOf(parameter, type)}`)(parameter);
  const [, how, measure] = MEASURED.exec(name) ?? [];
  if (measure !== undefined) return how === 'EQ' ? numbers(measure) : comparison(measure, how as Comparison);
  const [, operator, inner, area, uri] = EXTENSION.exec(name) ?? [];
  if (operator !== undefined && uri !== undefined) {
    return (parameter) =>
      extension(parameter, operator, extensionName((area ?? '') as ExtensionArea, inner !== undefined, parameter.expand(uri)));
  }
  return MASTER_DATA.test(name) ? noMasterData : undefined;
}

function extension(parameter: Parameter, operator: string, name: string): Condition | undefined {
  if (operator === 'EXISTS') return parameter.isOn() ? oneOf([name + PRESENT], [PRESENT]) : undefined;
  if (operator === 'EQ') return oneOf([name], equals(parameter));
  const bound = parameter.numberOrTime();
  if ('time' in bound) return { kind: 'comparison', name: name + TIME, comparison: operator as Comparison, bound: bound.time };
  return { kind: 'comparison', name, comparison: operator as Comparison, bound: bound.number };
}

/** A text that is written as a number stands for the number too, as addresses know no types. */
function equals(parameter: Parameter): string[] {
  const { value } = parameter;
  const list: JsonValue[] = Array.isArray(value) ? value : [value];
  if (list.length > 0 && list.every((item) => typeof item === 'number')) return list.map(canonicalNumber);
  if (typeof value === 'boolean') return [String(value)];
  return parameter.texts().flatMap((text) => {
    const number = decimalOf(text);
    return number === undefined ? [extensionText(text)] : [...new Set([text, canonicalNumber(number)])];
  });
}

/** The standard looks these up in master data, which this repository does not keep: so no event has them. */
function noMasterData(parameter: Parameter): Condition {
  parameter.texts();
  return { kind: 'never' };
}
