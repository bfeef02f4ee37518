import type { Hex } from '../../protocol/encoding/hex.ts';
import type { CompanionWord, CourseWord, ReportWord } from '../../protocol/law/words.ts';

/** Block in which a row's event stands. */
interface AtBlock {
  readonly block: number;
}

/** A contract beside the ledger. */
interface CompanionRow extends AtBlock {
  readonly companion: Hex;
  readonly state: CompanionWord;
}

/** A report, or a batch of reports, that was registered. */
interface ReportRow extends AtBlock {
  readonly id: Hex;
  readonly laboratory: number;
  /** Null: several lots, or a batch. */
  readonly lot: Hex | null;
  readonly tests: bigint;
  readonly course: CourseWord;
}

/** What bundles read of the index about the law: the part of its read face that tells what was registered of a document. */
export interface LawRows {
  /** In the order of their addition. */
  companions(): Promise<readonly CompanionRow[]>;
  readonly origin: {
    certificate(id: Hex): Promise<AtBlock | undefined>;
    /** Keys of a certificate's goods lines, in its order. */
    linesOf(id: Hex): Promise<Hex[]>;
  };
  readonly laboratories: {
    /** In the order asked. */
    reports(ids: readonly Hex[]): Promise<(ReportRow | undefined)[]>;
    /** Oldest first. */
    decisions(report: Hex): Promise<readonly { readonly word: ReportWord }[]>;
    /** All texts of a panel, oldest first. */
    panelVersions(panel: number): Promise<readonly (AtBlock & { readonly digest: Hex })[]>;
  };
}
