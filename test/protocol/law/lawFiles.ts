import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseStrict } from '../../../protocol/json/parseStrict.ts';
import { type LimitProfile, readLimitProfile } from '../../../protocol/law/limitProfile.ts';
import { readTestPanel, type TestPanel } from '../../../protocol/law/testPanel.ts';

const LAW = join(import.meta.dirname, '..', '..', '..', 'law');

/** Names of the files of one folder of `law/`, without their ending. */
export function lawNames(folder: 'profiles' | 'panels'): string[] {
  return readdirSync(join(LAW, folder)).map((file) => file.replace(/\.json$/, ''));
}

/** The exact text of one file of `law/`. */
export function lawText(name: string): string {
  return readFileSync(join(LAW, `${name}.json`), 'utf8');
}

/** The value of one file of `law/`. */
export function lawValue(name: string): unknown {
  return parseStrict(lawText(name));
}

/** A limit profile of `law/profiles`. */
export function profileOf(name: string): LimitProfile {
  return readLimitProfile(lawValue(`profiles/${name}`));
}

/** A test panel of `law/panels`. */
export function panelOf(name: string): TestPanel {
  return readTestPanel(lawValue(`panels/${name}`));
}
