import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../../src/base/index.ts';
import { checkPolicy } from '../../../src/language/index.ts';

function messages(text: string, version: 'v0' | 'v1' = 'v1'): string[] {
  const { diagnostics } = checkPolicy([{ source: new SourceFile('p.rego', text), version }]);
  return diagnostics.map(({ message }) => message);
}

describe('functions of our own', () => {
  it('are not hidden by a variable named as they begin', () => {
    const rule =
      'deny contains image.ref if { some image in input.images; image.matches(image, "docker.io/**") }';
    expect(messages(`package p\n${rule}`)).toEqual([]);
  });

  it("OPA's are, as under OPA", () => {
    const rule = 'p contains json if { some json in input.texts; x := json.unmarshal(json); x == 1 }';
    expect(messages(`package p\n${rule}`)).not.toEqual([]);
  });
});

describe('a rule that is called without arguments', () => {
  it('may be, where its type is not known', () => {
    expect(messages('package p\nr() = out { out = input.x }\ns { r() == 1 }', 'v0')).toEqual([]);
  });

  it('may not be, where it is', () => {
    expect(messages('package p\nr() = 2 { true }\ns { r() == 2 }', 'v0')).toEqual([
      'undefined function data.p.r',
    ]);
  });
});
