// One HTML page that needs nothing else: tables, plots, light and dark, wide and narrow.
import type { Table } from '../text/table.js';
import { escaped } from './svg.js';

export type Section = {
  readonly title: string;
  readonly text?: string;
  readonly tables?: readonly Table[];
  /** SVG figures. */
  readonly figures?: readonly string[];
};

export type Page = { readonly title: string; readonly lead: string; readonly sections: readonly Section[] };

const STYLE = `
:root{color-scheme:light dark;--back:#fbfbfa;--card:#fff;--ink:#1c1d1f;--soft:#5e6269;--rule:#e2e3e6;
--s0:#2563c9;--s1:#d0660c;--s2:#b3261e;--s3:#2b7d4f}
@media(prefers-color-scheme:dark){:root{--back:#131416;--card:#1b1d20;--ink:#e9eaec;--soft:#9da2aa;--rule:#30333a;
--s0:#7fb0ff;--s1:#f0a35e;--s2:#ff8a80;--s3:#77cf9d}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:1240px;margin:0 auto;padding:32px 20px 64px}
h1{font-size:30px;line-height:1.2;margin:0 0 12px}
h2{font-size:20px;margin:40px 0 8px}
p{max-width:75ch;margin:0 0 12px;color:var(--soft)}
.lead{color:var(--ink)}
.card{background:var(--card);border:1px solid var(--rule);border-radius:8px;margin:12px 0}
.scroll{overflow-x:auto;margin-top:6px}
table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
h3{font-size:15px;margin:0;padding:12px 14px 0}
.card>small{display:block;padding:2px 14px 0}
th,td{padding:7px 14px;text-align:right;border-top:1px solid var(--rule);white-space:nowrap}
th:first-child,td:first-child{text-align:left;position:sticky;left:0;background:var(--card)}
thead th{color:var(--soft);font-weight:600;border-top:0;white-space:normal;vertical-align:bottom}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:16px;margin:12px 0}
figure{margin:0;background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:12px 14px}
figcaption{font-weight:600;font-size:14px}
small{color:var(--soft);font-weight:400}
svg{display:block;width:100%;height:auto;margin-top:6px}
.grid{stroke:var(--rule);stroke-width:1}
.label{fill:var(--soft);font:11px system-ui,sans-serif}
.line{fill:none;stroke-width:1.6}
.line.s0{stroke:var(--s0)}.line.s1{stroke:var(--s1)}.line.s2{stroke:var(--s2)}.line.s3{stroke:var(--s3)}
.bar.s0{fill:var(--s0)}.bar.s1{fill:var(--s1)}.bar.s2{fill:var(--s2)}.bar.s3{fill:var(--s3)}
.legend{display:flex;flex-wrap:wrap;gap:4px 14px;font-size:12px;color:var(--soft)}
.key::before{content:"";display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:5px}
.key.s0::before{background:var(--s0)}.key.s1::before{background:var(--s1)}
.key.s2::before{background:var(--s2)}.key.s3::before{background:var(--s3)}
@media(max-width:600px){main{padding:20px 12px 40px}h1{font-size:24px}th,td{padding:6px 9px}
td:first-child,th:first-child{white-space:normal;min-width:9.5em}thead th{white-space:normal;min-width:8em;vertical-align:bottom}}
`;

function tableHtml({ title, note, columns, rows }: Table): string {
  const remark = note === undefined ? '' : `<small>${escaped(note)}</small>`;
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('\n');
  const table = `<table aria-label="${escaped(title)}"><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`;
  return `<div class="card"><h3>${escaped(title)}</h3>${remark}<div class="scroll">${table}</div></div>`;
}

function sectionHtml({ title, text, tables = [], figures = [] }: Section): string {
  const parts = [`<h2>${escaped(title)}</h2>`];
  if (text !== undefined) parts.push(`<p>${escaped(text)}</p>`);
  parts.push(...tables.map(tableHtml));
  if (figures.length > 0) parts.push(`<div class="figures">${figures.join('\n')}</div>`);
  return parts.join('\n');
}

export function pageHtml({ title, lead, sections }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p class="lead">${escaped(lead)}</p>
${sections.map(sectionHtml).join('\n')}
</main>
</body>
</html>
`;
}
