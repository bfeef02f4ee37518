import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LimitProfile, readLimitProfile } from '../../protocol/law/limitProfile.ts';
import { readTestPanel, type TestPanel } from '../../protocol/law/testPanel.ts';
import { SdkError } from '../errors.ts';

/** Panels of tests that both shores published, in the order of their files. */
export function readPanels(home: string): TestPanel[] {
  return lawTexts(home, 'panels').map((text) => readTestPanel(JSON.parse(text)));
}

/** The limits of a profile, with their exact text. @param name such as CN-LAVER @throws SdkError `CHOICE_UNKNOWN` */
export function readProfile(home: string, name: string): { profile: LimitProfile; text: string } {
  const all = lawTexts(home, 'profiles').map((text) => ({ profile: readLimitProfile(JSON.parse(text)), text }));
  const found = all.find(({ profile }) => profile.name === name.toUpperCase());
  if (found !== undefined) return found;
  throw new SdkError('CHOICE_UNKNOWN', `there is no limit profile ${name}`, {
    advice: `use one of: ${all.map(({ profile }) => profile.name).join(', ')}`,
  });
}

/** Exact texts of the law of one kind, as the start command or an official put them into the home folder; their digests are on the ledger. */
export function lawTexts(home: string, kind: 'panels' | 'profiles'): string[] {
  const folder = join(home, 'law', kind);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}
