import type { ObjectIdentity } from '../../images/index.ts';
import type { ImageVerdict, Location, Verdict, Violation } from '../verdict.ts';
import { writeJson } from './json.ts';
import {
  flatViolations,
  occurrences,
  ofSubmission,
  particulars,
  policyPlace,
  type Standing,
  standing,
} from './wording.ts';

const RESULTS: Readonly<Record<Standing, string>> = {
  error: 'fail',
  indeterminate: 'error',
  warning: 'warn',
  exempted: 'skip',
};

interface ReportResult {
  readonly policy: string;
  readonly rule?: string;
  readonly result: string;
  readonly severity?: string;
  readonly category?: string;
  readonly message?: string;
  readonly source: string;
  readonly resources?: readonly ObjectIdentity[];
  readonly properties?: Readonly<Record<string, string>>;
}

/**
 * A ClusterPolicyReport of wgpolicyk8s.io/v1alpha2 as JSON, which kubectl reads as well as YAML. An image
 * without violations is one result of each policy: `pass` where it is allowed.
 */
export function formatPolicyReport(verdict: Verdict): string {
  const results: readonly ReportResult[] = [
    ...verdict.images.flatMap(image =>
      image.violations.length === 0 ? bare(image, verdict) : fails(image, verdict),
    ),
    ...flatViolations(verdict).map(violation => failure(violation, undefined, verdict)),
    ...verdict.errors.map(({ code, message }) => ({
      policy: 'pratique',
      rule: code,
      result: 'error',
      message,
      source: 'pratique',
    })),
  ];
  const count = (result: string) => results.filter(other => other.result === result).length;
  const report = {
    apiVersion: 'wgpolicyk8s.io/v1alpha2',
    kind: 'ClusterPolicyReport',
    metadata: {
      name: reportName(verdict.decision_id),
      labels: { 'app.kubernetes.io/managed-by': 'pratique' },
    },
    summary: {
      pass: count('pass'),
      fail: count('fail'),
      warn: count('warn'),
      error: count('error'),
      skip: count('skip'),
    },
    results,
  };
  return writeJson(report);
}

function bare(image: ImageVerdict, verdict: Verdict): readonly ReportResult[] {
  const resources = image.locations.flatMap(resource);
  const result = { allow: 'pass', deny: 'fail', indeterminate: 'error' }[image.decision];
  const message = ofSubmission(image);
  return verdict.policy.map(({ name }) => ({
    policy: name,
    result,
    ...(message !== undefined && { message }),
    source: 'pratique',
    ...(resources.length > 0 && { resources }),
    properties: { image: image.ref },
  }));
}

function fails(image: ImageVerdict, verdict: Verdict): readonly ReportResult[] {
  return occurrences(image.violations).map(({ violation, location }) =>
    failure(violation, location, verdict),
  );
}

function failure(violation: Violation, location: Location | undefined, verdict: Verdict): ReportResult {
  const { rule, severity, message, title, image, source } = violation;
  const resources = location === undefined ? [] : resource(location);
  const properties = Object.fromEntries([
    ...(image === undefined ? [] : [['image', image]]),
    ...(location?.container === undefined ? [] : [['container', location.container]]),
    ...(source === undefined ? [] : [['source', policyPlace(source)]]),
    ...particulars(violation),
  ]) as Readonly<Record<string, string>>;
  return {
    policy: policyOf(verdict),
    rule,
    result: RESULTS[standing(violation)],
    severity: severity === 'error' ? 'high' : 'low',
    ...(title !== undefined && { category: title }),
    message,
    source: 'pratique',
    ...(resources.length > 0 && { resources }),
    properties,
  };
}

/** A rule does not say which policy it is of; where there are several, all are named. */
function policyOf({ policy }: Verdict): string {
  return policy.map(({ name }) => name).join(', ') || 'pratique';
}

function resource({ object }: Location) {
  if (object?.kind === undefined) return [];
  const { apiVersion, kind, name, namespace } = object;
  return [
    {
      ...(apiVersion !== undefined && { apiVersion }),
      kind,
      ...(name !== undefined && { name }),
      ...(namespace !== undefined && { namespace }),
    },
  ];
}

/** A DNS subdomain name out of the decision's id. */
function reportName(id: string): string {
  const label = id
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, 50);
  return `pratique-${label}`.replace(/-+$/u, '');
}
