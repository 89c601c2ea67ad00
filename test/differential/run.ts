import { parseArgs } from 'node:util';
import { compare, type Disagreement } from './comparison.ts';
import { type Program, programOf } from './generator/program.ts';
import { NoAnswer, OpaServer, opaVersion } from './opa.ts';
import { describe } from './outcome.ts';
import { shrink } from './shrink.ts';

/**
 * `npm run differential [-- --count N --seed S --most M --except PATTERN]`: compares N random programs with the
 * `opa` on the PATH and prints each disagreement made small, those whose kind matches PATTERN only counted. Exits 1 where there is one, 2 where there is no `opa`.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    most: { type: 'string', default: '20' },
    except: { type: 'string' },
    show: { type: 'boolean', default: false },
  },
});
const version = opaVersion();
if (version === undefined) {
  console.error(
    'There is no opa on the PATH: nothing to compare with. Put the opa program on the PATH and try again.',
  );
  process.exit(2);
}

/** Programs after which OPA is started anew: what it knows of types changes as it goes. Nor is a disagreement one before a new one shows it. */
const freshAfter = 1000;
const count = Number(values.count);
const except = values.except === undefined ? undefined : new RegExp(values.except, 'u');
const first = Number(values.seed);
let opa = await OpaServer.start();
const tally = new Map<string, number>();
let disagreements = 0;
try {
  for (let seed = first; seed < first + count && disagreements < Number(values.most); seed++) {
    const program = programOf(seed);
    if (values.show) console.log(program.modules.map(each => each.text).join('\n'), program.input);
    if (seed > first && (seed - first) % freshAfter === 0) await restart();
    let verdict = await compare(opa, program).catch(withoutAnswer);
    if (verdict === undefined || verdict.agreed === undefined) await restart();
    if (verdict?.agreed === undefined) verdict &&= await compare(opa, program).catch(withoutAnswer);
    if (verdict === undefined) {
      tally.set('unanswered', (tally.get('unanswered') ?? 0) + 1);
      console.log(`--- seed ${seed}: OPA gave no answer`);
      await restart();
      continue;
    }
    const passed = verdict.agreed === undefined && except?.test(verdict.disagreement.what);
    const outcome = verdict.agreed ?? (passed ? `left out (${verdict.disagreement.what})` : 'disagreed');
    tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
    if (verdict.agreed !== undefined || passed) continue;
    disagreements++;
    await report(seed, program, verdict.disagreement);
  }
} finally {
  opa.stop();
}
const total = [...tally.values()].reduce((sum, each) => sum + each, 0);
console.log(
  `opa ${version}, ${total} programs from seed ${first}: ${[...tally].map(([name, times]) => `${times} ${name}`).join(', ')}`,
);
process.exitCode = disagreements > 0 ? 1 : 0;

async function restart(): Promise<void> {
  opa.stop();
  opa = await OpaServer.start();
}

async function report(seed: number, program: Program, { what, path }: Disagreement): Promise<void> {
  let shown: Disagreement | undefined;
  const small = await shrink(program, async smaller => {
    const verdict = await compare(opa, smaller).catch(() => undefined);
    if (verdict === undefined || verdict.agreed !== undefined || verdict.disagreement.what !== what)
      return false;
    shown = verdict.disagreement;
    return true;
  });
  const final =
    shown ??
    (await compare(opa, small).then(verdict =>
      verdict.agreed === undefined ? verdict.disagreement : undefined,
    ));
  console.log(`--- seed ${seed}, ${path.join('.')}: ${what}${small.strict ? ' (strict)' : ''}`);
  for (const { text } of small.modules) console.log(text.trim());
  if (small.input !== undefined) console.log(`input: ${small.input}`);
  if (final) console.log(`ours: ${describe(final.ours)}\nopa:  ${describe(final.theirs)}`);
}

/** OPA breaks the connection where a program makes it panic, and says nothing where it works for too long. */
function withoutAnswer(error: unknown): undefined {
  if (error instanceof NoAnswer) return undefined;
  throw error;
}
