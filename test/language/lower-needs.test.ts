import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/values/index.ts';
import { denials, judge } from './statements.ts';

const bad = { registry: 'evil.example' };

/** Each lets nginx pass with the data given, and denies it without. */
const policies: readonly (readonly [policy: string, data: Json])[] = [
  ['deny image where { is_bad(image) }\n\nis_bad(i) if i.registry == data.bad.registry', { bad }],
  ['deny image where { is_bad(image) }\n\nis_bad(i) := i.registry == data.bad.registry', { bad }],
  [
    'deny image where { is_bad(image) }\n\ndefault is_bad(_) := false\n\nis_bad(i) if i.registry == data.bad.registry',
    { bad },
  ],
  [
    'deny image where { outer(image) }\n\nouter(i) if is_bad(i)\n\nis_bad(i) if i.registry == data.bad.registry',
    { bad },
  ],
  ['deny image where { image.registry in bad }\n\nbad contains x if some x in data.list', { list: ['x'] }],
  ['deny image where { image.registry in bad }\n\nbad := {x | some x in data.list}', { list: ['x'] }],
  ['deny image where { bad[image.registry] }\n\nbad[x] := true if some x in data.list', { list: ['x'] }],
  ['deny image where { data.bad[image.registry] }', { bad }],
  ['deny image where { count([x | some x in data.list; x == image.registry]) > 0 }', { list: ['x'] }],
  ['deny image where { not is_good(image) }\n\nis_good(i) if not i.registry in data.list', { list: ['x'] }],
  ['import data.lists\n\ndeny image where { image.registry in lists.bad }', { lists: { bad: ['x'] } }],
  ['deny registry {x | some x in data.list}', { list: ['ghcr.io'] }],
  ['deny registry [x | some x in data.list; not x in data.less]', { list: ['ghcr.io'], less: [] }],
  ['deny registry "quay.io", {x | some x in data.list}', { list: ['ghcr.io'] }],
  ['deny registry bad\n\nbad contains x if some x in data.list', { list: ['ghcr.io'] }],
  ['deny registry bad\n\nbad := [x | some x in data.list]', { list: ['ghcr.io'] }],
  ['deny registry bad_of("a")\n\nbad_of(k) := {x | some x in data.list[k]}', { list: { a: ['ghcr.io'] } }],
  ['deny tag {t | some t in data.list}', { list: ['latest'] }],
  ['warn registry {x | some x in data.list}', { list: ['ghcr.io'] }],
  ['deny registry "docker.io" for {x | some x in data.list}', { list: ['ghcr.io'] }],
  ['require image where { not image.registry in data.list }', { list: ['ghcr.io'] }],
  [
    'require image where { not is_bad(image) }\n\nis_bad(i) if i.registry in data.list',
    { list: ['ghcr.io'] },
  ],
  [
    'require image where { every x in bad { x != image.registry } }\n\nbad contains x if some x in data.list',
    { list: ['x'] },
  ],
  ['deny registry "docker.io" unless { not image.registry in data.list }', { list: ['ghcr.io'] }],
  [
    'require digest unless { not is_bad(image) }\n\nis_bad(i) if i.registry in data.list',
    { list: ['ghcr.io'] },
  ],
];

describe.each(policies)('%s', (policy, data) => {
  const text = `package p\n\n${policy}\n`;

  it('lets pass what the data lets pass', () => {
    expect(denials(text, ['nginx:1'], { data })).toEqual([]);
  });

  it('does not where there is no data', () => {
    expect(denials(text, ['nginx:1'])).toHaveLength(1);
  });
});

describe('an absent path', () => {
  it('is named, wherever it stands', () => {
    const policy =
      'deny image where { is_bad(image) }\n\nis_bad(i) if i.registry == data.bad["the-registry"]';
    expect(judge(policy, ['nginx'])[0]).toMatchObject({
      message: 'data.bad["the-registry"] is undefined, and undecided is denied',
    });
  });

  it('in the rules of another package', () => {
    const helpers = 'package lib\n\nis_bad(i) if i.registry == data.bad.registry\n';
    for (const call of ['data.lib.is_bad(image)', 'lib.is_bad(image)']) {
      const policy = `package p\n\nimport data.lib\n\ndeny image where { ${call}; lib }\n`;
      expect(denials([policy, helpers], ['nginx'])).toEqual(['deny_image nginx']);
      expect(denials([policy, helpers], ['nginx'], { data: { bad } })).toEqual([]);
    }
  });

  it('may be absent where a rule says what is so then', () => {
    const policy = 'deny registry bad\n\ndefault bad := ["ghcr.io"]\n\nbad := data.list';
    expect(denials(policy, ['nginx', 'ghcr.io/a/b'])).toEqual(['deny_registry ghcr.io/a/b']);
    const chosen =
      'deny image where { is_bad(image) }\n\nis_bad(i) if i.registry in data.list\nelse := i.registry == "ghcr.io"';
    expect(denials(chosen, ['nginx', 'ghcr.io/a/b'])).toEqual(['deny_image ghcr.io/a/b']);
    const asked = 'deny registry {x | some x in object.get(input.context, "list", [])}';
    expect(denials(asked, ['nginx'])).toEqual([]);
  });

  it('may be absent where it asks whether something is so', () => {
    expect(denials('deny image where { input.context.frozen }', ['nginx'])).toEqual([]);
    expect(denials('deny image where { frozen }\n\nfrozen if input.context.frozen', ['nginx'])).toEqual([]);
  });

  it('exempts nothing', () => {
    const exempt = (clause: string) =>
      `deny tag "latest"\nexempt "nginx" from deny_tag ${clause} until "2027-01-31" because "x"`;
    for (const clause of [
      'if { not image.registry in data.list }',
      'unless { image.registry in data.list }',
    ]) {
      expect(denials(exempt(clause), ['nginx'])).toEqual(['deny_tag nginx']);
      expect(denials(exempt(clause), ['nginx'], { data: { list: [] } })).toHaveLength(2);
    }
    const listed =
      'deny tag "latest"\nexempt [x | some x in data.list] from deny_tag until "2027-01-31" because "x"';
    expect(denials(listed, ['nginx'])).toEqual(['deny_tag nginx']);
  });
});
