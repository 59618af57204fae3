// Small numbers for words that come again and again; saved with what uses them. 0 is no word.
import type { ByteReader, ByteWriter } from './encoding.js';

export class TextCodes<Word extends string> {
  private readonly codes = new Map<Word, number>();

  codeOf(word: Word | undefined): number {
    if (word === undefined) return 0;
    const known = this.codes.get(word);
    if (known !== undefined) return known;
    const code = this.codes.size + 1;
    this.codes.set(word, code);
    return code;
  }

  wordOf(code: number): Word | undefined {
    for (const [word, known] of this.codes) if (known === code) return word;
    return undefined;
  }

  write(writer: ByteWriter): void {
    writer.integer(this.codes.size);
    for (const word of this.codes.keys()) writer.text(word);
  }

  read(reader: ByteReader): void {
    for (let left = reader.count(); left > 0; left -= 1) this.codeOf(reader.text() as Word);
  }
}
