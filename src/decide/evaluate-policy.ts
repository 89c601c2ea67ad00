import { Budget, type BudgetLimits, Halt } from '../base/index.ts';
import { Evaluation, type EvaluationError } from '../evaluate/index.ts';
import type { DecisionRule, PackageDecisions } from '../language/index.ts';
import { isObject, isSet } from '../values/index.ts';
import type { RoundEvidence, VainNeed } from './evidence-rounds.ts';
import { Exemptions } from './exemption.ts';
import { type ExemptionObject, ExemptionObjects } from './exemption-object.ts';
import type { Finding, PackageRule } from './finding.ts';
import { layerOf } from './layer-of.ts';
import type { LoadedPolicy } from './policy.ts';
import { ruleFindings } from './rule-findings.ts';
import type { Subject } from './subject.ts';
import type { VerdictError } from './verdict.ts';

/** What one policy says of a subject. */
export interface PolicyResult {
  readonly findings: readonly Finding[];
  readonly errors: readonly VerdictError[];
  /** Indexes of the images that some rule looked at. */
  readonly looked: ReadonlySet<number>;
  readonly rules: number;
  readonly steps: number;
}

export interface PolicyRunOptions {
  readonly asOf: bigint;
  readonly budget?: BudgetLimits;
  readonly print?: (line: string) => void;
  readonly exemptions?: readonly ExemptionObject[];
}

/**
 * Runs every decision rule of the policy. A halt ends it: what was found until then stands, and the
 * error keeps the verdict from being `allow`. So does a built-in function that failed, and evidence that
 * a plain rule asked for in vain, for the rule may have been meant to deny; statements say of
 * themselves what they could not decide. What warns changes no decision, neither do its errors.
 */
export function evaluatePolicy(
  policy: LoadedPolicy,
  subject: Subject,
  options: PolicyRunOptions,
  evidence: RoundEvidence,
): PolicyResult {
  const { asOf, print, exemptions = [] } = options;
  const evaluation = new Evaluation(policy.compiled, {
    input: subject.input,
    data: policy.data,
    now: asOf,
    budget: new Budget(options.budget),
    evidence,
    ...(print !== undefined && { print }),
  });
  const objects = new ExemptionObjects(exemptions, policy, subject, asOf);
  const run = new PolicyRun(evaluation, subject, asOf, objects);
  run.all(policy, evidence);
  const { findings, looked, errors } = run;
  const { rules, steps } = evaluation;
  return { findings, errors: distinct(errors), looked, rules, steps };
}

type Phase = (rule: DecisionRule) => boolean;

const exemptPhase: Phase = ({ kind }) => kind === 'exempt';
const plainPhase: Phase = ({ kind, severity }) =>
  kind !== 'exempt' && kind !== 'statement' && severity === 'error';
const statementPhase: Phase = ({ kind, severity }) => kind === 'statement' && severity === 'error';
const warningPhase: Phase = ({ kind, severity }) => kind !== 'exempt' && severity === 'warning';

class PolicyRun {
  readonly findings: Finding[] = [];
  readonly looked = new Set<number>();
  readonly errors: VerdictError[] = [];
  private readonly exemptions = new Map<PackageDecisions, Exemptions>();
  private readonly evaluation: Evaluation;
  private readonly subject: Subject;
  private readonly asOf: bigint;
  private readonly objects: ExemptionObjects;
  private current: DecisionRule | undefined;

  constructor(evaluation: Evaluation, subject: Subject, asOf: bigint, objects: ExemptionObjects) {
    this.evaluation = evaluation;
    this.subject = subject;
    this.asOf = asOf;
    this.objects = objects;
  }

  all(policy: LoadedPolicy, evidence: RoundEvidence): void {
    for (const each of policy.plan.decisions) this.exemptions.set(each, new Exemptions(this.asOf));
    try {
      this.phase(policy, exemptPhase);
      this.phase(policy, plainPhase);
      this.errors.push(...[...evidence.vain.values()].map(unanswered));
      this.phase(policy, statementPhase);
      this.errors.push(...this.evaluation.errors.map(toVerdictError));
      this.phase(policy, warningPhase);
    } catch (error) {
      if (!(error instanceof Halt)) throw error;
      this.errors.push(halted(error, this.current));
    }
    for (const exemptions of this.exemptions.values()) this.errors.push(...exemptions.errors);
  }

  private phase({ identity, plan }: LoadedPolicy, belongs: Phase): void {
    for (const each of plan.decisions) {
      for (const rule of each.rules)
        if (belongs(rule)) this.rule({ package: each, rule, ...layerOf(identity, rule.source.file) });
    }
  }

  private rule(where: PackageRule): void {
    const { evaluation, subject } = this;
    const { rule, package: decisions } = where;
    this.current = rule;
    const exemptions = this.exemptions.get(decisions)!;
    const document = evaluation.document([...decisions.path, rule.name]);
    if (rule.kind === 'exempt') {
      exemptions.add(where, document, subject);
      return;
    }
    for (const finding of ruleFindings(where, document, subject))
      this.findings.push(exemptions.apply(rule.name, finding, this.objects.of(finding)));
    this.look(where);
  }

  private look({ package: { path }, rule }: PackageRule): void {
    if (rule.scopeRule === undefined) {
      for (const index of this.subject.images.keys()) this.looked.add(index);
      return;
    }
    const scope = this.evaluation.document([...path, rule.scopeRule]);
    if (scope === undefined || !isSet(scope)) return;
    for (const index of scope.items()) if (typeof index === 'number') this.looked.add(index);
  }
}

function halted({ code, message }: Halt, rule: DecisionRule | undefined): VerdictError {
  return { code, message, ...(rule !== undefined && { source: rule.source }) };
}

/** A need's key holds all of its request, keys and identities too: only the image is named. */
function unanswered({ need: { kind, request }, reason }: VainNeed): VerdictError {
  const image = isObject(request) ? request.get('image') : undefined;
  const name = image !== undefined && isObject(image) ? image.get('name') : undefined;
  const subject = typeof name === 'string' ? ` of ${name}` : '';
  const why = reason === undefined ? '' : `: ${reason}`;
  return { code: 'evidence_error', message: `evidence could not be had: ${kind}${subject}${why}` };
}

function toVerdictError({ code, message, file, line, column }: EvaluationError): VerdictError {
  return { code, message, source: { file, line, column } };
}

function distinct(errors: readonly VerdictError[]): readonly VerdictError[] {
  const seen = new Map(errors.map(error => [JSON.stringify(error), error] as const));
  return [...seen.values()];
}
