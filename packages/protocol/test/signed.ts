// Signed texts as tests write them.
import { type Command, decodeCommand, isMalformed } from '../src/index.js';

export const DATE = '&timestamp=1700000000000&window=5000';

export const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);

export function decodeText(text: string): ReturnType<typeof decodeCommand> {
  const bytes = bytesOf(text);
  return decodeCommand(bytes, 0, bytes.length);
}

/** The command of a text that is dated here; `field: problem` when there is none. */
export function commandIn(text: string): Command | string {
  const decoded = decodeText(text + DATE);
  return isMalformed(decoded) ? `${decoded.field}: ${decoded.malformed}` : decoded.command;
}
