import { parseArgs } from 'node:util';
import { readCases } from './cases.ts';
import { runCase } from './run-case.ts';

/** `npm run conformance -- [--rego v0|v1] FOLDER…`: the failures one a line, then how many passed and failed. */
const { values, positionals } = parseArgs({
  options: { rego: { type: 'string', default: 'v1' } },
  allowPositionals: true,
});
if (positionals.length === 0 || (values.rego !== 'v0' && values.rego !== 'v1')) {
  console.error('usage: npm run conformance -- [--rego v0|v1] FOLDER…');
  process.exit(2);
}

let passed = 0;
let failed = 0;
for (const folder of positionals) {
  for (const test of readCases(folder)) {
    const reason = runCase(test, values.rego);
    if (reason === undefined) passed++;
    else {
      failed++;
      console.log(`${test.id} ${test.note}: ${reason.replaceAll('\n', ' ')}`);
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
