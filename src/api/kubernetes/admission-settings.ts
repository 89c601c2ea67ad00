import * as z from 'zod';
import type { LoadedPolicy } from '../../decide/index.ts';
import { isObject, toJson } from '../../values/index.ts';

const names = z.array(z.string().min(1));

const breakGlass = z
  .strictObject({
    /** The annotation by which an object asks to be let in; its value is the reason. */
    annotation: z.string().min(1),
    users: names.optional(),
    groups: names.optional(),
  })
  .refine(({ users, groups }) => users !== undefined || groups !== undefined, {
    message: 'say who may: users or groups',
  });

const settings = z.strictObject({
  unchanged_images: z.enum(['decide', 'allow']).default('decide'),
  exempt_namespaces: names.default([]),
  break_glass: breakGlass.optional(),
});

/** What a policy says at `data.pratique.admission`; see docs/kubernetes.md. */
export type AdmissionSettings = z.output<typeof settings>;

/** The settings of a policy, or a sentence on what is wrong with them. */
export function admissionSettings({ data, identity }: LoadedPolicy): AdmissionSettings | string {
  const pratique = data.get('pratique');
  const value = pratique !== undefined && isObject(pratique) ? pratique.get('admission') : undefined;
  const result = settings.safeParse(value === undefined ? {} : toJson(value));
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  return `data.pratique.admission of ${identity.name}: ${[...path, message].join(': ')}`;
}
