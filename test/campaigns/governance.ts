/**
 * Attacks the governance of a shore with one key fewer than its council needs, all keys of the other shore's council, and accounts of every role on both
 * shores; counts what of the shore's, or of both shores together, has changed. The two shores are attacked in turn.
 *
 * `npm run -s campaign:governance -- [--sequences 10000] [--seed 1] [--keys 1] [--json]`; exit code 1 when anything changed. `--keys 2` gives the attacker the
 * keys that an act needs, and must end with 1.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import hre from 'hardhat';
import type { ShoreName } from '../../protocol/ledger/codes.ts';
import { Random } from '../indexer/support/random.ts';
import type { Councils } from '../ledger/support/newCouncils.ts';
import { Attacker } from './governance/attacker.ts';
import { Chain } from './governance/chain.ts';
import { deedsAgainst } from './governance/deeds.ts';
import { setScene } from './governance/scene.ts';
import { type Watch, watchShore } from './governance/watch.ts';

const { values } = parseArgs({
  options: {
    sequences: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    keys: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const [sequences, seed, keys] = [Number(values.sequences), Number(values.seed), Number(values.keys)];
/** After so many sequences the chain goes back to its beginning. */
const STRETCH = 100;

interface Found {
  sequence: number;
  shore: ShoreName;
  changes: readonly string[];
  actions: readonly string[];
}

interface Result {
  sequences: number;
  seed: number;
  keys: number;
  calls: number;
  /** Approvals by signature among them: used before, late, of elsewhere, changed, forged. */
  signatures: number;
  /** Acts of the other shore's council that were executed: what it may do, it can. */
  ownActs: number;
  privilegedFunctions: number;
  fewestCallsOfOne: number;
  found: Found | null;
  seconds: number;
  machine: string;
}

await hre.tasks.getTask('build').run({ quiet: true, noTests: true });
const result = await campaign();
process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${sentences(result)}\n`);
process.exitCode = result.found === null ? 0 : 1;

async function campaign(): Promise<Result> {
  const started = performance.now();
  const scene = await setScene();
  await checkDeeds(scene.world);
  const chain = new Chain(scene.world);
  const watches = { CN: await watchShore(scene.world, 'CN'), KR: await watchShore(scene.world, 'KR') };
  const tried = new Map<string, number>();
  let found: Found | null = null;
  let [done, signatures] = [0, 0];
  for (let stretch = 0; done < sequences && found === null; stretch++) {
    const shore = stretch % 2 === 0 ? 'CN' : 'KR';
    const random = new Random(seed * 1_000_003 + stretch);
    await chain.begin();
    const attacker = new Attacker(scene, { shore, keys }, random, chain);
    await chain.give(attacker.accounts.map(({ address }) => address));
    for (let index = 0; index < STRETCH && done < sequences && found === null; index++, done++) {
      found = await attackOnce(attacker, chain, watches[shore], { sequence: done, shore });
    }
    for (const name of attacker.names) tried.set(name, (tried.get(name) ?? 0) + (attacker.tried.get(name) ?? 0));
    for (const [name, times] of attacker.tried) signatures += name.endsWith('.approveBySignature') ? times : 0;
    await chain.end();
  }
  return {
    ...{ sequences: done, seed, keys, signatures, found },
    calls: chain.calls,
    ownActs: chain.executed,
    privilegedFunctions: tried.size,
    fewestCallsOfOne: Math.min(...tried.values()),
    seconds: Math.round((performance.now() - started) / 1_000),
    machine: `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}`,
  };
}

async function attackOnce(
  attacker: Attacker,
  chain: Chain,
  watch: Watch,
  about: { sequence: number; shore: ShoreName },
): Promise<Found | null> {
  chain.notes.length = 0;
  await attacker.attack();
  const changes = await watch.changes(await chain.settle());
  return changes.length === 0 ? null : { ...about, changes, actions: [...chain.notes] };
}

/** Each privileged call must be one that its authority could make: otherwise its refusal would show nothing. */
async function checkDeeds(world: Councils): Promise<void> {
  for (const shore of ['CN', 'KR'] as const) {
    const { names, draw } = deedsAgainst(world, shore);
    for (const name of names) await checkDeed(world, name, draw);
  }
}

async function checkDeed(world: Councils, name: string, draw: ReturnType<typeof deedsAgainst>['draw']): Promise<void> {
  // A ledger is adopted once: this one is refused to everybody by now.
  const wanted = name.endsWith('.adoptLedger') ? 'CouncilLedgerInvalid' : 'done';
  const random = new Random(seed);
  for (let left = 200; left > 0; left--) {
    const { authority, to, data } = draw(random, name);
    if ((await world.attempt(world.places[authority], { to, data })) === wanted) return;
  }
  throw new Error(`${name} is refused to its authority too, whatever it is asked for`);
}

function sentences({ found, ...result }: Result): string {
  return [
    `${result.sequences} sequences (seed ${result.seed}) by ${result.keys} of the 2 keys that the shore's council needs, on ${result.machine}`,
    `${result.calls} calls, ${result.signatures} of them approvals by signature; ${result.ownActs} acts of the other shore's council executed, each of ${result.privilegedFunctions} privileged functions called ${result.fewestCallsOfOne} times or more`,
    found === null ? 'nothing of the shore, or of both together, changed' : `CHANGED in sequence ${found.sequence} against ${found.shore}:`,
    ...(found?.changes ?? []),
    ...(found === null ? [] : ['after', ...found.actions]),
    `${result.seconds} s`,
  ].join('\n');
}
