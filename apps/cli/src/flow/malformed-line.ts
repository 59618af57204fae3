/** The file is not what the command says it is. */
export class MalformedLine extends Error {
  override readonly name = 'MalformedLine';

  constructor(
    readonly file: string,
    readonly line: number,
    readonly problem: string,
  ) {
    super(`${file}, line ${line}: ${problem}`);
  }
}
