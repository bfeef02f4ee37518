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
create index record_by_leaf_or_root on record (leaf_or_root);
create index record_by_sha256 on record (sha256) where sha256 is not null;
create index record_by_sm3 on record (sm3) where sm3 is not null;
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
create index subject_entry_by_leaf on subject_entry (leaf);

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
