// What the venue signs with its own service keys on the way into the log.
import { type Parameter, signingText } from '@glasshouse/api';
import type { Committed, ExchangePort, ServiceSigner } from '../ports.js';
import type { Submission } from './submission.js';

const WINDOW_MS = 60_000;
const encoder = new TextEncoder();

export class ServiceSubmission {
  constructor(
    private readonly port: ExchangePort,
    private readonly submission: Submission,
  ) {}

  submit(signer: ServiceSigner, instruction: string, parameters: readonly Parameter[]): Promise<Committed> {
    const timestampMs = Math.floor(this.port.nowUs() / 1000);
    const payload = encoder.encode(signingText(instruction, parameters, { timestampMs, windowMs: WINDOW_MS }));
    return this.submission.submit({ keyId: signer.keyId, signature: signer.sign(payload), payload }, false);
  }
}
