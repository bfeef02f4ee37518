import { AbiCoder, type Contract, type ContractTransactionReceipt, type ContractTransactionResponse, ZeroAddress, ZeroHash } from 'ethers';
import type { OwnChain } from '../gas/bench.ts';
import { digest, leafOf, numbers } from '../gas/documents.ts';
import { gasOf } from '../gas/measure.ts';
import { deployShipped, loadFrom, type Shipped, sourceOf } from './packages.ts';
import { type AttemptName, noneOf, outcomeOf, type System, type WorkName } from './system.ts';

const PACKAGE = '@ethereum-attestation-service/eas-contracts';
/** What our record holds and an attestation does not of itself. */
const SCHEMA = 'bytes32 sha256,bytes32 sm3,uint16 kind';
const REPORT = 2;
const EXPIRES_AT = 4_000_000_000;
const BATCH = 100;

interface Eas {
  /** As the laboratory calls it. */
  laboratory: Contract;
  /** As somebody else calls it. */
  outsider: Contract;
  schema: string;
  deployment: number;
}

/** EAS in both of its ways: an attestation of the same fields, and a bare timestamp. */
export async function easSystems(chain: OwnChain): Promise<System[]> {
  const artifact = (name: string) => loadFrom<Shipped>(`${PACKAGE}/artifacts/contracts/${name}.sol/${name}.json`);
  const registry = await deployShipped(chain, artifact('SchemaRegistry'), 'deployer of EAS', []);
  const { contract, gas } = await deployShipped(chain, artifact('EAS'), 'deployer of EAS', [await registry.contract.getAddress()]);
  const registering = registry.contract.connect(chain.account('EAS laboratory')) as Contract;
  const schema = (await call(registering, 'register').staticCall(SCHEMA, ZeroAddress, true)) as string;
  await gasOf(call(registering, 'register')(SCHEMA, ZeroAddress, true));
  const as = (name: string) => contract.connect(chain.account(name)) as Contract;
  const eas: Eas = {
    ...{ schema, deployment: registry.gas + gas },
    ...{ laboratory: as('EAS laboratory'), outsider: as('outsider') },
  };
  const source = sourceOf(PACKAGE, artifact('EAS'));
  await gasOf(attest(eas.laboratory, schema, 'first'));
  await gasOf(call(eas.laboratory, 'timestamp')(leafOf('first')));
  return [
    {
      ...{ name: 'EAS attestation', source, means: `an attestation with expiry by the schema "${SCHEMA}", no resolver` },
      measure: () => measureAttestations(eas),
      attempt: () => attemptAttestations(eas),
    },
    {
      ...{ name: 'EAS timestamp', source, means: 'the time of one digest; a revocation is the time of a digest by its sender' },
      measure: () => measureTimestamps(eas),
      attempt: () => attemptTimestamps(eas),
    },
  ];
}

async function measureAttestations({ laboratory, schema, deployment }: Eas): Promise<Partial<Record<WorkName, number>>> {
  const one = await gasOf(attest(laboratory, schema, 'one'));
  const many = numbers(BATCH).map((n) => dataOf(`of 100, ${n}`));
  const hundred = await gasOf(call(laboratory, 'multiAttest')([{ schema, data: many }]));
  const root = await gasOf(attest(laboratory, schema, 'root of 1,000'));
  const [revocable, replaced] = [await attested(laboratory, schema, 'to revoke'), await attested(laboratory, schema, 'to replace')];
  return {
    ...{ one, hundred: Math.ceil(hundred / BATCH), root, deployment },
    revoke: await gasOf(revoke(laboratory, schema, revocable)),
    // A document under a root has no attestation of its own.
    revokeUnderRoot: await gasOf(call(laboratory, 'revokeOffchain')(leafOf('leaf 7'))),
    replace: (await gasOf(attest(laboratory, schema, 'successor', replaced))) + (await gasOf(revoke(laboratory, schema, replaced))),
    status: Number(await call(laboratory, 'getAttestation').estimateGas(revocable)),
  };
}

async function attemptAttestations({ laboratory, outsider, schema }: Eas): Promise<Record<AttemptName, string>> {
  const tried = (sending: Promise<ContractTransactionResponse>) => outcomeOf(sending, laboratory.interface);
  const read = async (uid: string) => (await call(laboratory, 'getAttestation')(uid)) as { revocationTime: bigint };
  const isValid = async (uid: string) => (await call(laboratory, 'isAttestationValid')(uid)) as boolean;
  const squatter = await tried(attest(outsider, schema, 'squatted'));
  const squat = `outsider ${squatter}; then the laboratory ${await tried(attest(laboratory, schema, 'squatted'))}: both stand under the same schema`;
  const uid = await attested(laboratory, schema, 'document');
  const foreignRevocation = await tried(revoke(outsider, schema, uid));
  const twice = await tried(attest(laboratory, schema, 'document'));
  await gasOf(revoke(laboratory, schema, uid));
  const { revocationTime } = await read(uid);
  const old = await attested(laboratory, schema, 'replaced');
  const certificate = await attested(laboratory, schema, 'certificate');
  const report = await attested(laboratory, schema, 'report');
  await gasOf(attest(laboratory, schema, 'replacing', old));
  return {
    ...{ squat, foreignRevocation, twice },
    again: await tried(attest(laboratory, schema, 'document')),
    innerNode: noneOf(laboratory.interface, /merkle|proof|root/i, 'checks of a tree'),
    afterRevocation: `isAttestationValid: ${await isValid(uid)}; revocationTime: ${revocationTime === 0n ? 'none' : 'set'}`,
    why: `${new Date(Number(revocationTime) * 1000).toISOString().slice(0, 10)}, no reason`,
    successor: `only from the new one back (refUID); the old one's revocationTime: ${(await read(old)).revocationTime === 0n ? 'none' : 'set'}`,
    completeness: noneOf(laboratory.interface, /count|head|length|total/i, 'count or head to compare with'),
    scope: await tried(attest(outsider, schema, 'out of scope')),
    use: `${await tried(attest(outsider, schema, 'declaration 1', certificate))}, then ${await tried(attest(outsider, schema, 'declaration 2', certificate))} (attestations about the certificate, by anybody)`,
    acceptance: `${await tried(attest(outsider, schema, 'acceptance 1', report))}, then ${await tried(attest(outsider, schema, 'acceptance 2', report))} (attestations about the report, by anybody)`,
  };
}

async function measureTimestamps({ laboratory, deployment }: Eas): Promise<Partial<Record<WorkName, number>>> {
  const [timestamp, revokeOffchain] = [call(laboratory, 'timestamp'), call(laboratory, 'revokeOffchain')];
  await gasOf(revokeOffchain(leafOf('first')));
  const one = await gasOf(timestamp(leafOf('one')));
  const hundred = await gasOf(call(laboratory, 'multiTimestamp')(numbers(BATCH).map((n) => leafOf(`of 100, ${n}`))));
  return {
    ...{ one, hundred: Math.ceil(hundred / BATCH), root: await gasOf(timestamp(digest('root of 1,000'))), deployment },
    revoke: await gasOf(revokeOffchain(leafOf('one'))),
    revokeUnderRoot: await gasOf(revokeOffchain(leafOf('leaf 8'))),
    replace: (await gasOf(timestamp(leafOf('successor')))) + (await gasOf(revokeOffchain(leafOf('of 100, 1')))),
    status: Number(await call(laboratory, 'getTimestamp').estimateGas(leafOf('one'))),
  };
}

async function attemptTimestamps({ laboratory, outsider }: Eas): Promise<Record<AttemptName, string>> {
  const tried = (sending: Promise<ContractTransactionResponse>) => outcomeOf(sending, laboratory.interface);
  const timestamp = (by: Contract, name: string) => tried(call(by, 'timestamp')(leafOf(name)));
  const squatter = await timestamp(outsider, 'squatted');
  const squat = `outsider ${squatter}; then the laboratory ${await timestamp(laboratory, 'squatted')}`;
  await timestamp(laboratory, 'document');
  const twice = await timestamp(laboratory, 'document');
  const foreign = await tried(call(outsider, 'revokeOffchain')(leafOf('document')));
  const revokedBy = async (by: Contract) =>
    (await call(laboratory, 'getRevokeOffchain')(await addressOf(by), leafOf('document'))) as bigint;
  const stays = (await revokedBy(laboratory)) === 0n;
  await gasOf(call(laboratory, 'revokeOffchain')(leafOf('document')));
  return {
    ...{ squat, twice },
    foreignRevocation: `${foreign} in his own name; in the laboratory's: ${stays ? 'not revoked' : 'revoked'}, but a timestamp does not say whose document it is`,
    again: await timestamp(laboratory, 'document'),
    innerNode: noneOf(laboratory.interface, /merkle|proof|root/i, 'checks of a tree'),
    afterRevocation: `getTimestamp: ${((await call(laboratory, 'getTimestamp')(leafOf('document'))) as bigint) === 0n ? 'none' : 'as before'}`,
    why: `${new Date(Number(await revokedBy(laboratory)) * 1000).toISOString().slice(0, 10)}, no reason`,
    successor: noneOf(laboratory.interface, /success|replace|supersede/i, 'successors'),
    completeness: noneOf(laboratory.interface, /count|head|length|total/i, 'count or head to compare with'),
    scope: await timestamp(outsider, 'out of scope'),
    use: `${await timestamp(outsider, 'declaration 1')}, then ${await timestamp(outsider, 'declaration 2')} (digests of certificate and declaration, by anybody)`,
    acceptance: `${await timestamp(outsider, 'acceptance 1')}, then ${await timestamp(outsider, 'acceptance 2')} (digests of report and decision, by anybody)`,
  };
}

function attest(by: Contract, schema: string, name: string, refUID = ZeroHash) {
  return call(by, 'attest')({ schema, data: dataOf(name, refUID) });
}

async function attested(by: Contract, schema: string, name: string): Promise<string> {
  const receipt = (await (await attest(by, schema, name)).wait()) as ContractTransactionReceipt;
  const [log] = receipt.logs;
  return log?.data as string; // Attested(recipient, attester, uid, schema): only the uid is not indexed
}

function revoke(by: Contract, schema: string, uid: string) {
  return call(by, 'revoke')({ schema, data: { uid, value: 0 } });
}

function dataOf(name: string, refUID = ZeroHash) {
  const data = AbiCoder.defaultAbiCoder().encode(['bytes32', 'bytes32', 'uint16'], [digest(name), digest(`${name}, other digest`), REPORT]);
  return { recipient: ZeroAddress, expirationTime: EXPIRES_AT, revocable: true, refUID, data, value: 0 };
}

function call(contract: Contract, name: string) {
  return contract.getFunction(name);
}

async function addressOf(contract: Contract): Promise<string> {
  return (contract.runner as unknown as { getAddress(): Promise<string> }).getAddress();
}
