import { Budget, Halt } from '../base/index.ts';
import type { EvidenceSource } from '../builtins/index.ts';
import type { Place } from '../language/index.ts';
import { measure, metered, ObjectValue, type Value } from '../values/index.ts';
import type { CompiledPolicy } from './compile.ts';
import { Context, type EvaluationError, type Frame, type Run } from './context.ts';
import { Cursor, step, valueAt } from './document.ts';
import { seededRandom } from './random.ts';
import { Trace, type TraceEvent } from './trace.ts';

export interface EvaluationOptions {
  readonly input?: Value;
  /** The documents beside the rules; an object. */
  readonly data?: Value;
  /** Nanoseconds since 1970, the clock of the whole evaluation. */
  readonly now: bigint;
  readonly budget?: Budget;
  readonly evidence?: EvidenceSource;
  /** A built-in function that fails ends the evaluation; otherwise its call is undefined. */
  readonly strict?: boolean;
  readonly print?: (line: string) => void;
  readonly note?: (message: string) => void;
  /** What `internal.test_case` was called with. */
  readonly testCase?: (name: Value) => void;
  /** Random 32-bit numbers; by default such as `now` alone decides. */
  readonly random?: () => number;
  readonly runtime?: Value;
  /** Events to keep, of a policy compiled with `trace`. */
  readonly traceEvents?: number;
  /** Rules inside which events are kept; all where absent. */
  readonly traceDepth?: number;
  /** Takes the places of conditions that were tried and of branches that held, of a policy compiled with `coverage`. */
  readonly covered?: Set<Place>;
}

/** Nesting of a value that can be written out on any stack. */
const deepestResult = 1_000;

/** The answers of one query: what each of its variables was. */
export type Bindings = ReadonlyMap<string, Value>;

/**
 * One run of a policy over one input. What is asked for is evaluated once; `errors` lists the
 * built-in functions that failed on the way. A conflict, an exhausted budget or, under `strict`, a
 * failed built-in function ends the run: the asking method throws a Halt.
 */
export class Evaluation {
  readonly errors: EvaluationError[] = [];
  private readonly policy: CompiledPolicy;
  private readonly context: Context;
  private readonly run: Run;
  /** What walking through values may still cost. */
  private walking: number;

  constructor(policy: CompiledPolicy, options: EvaluationOptions) {
    const { input, data, budget = new Budget() } = options;
    const { files } = policy.plan;
    const trace = traceFor(files, options);
    this.policy = policy;
    this.walking = budget.granted.steps;
    this.run = {
      files,
      builtins: {
        ...(trace && { note: (line: string) => trace.note(line) }),
        ...builtinOptions(options),
        budget,
        memo: new Map(),
      },
      strict: options.strict ?? false,
      errors: this.errors,
      rules: 0,
      trace,
      covered: options.covered,
    };
    this.context = new Context({
      run: this.run,
      budget,
      input,
      data: data ?? ObjectValue.empty,
      root: policy.root,
      masks: undefined,
      mocks: undefined,
    });
  }

  /** Rules evaluated so far. */
  get rules(): number {
    return this.run.rules;
  }

  /** Steps taken so far. */
  get steps(): number {
    const { budget } = this.context;
    return budget.granted.steps - budget.steps;
  }

  /** What happened so far; empty unless `traceEvents` was given. */
  get trace(): readonly TraceEvent[] {
    return this.run.trace?.events ?? [];
  }

  /** How many events there were beyond those kept. */
  get traceDropped(): number {
    return this.run.trace?.dropped ?? 0;
  }

  /**
   * The value of `data.<path>`, rules and documents together; undefined where there is none. Written out in
   * full it is within the budget of results, and nested no deeper than 1,000 levels.
   */
  document(path: readonly string[]): Value | undefined {
    return this.guarded(() => {
      let at: Value | Cursor | undefined = new Cursor(this.context.root, this.context.data);
      for (const name of path) at = at === undefined ? undefined : step(this.context, at, name);
      const value = valueAt(this.context, at);
      if (value !== undefined) this.checkExtent(value);
      return value;
    });
  }

  /** Every answer of a query of the plan, in order. */
  query(index: number): Bindings[] {
    const query = this.policy.queries[index];
    if (!query) throw new RangeError(`the plan has no query ${index}`);
    const answers: Bindings[] = [];
    const frame: Frame = new Array<unknown>(query.slots + 1);
    frame[query.slots] = (found: Frame): boolean => {
      this.context.budget.charge(1);
      const values = query.names.map(([, slot]) => slotValue(this.context, found[slot]));
      this.checkExtent(values);
      answers.push(new Map(query.names.map(([name], i) => [name, values[i]!])));
      return false;
    };
    this.guarded(() => query.run(this.context, frame));
    return answers;
  }

  /** A value that shares its parts may be too large to be written out. */
  private checkExtent(value: Value): void {
    const { budget } = this.context;
    const { resultSize, depth } = budget.granted;
    const beyond = measure(value, { size: resultSize, depth: Math.min(depth, deepestResult) });
    if (beyond !== undefined) budget.exhausted(beyond === 'size' ? 'resultSize' : 'depth');
  }

  /** A stack that is too small for a policy is a limit like the others, said with its name. */
  private guarded<T>(evaluate: () => T): T {
    try {
      return metered(this.walking, evaluate, left => {
        this.walking = left;
      });
    } catch (error) {
      if (error instanceof RangeError) {
        throw new Halt('eval_budget_error', 'evaluation stopped: rules are nested too deeply', 'depth');
      }
      throw error;
    }
  }
}

function traceFor(files: readonly string[], { traceEvents, traceDepth }: EvaluationOptions) {
  if (traceEvents === undefined) return undefined;
  return new Trace(files, { events: traceEvents, ...(traceDepth !== undefined && { depth: traceDepth }) });
}

/** A slot may hold a place in `data` rather than a value. */
function slotValue(context: Context, held: unknown): Value {
  return valueAt(context, held as Value | Cursor) ?? null;
}

function builtinOptions(options: EvaluationOptions) {
  const { now, evidence, print, note, testCase, random, runtime } = options;
  return {
    now,
    random: random ?? seededRandom(now),
    ...(evidence && { evidence }),
    ...(print && { print }),
    ...(note && { note }),
    ...(testCase && { testCase }),
    ...(runtime !== undefined && { runtime }),
  };
}
