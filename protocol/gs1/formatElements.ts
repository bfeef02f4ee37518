import { applicationIdentifier } from './dictionary.ts';
import type { ElementString } from './elementString.ts';

/**
 * Element strings as a barcode carries them, one after another (GS1 General Specifications section 7.8): those of predefined length first, and a separator behind
 * every other one but the last. Unchecked.
 *
 * @param separator what stands for FNC1
 */
export function formatElements(elements: readonly ElementString[], separator: string): string {
  const predefined = ({ ai }: ElementString) => applicationIdentifier(ai)?.predefined === true;
  const ordered = [...elements.filter(predefined), ...elements.filter((element) => !predefined(element))];
  return ordered.map((element, index) => element.ai + element.value + separatorAfter(element, index)).join('');

  function separatorAfter(element: ElementString, index: number): string {
    return predefined(element) || index === ordered.length - 1 ? '' : separator;
  }
}
