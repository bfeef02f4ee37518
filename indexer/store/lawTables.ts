import type { LawRows } from '../project/lawRows.ts';
import type { CopyTable } from './copyBinary.ts';
import { PLACE, writePlace } from './place.ts';

/** The tables of `projection.sql` for the contracts beside the ledger. */
export const LAW_TABLES: { readonly [Name in keyof LawRows]: CopyTable<LawRows[Name][number]> } = {
  companion: {
    name: 'companion',
    columns: [...PLACE, 'companion', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.companion);
      to.word(row.word);
    },
  },
  regime: {
    name: 'regime',
    columns: [...PLACE, 'regime', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.smallint(row.regime);
      to.word(row.word);
    },
  },
  body: {
    name: 'body',
    columns: [...PLACE, 'member', 'regime', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.bigint(row.member);
      to.smallint(row.regime);
      to.word(row.word);
    },
  },
  certificate: {
    name: 'certificate',
    columns: [...PLACE, 'id', 'number', 'predecessor', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.id);
      to.bytea(row.number);
      to.bytea(row.predecessor);
      to.word(row.word);
    },
  },
  certificate_line: {
    name: 'certificate_line',
    columns: [...PLACE, 'line', 'certificate'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.line);
      to.bytea(row.certificate);
    },
  },
  consumption: {
    name: 'consumption',
    columns: [...PLACE, 'certificate', 'declaration', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.certificate);
      to.bytea(row.declaration);
      to.word(row.word);
    },
  },
  inquiry: {
    name: 'inquiry',
    columns: [...PLACE, 'certificate', 'number', 'evidence', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.certificate);
      to.integer(row.number);
      to.bytea(row.evidence);
      to.word(row.word);
    },
  },
  panel: {
    name: 'panel',
    columns: [...PLACE, 'panel', 'digest'],
    write(row, to) {
      writePlace(row, to);
      to.integer(row.panel);
      to.bytea(row.digest);
    },
  },
  limit_profile: {
    name: 'limit_profile',
    columns: [...PLACE, 'shore', 'profile', 'version', 'effective_from', 'digest'],
    write(row, to) {
      writePlace(row, to);
      to.smallint(row.shore);
      to.integer(row.profile);
      to.integer(row.version);
      to.bigint(row.effectiveFrom);
      to.bytea(row.digest);
    },
  },
  accreditation: {
    name: 'accreditation',
    columns: [...PLACE, 'laboratory', 'panel', 'period', 'tests', 'certificate', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.bigint(row.laboratory);
      to.integer(row.panel);
      to.integer(row.period);
      to.word(row.tests);
      to.bytea(row.certificate);
      to.word(row.word);
    },
  },
  designation: {
    name: 'designation',
    columns: [...PLACE, 'laboratory', 'panel', 'shore', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.bigint(row.laboratory);
      to.integer(row.panel);
      to.smallint(row.shore);
      to.word(row.word);
    },
  },
  report: {
    name: 'report',
    columns: [...PLACE, 'id', 'laboratory', 'lot', 'tests', 'course'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.id);
      to.bigint(row.laboratory);
      to.bytea(row.lot);
      to.word(row.tests);
      to.word(row.course);
    },
  },
  arrangement: {
    name: 'arrangement',
    columns: [...PLACE, 'arrangement', 'tests', 'text', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.integer(row.arrangement);
      to.word(row.tests);
      to.bytea(row.text);
      to.word(row.word);
    },
  },
  report_decision: {
    name: 'report_decision',
    columns: [...PLACE, 'report', 'judgement', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.report);
      to.bytea(row.judgement);
      to.word(row.word);
    },
  },
  alert: {
    name: 'alert',
    columns: [...PLACE, 'alert', 'shore', 'stage', 'evidence', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.alert);
      to.smallint(row.shore);
      to.smallint(row.stage);
      to.bytea(row.evidence);
      to.word(row.word);
    },
  },
  alert_lot: {
    name: 'alert_lot',
    columns: [...PLACE, 'alert', 'lot'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.alert);
      to.bytea(row.lot);
    },
  },
  recall: {
    name: 'recall',
    columns: [...PLACE, 'recall', 'alert', 'evidence', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.recall);
      to.bytea(row.alert);
      to.bytea(row.evidence);
      to.word(row.word);
    },
  },
  lot_change: {
    name: 'lot_change',
    columns: [...PLACE, 'lot', 'cause', '"by"', 'reason', 'position', 'head', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.lot);
      to.bytea(row.cause);
      to.bigint(row.by);
      to.smallint(row.reason);
      to.integer(row.position);
      to.bytea(row.head);
      to.word(row.word);
    },
  },
  movement: {
    name: 'movement',
    columns: [...PLACE, 'lot', 'document', 'movement', '"by"'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.lot);
      to.bytea(row.document);
      to.smallint(row.movement);
      to.bigint(row.by);
    },
  },
  filing: {
    name: 'filing',
    columns: [...PLACE, 'subject', 'version', 'digest', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.subject);
      to.bigint(row.version);
      to.bytea(row.digest);
      to.word(row.word);
    },
  },
};
