-- Logs of the contracts beside the ledger too, so each log says whose it is. Those stored before are the ledger's own.
alter table chain.log add column address bytea;
update chain.log set address = (select contract from chain.checkpoint);
alter table chain.log alter column address set not null;

alter table chain.abandoned_log add column address bytea;
update chain.abandoned_log set address = (select contract from chain.checkpoint);
alter table chain.abandoned_log alter column address set not null;

-- The contracts beside the ledger, each with the event that added it: whose logs are asked for.
create table chain.companion (
  address bytea primary key,
  kind smallint not null,
  block bigint not null,
  log_index integer not null
);

-- The digests of version 2 (docs/spec/index-digest.md), of what is stored.
do $$
declare
  running bytea;
  stored record;
  entry record;
begin
  select sha256(convert_to(E'tidemark-index/2\n', 'UTF8') || contract) into running from chain.checkpoint;
  for stored in select number from chain.block order by number loop
    for entry in select * from chain.log where block = stored.number order by log_index loop
      running := sha256(running || int8send(entry.block) || int4send(entry.log_index) || entry.address
        || set_byte('\x00'::bytea, 0, length(entry.topics) / 32) || entry.topics || int4send(length(entry.data)) || entry.data);
    end loop;
    update chain.block set digest = running where number = stored.number;
  end loop;
  update chain.checkpoint set digest = running;
end $$;
