import { imageValue } from '../images/index.ts';
import { ObjectBuilder, type Value } from '../values/index.ts';
import type { Submission } from './submission.ts';

/**
 * What a policy sees as `input`: `{images, objects, context}`, and where the submission is an
 * AdmissionReview its request, as `request` and, as Gatekeeper has it, as `review`.
 */
export function toInput(submission: Submission): Value {
  const { images, objects, context, request } = submission;
  const input = new ObjectBuilder()
    .set('images', images.map(imageValue))
    .set('objects', objects)
    .set('context', context);
  if (request !== undefined) input.set('request', request).set('review', request);
  return input.build();
}
