import type { Json } from '../../src/values/index.ts';
import { folders, metadataOf, type PolicyCase, statementsOf } from './library.ts';

/** How the table of attacks is put to one policy that has an allow-list. */
export interface AllowList {
  readonly folder: string;
  /** `data.parameters` that let in what the patterns say and nothing else. */
  readonly parameters: (patterns: readonly string[]) => Json;
  /** What is decided, for an image that is attacked with. */
  readonly submission: (ref: string) => Partial<PolicyCase>;
  /** Errors of evaluation that an attack may lead to; none where absent. */
  readonly errors?: RegExp;
}

/** For policies that want more than a list of patterns and an image. */
const special: Readonly<Record<string, Partial<AllowList>>> = {
  'base/allowed-base': {
    submission: ref => ({
      images: ['registry.acme.io/web/api:1'],
      answers: { base: { '*': { status: 'found', images: [ref] } } },
    }),
    // What an image says of its base may be no reference; one that is submitted is refused before.
    errors: /^invalid image reference: /u,
  },
  'registries/namespace-registries': {
    parameters: patterns => ({ namespace_registries: { '*': [...patterns] } }),
  },
  'registries/team-registries': {
    parameters: patterns => ({ team_registries: { web: [...patterns] } }),
    submission: ref => ({ images: [ref], context: { team: 'web' } }),
  },
};

/** Those of which METADATA names the parameter that holds the list, as `custom.allow_list`. */
export const allowLists: readonly AllowList[] = folders.flatMap(folder => {
  const parameter = metadataOf(folder)?.allow_list;
  if (parameter === undefined) return [];
  return [
    {
      folder,
      parameters: patterns => ({ [parameter]: [...patterns] }),
      submission: ref => ({ images: [ref] }),
      ...special[folder],
    },
  ];
});

/** Policies that let in by a list: they say so, by a statement or by the name of a parameter. */
export const policiesWithLists: readonly string[] = folders.filter(
  folder =>
    statementsOf(folder).some(
      ({ verb, noun }) => verb === 'allow' && (noun === 'registry' || noun === 'base'),
    ) ||
    Object.keys(metadataOf(folder)?.parameters ?? {}).some(name =>
      /^(?:allowed|approved|trusted)_/u.test(name),
    ),
);
