import { createHash } from 'node:crypto';
import { type State, stateHash } from '../src/index.js';

export const hashOf = (state: State): string =>
  stateHash(state, (chunks) => {
    const hash = createHash('sha256');
    for (const chunk of chunks) hash.update(chunk);
    return hash.digest('hex');
  });
