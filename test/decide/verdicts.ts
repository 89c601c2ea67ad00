import type { ImageVerdict, Location, Verdict, Violation } from '../../src/decide/index.ts';

/** What somebody might write into a reference or a message to break out of a format. */
export const hostile =
  'a|b `c` <script>alert("x")</script> & \'q\' ]]> --> %0A ::error::x,y\r\n::stop-commands::t\n##[error]z @acme/team #12 \u001b[31m\u0000\u202e\ufffe **bold** [l](https://evil.example) www.evil.example';

export const location: Location = {
  file: 'deploy/web.yaml',
  line: 19,
  pointer: '/0/spec/template/spec/containers/0/image',
  object: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' },
  container: 'web',
  container_type: 'container',
};

export function violation(more: Partial<Violation> = {}): Violation {
  return {
    rule: 'acme.production.deny_tag',
    title: 'Production images',
    severity: 'error',
    indeterminate: false,
    message: 'tag "latest" is denied',
    because: 'a tag that moves cannot be rolled back',
    expected: 'a tag that matches none of latest',
    found: 'latest',
    source: { file: 'production.policy', line: 9, column: 1 },
    image: 'nginx',
    locations: [location],
    exempted: null,
    fix: { description: 'pin the digest' },
    ...more,
  };
}

export function imageVerdict(more: Partial<ImageVerdict> = {}): ImageVerdict {
  return {
    ref: 'nginx',
    name: 'docker.io/library/nginx:latest',
    decision: 'deny',
    locations: [location],
    violations: [violation()],
    evidence: [],
    ...more,
  };
}

/** A verdict on these images, flat violations behind theirs. */
export function verdict(images: readonly ImageVerdict[], more: Partial<Verdict> = {}): Verdict {
  const count = (decision: string) => images.filter(image => image.decision === decision).length;
  return {
    decision_id: '01J-Test',
    decision: 'deny',
    as_of: '2026-11-20T00:00:00Z',
    policy: [{ name: 'acme/production', version: 7, digest: 'sha256:0', channel: 'stable' }],
    summary: {
      images: images.length,
      allowed: count('allow'),
      denied: count('deny'),
      indeterminate: count('indeterminate'),
      warnings: 0,
      exempted: 0,
    },
    images,
    violations: images.flatMap(image => image.violations),
    unchecked: [],
    errors: [],
    cost: { rules: 1, steps: 1, rounds: 1, evaluate_us: 1 },
    ...more,
  };
}

/** Every field that a text of somebody else's reaches, hostile. */
export function hostileVerdict(text = hostile): Verdict {
  const bad = violation({
    rule: text,
    title: text,
    message: text,
    because: text,
    expected: text,
    found: text,
    fix: { description: text },
    details: { [text]: text },
    source: { file: text, line: 1, column: 1 },
    image: text,
    locations: [{ file: text, line: 1, container: text, object: { kind: text, name: text } }],
  });
  const exempted = violation({
    image: text,
    exempted: { until: text, because: text, source: bad.source! },
  });
  const flat = violation({ rule: 'acme.flat', message: text });
  const { image: _image, locations: _locations, ...unattached } = flat;
  const image = imageVerdict({
    ref: text,
    name: text,
    locations: bad.locations!,
    violations: [bad, exempted],
  });
  return verdict([image], {
    policy: [{ name: text, digest: 'sha256:0' }],
    violations: [bad, exempted, unattached],
    unchecked: [{ kind: 'field', value: text, file: text, line: 1, path: text, reason: text }],
    errors: [{ code: 'eval_conflict_error', message: text, source: bad.source! }],
  });
}
