-- The projection's indexes that documents are looked up by. Only readers need them, and every row falls anywhere in them: they are made when the rows are there, in a fraction of the time.

create index if not exists record_by_leaf_or_root on record (leaf_or_root);
create index if not exists record_by_sha256 on record (sha256) where sha256 is not null;
create index if not exists record_by_sm3 on record (sm3) where sm3 is not null;
create index if not exists subject_entry_by_leaf on subject_entry (leaf);
