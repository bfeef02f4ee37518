-- The projection's tables, made in the schema of the search path. They are never migrated: another version is made beside this one from the archive, and takes its place.

create table record (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  id bytea not null,
  issuer bigint not null,
  kind smallint not null,
  leaf_or_root bytea not null,
  sha256 bytea,
  sm3 bytea,
  subject bytea,
  issuer_head bytea not null,
  word bytea not null,
  primary key (block, log_index)
);
create unique index record_by_id on record (id);
create index record_by_issuer on record (issuer, block, log_index);

create table status_change (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  id bytea not null,
  word bytea not null,
  primary key (block, log_index)
);
create index status_change_by_id on status_change (id, block, log_index);

create table succession (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  id bytea not null,
  successor bytea not null,
  primary key (block, log_index)
);
create index succession_by_id on succession (id);

create table subject_entry (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  subject bytea not null,
  position integer not null,
  id bytea not null,
  leaf bytea not null,
  record bytea not null,
  issuer bigint not null,
  head bytea not null,
  primary key (block, log_index)
);
create unique index subject_entry_by_position on subject_entry (subject, position);

create table member (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  member bigint not null,
  shore smallint not null,
  enrolled boolean not null,
  word bytea not null,
  profile bytea not null,
  primary key (block, log_index)
);
create index member_by_number on member (member, block, log_index);

create table account (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  account bytea not null,
  member bigint not null,
  word bytea not null,
  primary key (block, log_index)
);
create index account_by_address on account (account, block, log_index);

create table credential_key (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  thumbprint bytea not null,
  member bigint not null,
  word bytea not null,
  primary key (block, log_index)
);
create index credential_key_by_thumbprint on credential_key (thumbprint, block, log_index);
create index credential_key_by_member on credential_key (member, block, log_index);

-- The contracts beside the ledger.

create table companion (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  companion bytea not null,
  word bytea not null,
  primary key (block, log_index)
);
create index companion_by_address on companion (companion, block, log_index);

create table regime (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  regime smallint not null,
  word bytea not null,
  primary key (block, log_index)
);
create index regime_by_code on regime (regime, block, log_index);

create table body (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  member bigint not null,
  regime smallint not null,
  word bytea not null,
  primary key (block, log_index)
);
create index body_by_member on body (member, regime, block, log_index);

create table certificate (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  id bytea not null,
  number bytea not null,
  predecessor bytea,
  word bytea not null,
  primary key (block, log_index)
);
create unique index certificate_by_id on certificate (id);
create index certificate_by_number on certificate (number, block, log_index);
create index certificate_by_predecessor on certificate (predecessor, block, log_index) where predecessor is not null;

create table certificate_line (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  line bytea not null,
  certificate bytea not null,
  primary key (block, log_index)
);
create index certificate_line_by_line on certificate_line (line, block, log_index);
create index certificate_line_by_certificate on certificate_line (certificate, block, log_index);

create table consumption (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  certificate bytea not null,
  declaration bytea not null,
  word bytea not null,
  primary key (block, log_index)
);
create unique index consumption_by_certificate on consumption (certificate);
create index consumption_by_declaration on consumption (declaration);

create table inquiry (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  certificate bytea not null,
  number integer not null,
  evidence bytea not null,
  word bytea not null,
  primary key (block, log_index)
);
create index inquiry_by_certificate on inquiry (certificate, block, log_index);

create table panel (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  panel integer not null,
  digest bytea not null,
  primary key (block, log_index)
);
create index panel_by_code on panel (panel, block, log_index);

create table limit_profile (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  shore smallint not null,
  profile integer not null,
  version integer not null,
  effective_from bigint not null,
  digest bytea not null,
  primary key (block, log_index)
);
create unique index limit_profile_by_version on limit_profile (shore, profile, version);

create table accreditation (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  laboratory bigint not null,
  panel integer not null,
  period integer not null,
  tests bytea not null,
  certificate bytea,
  word bytea not null,
  primary key (block, log_index)
);
create index accreditation_by_laboratory on accreditation (laboratory, panel, period, block, log_index);

create table designation (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  laboratory bigint not null,
  panel integer not null,
  shore smallint not null,
  word bytea not null,
  primary key (block, log_index)
);
create index designation_by_laboratory on designation (laboratory, panel, shore, block, log_index);

create table report (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  id bytea not null,
  laboratory bigint not null,
  lot bytea,
  tests bytea not null,
  course bytea not null,
  primary key (block, log_index)
);
create unique index report_by_id on report (id);
create index report_by_lot on report (lot, block, log_index) where lot is not null;

create table arrangement (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  arrangement integer not null,
  tests bytea not null,
  text bytea,
  word bytea not null,
  primary key (block, log_index)
);
create index arrangement_by_number on arrangement (arrangement, block, log_index);

create table report_decision (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  report bytea not null,
  judgement bytea not null,
  word bytea not null,
  primary key (block, log_index)
);
create index report_decision_by_report on report_decision (report, block, log_index);

create table alert (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  alert bytea not null,
  shore smallint not null,
  stage smallint not null,
  evidence bytea not null,
  word bytea not null,
  primary key (block, log_index)
);
create index alert_by_id on alert (alert, block, log_index);

create table alert_lot (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  alert bytea not null,
  lot bytea not null,
  primary key (block, log_index)
);
create index alert_lot_by_alert on alert_lot (alert, block, log_index);
create index alert_lot_by_lot on alert_lot (lot, block, log_index);

create table recall (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  recall bytea not null,
  alert bytea not null,
  evidence bytea not null,
  word bytea not null,
  primary key (block, log_index)
);
create index recall_by_id on recall (recall, block, log_index);
create index recall_by_alert on recall (alert, block, log_index);

create table lot_change (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  lot bytea not null,
  cause bytea,
  "by" bigint not null,
  reason smallint not null,
  position integer not null,
  head bytea not null,
  word bytea not null,
  primary key (block, log_index)
);
create unique index lot_change_by_position on lot_change (lot, position);

create table movement (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  lot bytea not null,
  document bytea not null,
  movement smallint not null,
  "by" bigint not null,
  primary key (block, log_index)
);
create index movement_by_lot on movement (lot, block, log_index);
create index movement_by_document on movement (document, block, log_index);

create table filing (
  block bigint not null,
  log_index integer not null,
  sequence bigint not null,
  subject bytea not null,
  version bigint not null,
  digest bytea not null,
  word bytea not null,
  primary key (block, log_index)
);
create unique index filing_by_version on filing (subject, version);
