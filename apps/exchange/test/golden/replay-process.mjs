// Replays a folder on whatever Node runs this: node replay-process.mjs DIR
import { replay } from '../../dist/index.js';

const { seq, stateHash } = await replay(process.argv[2] ?? '');
console.log(JSON.stringify({ seq, stateHash, node: process.versions.node }));
