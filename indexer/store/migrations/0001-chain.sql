-- What the chain said: the archive that every projection is made from. Plain tables and B-trees only, so that a distributed PostgreSQL serves as well.
create schema chain;

-- The ledger's logs, raw.
create table chain.log (
  block bigint not null,
  log_index integer not null,
  topics bytea not null,
  data bytea not null,
  primary key (block, log_index)
);

-- Blocks that carry logs, and recent blocks that do not. sequence and digest are those of the index at the block.
create table chain.block (
  number bigint primary key,
  hash bytea not null,
  "timestamp" bigint not null,
  logs integer not null,
  sequence bigint not null,
  digest bytea not null
);

-- How far the index has come: one row. `missing` counts numbers that the ledger's events skipped; `counted` is the contract's own counter at the block, where it could be read.
create table chain.checkpoint (
  only_row boolean primary key default true check (only_row),
  chain_id bigint not null,
  contract bytea not null,
  start_block bigint not null,
  projection text,
  height bigint,
  hash bytea,
  "timestamp" bigint,
  sequence bigint not null,
  missing bigint not null,
  counted bigint,
  digest bytea not null
);

-- What an operator must look at: the chain took back blocks, or skipped events.
create table chain.alarm (
  id bigint generated always as identity primary key,
  raised_at timestamptz not null default now(),
  code text not null,
  facts jsonb not null
);

-- Logs of blocks that the chain took back.
create table chain.abandoned_log (
  alarm bigint not null,
  block bigint not null,
  log_index integer not null,
  topics bytea not null,
  data bytea not null,
  primary key (alarm, block, log_index)
);
