/** The value of a parameter is out of its set or no number. */
export const BAD_VALUE = -1;

export function booleanOf(text: string): boolean | undefined {
  if (text === 'true' || text === 'True') return true;
  return text === 'false' || text === 'False' ? false : undefined;
}
