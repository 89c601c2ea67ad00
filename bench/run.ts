import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { bundleWorker } from './bundle.ts';
import { doorRows } from './doors.ts';
import { engineRows } from './engine.ts';
import { bundleRows, storedRows } from './evidence.ts';
import type { Row } from './measure.ts';
import { memoryRow } from './memory.ts';
import { Opa } from './opa.ts';
import { workerRows } from './worker.ts';

/** `npm run bench`: measures, prints a table, and writes it to bench/RESULTS.md. */
const opa = Opa.find();
const load = loadavg()[0]!.toFixed(1);
console.log('Measuring; this takes about two minutes …');
const bundle = await bundleWorker();
const rows = [
  ...(await engineRows(opa)),
  ...(await bundleRows()),
  ...(await workerRows(bundle, opa)),
  ...(await storedRows(bundle.script)),
  ...(await doorRows(bundle.script)),
  memoryRow(),
];
opa?.close();

const beside = opa === undefined ? 'no opa on the PATH' : `opa ${opa.version}`;
const text = `# Results

\`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}, ${beside}.
The load of the machine was ${load} when it began. Times are medians of warm calls; a ratio above 1 says how many times faster than OPA. OPA's parse and
compile are the least of five processes, its evaluation is what \`opa bench\` says of a prepared query; both
engines gave the same answers.

${table(rows)}
`;
writeFileSync('bench/RESULTS.md', text);
console.log(text);

function table(list: readonly Row[]): string {
  const cells = list.map(({ what, ours, opa: theirs, ratio, note }) => [
    what,
    ours,
    theirs ?? '',
    ratio === undefined ? '' : `${ratio.toPrecision(2)}×`,
    note ?? '',
  ]);
  const all = [['what', 'Pratique', 'OPA', 'ratio', ''], ...cells];
  const widths = all[0]!.map((_, column) => Math.max(3, ...all.map(row => row[column]!.length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [
    line(all[0]!),
    `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`,
    ...all.slice(1).map(line),
  ].join('\n');
}
