import { expect } from 'chai';
import pg from 'pg';
import { CopyBuffer, type CopyTable, encodeCopy } from '../../indexer/store/copyBinary.ts';
import { sendCopies } from '../../indexer/store/sendCopies.ts';
import { usePostgres } from './support/postgres.ts';

/** SQLSTATE of `unique_violation` and `undefined_table`. */
const UNIQUE_VIOLATION = '23505';
const UNDEFINED_TABLE = '42P01';

interface Row {
  readonly id: number;
  readonly body: Buffer | null;
}

describe('sendCopies', () => {
  const postgres = usePostgres();
  let client: pg.Client;

  before(async () => {
    client = new pg.Client({ connectionString: postgres.url('postgres') });
    // The server is stopped first.
    client.on('error', () => undefined);
    await client.connect();
    await client.query('create table one (id bigint primary key, body bytea); create table two (id bigint primary key, body bytea)');
  });
  beforeEach(() => client.query('truncate one, two'));
  after(() => client.end());

  it('writes rows of several tables and what follows them', async () => {
    const long = Buffer.alloc(1_000_000, 7);
    await sendCopies(client, [copy('one', rows(3, long)), copy('two', rows(2))], ['delete from one where id = 1', 'delete from two']);
    const { rows: found } = await client.query('select id, body from one order by id');
    expect(found).to.deep.equal([
      { id: '0', body: long },
      { id: '2', body: long },
    ]);
    expect(await stored()).to.deep.equal([2, 0]);
  });

  it('keeps numbers above 32 bits, and below zero', async () => {
    const ids = [0, 1, -1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    await sendCopies(client, [
      copy(
        'one',
        ids.map((id) => ({ id, body: null })),
      ),
    ]);
    const { rows: found } = await client.query('select id from one order by id');
    expect(found.map(({ id }) => Number(id))).to.deep.equal(ids.toSorted((a, b) => a - b));
  });

  it('refuses numbers that do not fit', () => {
    for (const [type, number] of [
      ...[2 ** 15, -(2 ** 15) - 1].map((one) => ['smallint', one] as const),
      ...[2 ** 31, -(2 ** 31) - 1].map((one) => ['integer', one] as const),
      ...[2 ** 63, -(2 ** 64)].map((one) => ['bigint', one] as const),
    ])
      expect(() => new CopyBuffer(1)[type](number)).to.throw(RangeError);
  });

  it('writes nothing when the server refuses a part, and can be used again', async () => {
    const twice = [...rows(20_000), ...rows(1)];
    const good = copy('one', rows(5));
    for (const [copies, after, code] of [
      [[copy('one', twice), copy('two', rows(20_000))], [], UNIQUE_VIOLATION],
      [[good, copy('two', twice)], [], UNIQUE_VIOLATION],
      [[good, copy('missing', rows(20_000))], [], UNDEFINED_TABLE],
      [[good], ['delete from missing'], UNDEFINED_TABLE],
    ] as const) {
      const error = await sendCopies(client, copies, after).catch((reason) => reason);
      expect(error).to.have.property('code', code);
      expect(await stored()).to.deep.equal([0, 0]);
    }
    await sendCopies(client, [good]);
    expect(await stored()).to.deep.equal([5, 0]);
  });

  it('is part of a transaction that is open', async () => {
    await client.query('begin');
    await sendCopies(client, [copy('one', rows(5))]);
    await client.query('rollback');
    expect(await stored()).to.deep.equal([0, 0]);
  });

  it('fails when the connection is lost', async () => {
    const lost = new pg.Client({ connectionString: postgres.url('postgres') });
    lost.on('error', () => undefined);
    await lost.connect();
    const { rows: found } = await lost.query<{ pid: number }>('select pg_backend_pid() as pid');
    const sent = sendCopies(lost, [copy('one', rows(5))], ['do $$ begin perform pg_sleep(60); end $$']).catch((reason) => reason);
    await client.query('select pg_terminate_backend($1)', [found[0]?.pid]);
    expect(await sent).to.be.an('error');
    expect(await sendCopies(lost, [copy('one', rows(5))]).catch((reason) => reason)).to.be.an('error');
    expect(await stored()).to.deep.equal([0, 0]);
  });

  async function stored(): Promise<number[]> {
    const { rows: found } = await client.query('select (select count(*) from one)::int as one, (select count(*) from two)::int as two');
    return [found[0].one, found[0].two];
  }
});

function copy(name: string, of: readonly Row[]) {
  const table: CopyTable<Row> = {
    name,
    columns: ['id', 'body'],
    write(row, to) {
      to.bigint(row.id);
      to.bytea(row.body);
    },
  };
  return encodeCopy('public', table, of);
}

function rows(count: number, body: Buffer | null = null): Row[] {
  return Array.from({ length: count }, (_, id) => ({ id, body }));
}
