// Checks signatures beside the event loop.
import { parentPort } from 'node:worker_threads';
import sodium from 'sodium-native';
import { NO_MATCH, unpackJobs, type VerifyJob, type VerifyReply, type VerifyRequest } from './verify-message.js';

function matchOf({ publicKey, signature, texts }: VerifyJob): number {
  const match = texts.findIndex((text) => sodium.crypto_sign_verify_detached(signature, text, publicKey));
  return match < 0 ? NO_MATCH : match;
}

parentPort?.on('message', ({ id, count, jobs }: VerifyRequest) => {
  const matches = Uint16Array.from(unpackJobs(jobs, count), matchOf);
  const reply: VerifyReply = { id, matches };
  parentPort?.postMessage(reply, [matches.buffer]);
});
