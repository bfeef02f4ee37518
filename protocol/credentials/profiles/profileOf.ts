import type { JsonValue } from '../../json/jsonValue.ts';
import { certificateOfOrigin } from './certificateOfOrigin.ts';
import { laboratoryReport } from './laboratoryReport.ts';
import type { Profile } from './profile.ts';

/** Every profile that this program knows. */
const PROFILES: readonly Profile[] = [certificateOfOrigin, laboratoryReport];

/** The profile of a credential by its `type`, or undefined where none is known. The whole list counts, in its order. */
export function profileOf(type: JsonValue | undefined): Profile | undefined {
  return PROFILES.find((profile) => JSON.stringify(profile.type) === JSON.stringify(type));
}

/** The profile of a draft: its `type` may be the first name alone, as people write it. */
export function profileOfDraft(type: JsonValue | undefined): Profile | undefined {
  return profileOf(type) ?? PROFILES.find((profile) => profile.type[0] === type);
}
