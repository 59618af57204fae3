import type { FlowReport } from '../flow/report.js';

const LABEL_GAP = 2;

function aligned(figures: FlowReport['figures']): string[] {
  const rows = Object.entries(figures).map(([name, value]) => [wordsOf(name), figureText(value)] as const);
  const width = Math.max(...rows.map(([name]) => name.length)) + LABEL_GAP;
  return rows.map(([name, value]) => `  ${name.padEnd(width)}${value}`);
}

/** `cancelsOfKnownIds` as people read it. */
function wordsOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function figureText(value: string | number): string {
  return typeof value === 'number' ? value.toLocaleString('en-US') : value;
}

export function reportText({ title, figures, checks }: FlowReport): string {
  const verdicts = checks.map(({ passed, detail }) => `${passed ? 'ok  ' : 'DIFF'}  ${detail}`);
  return [title, ...aligned(figures), ...verdicts].join('\n');
}
