// `verify`: everything that can be checked about a log without trusting whoever wrote it. Changes nothing.
import { availableParallelism } from 'node:os';
import { AUDIT_RULES, Audit, type AuditReport } from '@glasshouse/auditor';
import { checkInvariants, createState, type State } from '@glasshouse/core';
import { type ChainSummary, type StoredBatch, verifyChain } from '@glasshouse/journal';
import { decodeRequests, REQUEST_KIND } from '@glasshouse/protocol';
import { type EventReader, stateHashOf } from '../state/node-state.js';
import type { Progress } from './replay.js';
import { ReplayFailed, replayInto } from './replay-log.js';
import { SignatureCheck } from './signature-check.js';
import { StoredSnapshots } from './stored-snapshots.js';

export type VerifyRequest = {
  readonly workers?: number;
  /** Requests between two full checks of the invariants. */
  readonly invariantsEvery?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Also lets the independent model keep its own books by the events: slower by far. */
  readonly audit?: boolean;
};

/** Everything below `seq` is sound. */
export type VerifyProblem = { readonly seq: number; readonly what: string };

export type VerifyReport = {
  readonly seq: number;
  readonly stateHash: string;
  readonly headHash: string;
  readonly commands: number;
  readonly signatures: number;
  readonly snapshots: number;
  /** `torn`: the last write was interrupted; the next start cuts it off. */
  readonly tail: ChainSummary['tail'];
  readonly seconds: number;
  readonly problem: VerifyProblem | undefined;
  /** What the independent model found; absent when it was not asked. */
  readonly audit: AuditReport | undefined;
};

const INVARIANTS_EVERY = 100_000;
const MS_PER_SECOND = 1_000;

class ProblemFound extends Error {
  constructor(readonly problem: VerifyProblem) {
    super(problem.what);
  }
}

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

class Verification implements EventReader {
  readonly audit: Audit | undefined;
  private nextCheck: number;

  constructor(
    readonly state: State,
    readonly signatures: SignatureCheck,
    readonly snapshots: StoredSnapshots,
    private readonly request: VerifyRequest,
  ) {
    this.nextCheck = this.every;
    this.audit = request.audit === true ? new Audit() : undefined;
  }

  apply({ seq, timeUs, events }: Parameters<EventReader['apply']>[0]): void {
    this.audit?.step({ seq, timeUs }, events);
  }

  private get every(): number {
    return this.request.invariantsEvery ?? INVARIANTS_EVERY;
  }

  async afterBatch(batch: StoredBatch): Promise<void> {
    const seq = this.state.nextSeq;
    for (const [index, request] of decodeRequests(batch.body, batch.count).entries()) {
      if (request.kind === REQUEST_KIND.signed) this.signatures.add(batch.firstSeq + index, request);
    }
    if (seq >= this.nextCheck) {
      this.checkAll();
      this.nextCheck = seq + this.every;
    }
    const contradiction = this.snapshots.contradiction(batch, () => stateHashOf(this.state));
    if (contradiction !== undefined) throw new ProblemFound({ seq, what: contradiction });
    if (this.signatures.problem !== undefined) throw new ProblemFound(this.signatures.problem);
    this.request.onProgress?.({ seq: batch.firstSeq, commands: seq });
    await this.signatures.keepPace();
  }

  checkAll(): void {
    try {
      checkInvariants(this.state);
    } catch (cause) {
      throw new ProblemFound({ seq: this.state.nextSeq, what: reasonOf(cause) });
    }
  }
}

function problemOf(error: unknown, chain: ChainSummary): VerifyProblem {
  if (error instanceof ProblemFound) return error.problem;
  if (error instanceof ReplayFailed) return { seq: error.seq, what: error.message };
  if (chain.damage !== undefined) return { seq: chain.nextSeq, what: chain.damage.message };
  throw error;
}

/** The snapshots' own problems come last: none of them makes the log unsound. */
function snapshotProblem({ unreadable, unmatched }: StoredSnapshots): VerifyProblem | undefined {
  const [seq] = unmatched;
  return (
    unreadable[0] ??
    (seq === undefined ? undefined : { seq, what: `no batch ends where the snapshot at ${seq} was taken` })
  );
}

function auditProblem(audit: Audit | undefined): VerifyProblem | undefined {
  const [first] = audit?.report().findings ?? [];
  return first === undefined
    ? undefined
    : { seq: first.seq, what: `${AUDIT_RULES[first.rule]}: expected ${first.expected}, is ${first.actual}` };
}

async function firstProblem(
  directory: string,
  verification: Verification,
  chain: ChainSummary,
): Promise<VerifyProblem | undefined> {
  const { state, signatures, snapshots } = verification;
  let stopped: VerifyProblem | undefined;
  try {
    const node = { state, history: undefined, ...(verification.audit === undefined ? {} : { also: verification }) };
    await replayInto(directory, node, { onBatch: (batch) => verification.afterBatch(batch) });
    verification.checkAll();
  } catch (error) {
    stopped = problemOf(error, chain);
  }
  await signatures.finish();
  const unsigned = signatures.problem;
  if (unsigned !== undefined && (stopped === undefined || unsigned.seq < stopped.seq)) return unsigned;
  return stopped ?? snapshotProblem(snapshots);
}

export async function verify(directory: string, request: VerifyRequest = {}): Promise<VerifyReport> {
  const startMs = performance.now();
  const chain = await verifyChain(directory);
  const snapshots = await StoredSnapshots.of(directory);
  const state = createState();
  const signatures = new SignatureCheck(state, request.workers ?? availableParallelism());
  const verification = new Verification(state, signatures, snapshots, request);
  try {
    const problem = await firstProblem(directory, verification, chain);
    return {
      seq: state.nextSeq,
      stateHash: stateHashOf(state),
      headHash: Buffer.from(chain.headHash).toString('hex'),
      commands: state.nextSeq,
      signatures: signatures.checked,
      snapshots: snapshots.compared,
      tail: chain.tail,
      seconds: (performance.now() - startMs) / MS_PER_SECOND,
      problem: problem ?? auditProblem(verification.audit),
      audit: verification.audit?.report(),
    };
  } finally {
    await signatures.close();
  }
}
