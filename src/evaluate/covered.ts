import type { Place } from '../language/index.ts';
import type { Step } from './context.ts';

/** A step that first says that it was reached. */
export function compileCovered(place: Place, step: Step): Step {
  return (context, frame) => {
    context.run.covered?.add(place);
    return step(context, frame);
  };
}
