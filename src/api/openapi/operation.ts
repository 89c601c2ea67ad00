import type { Json, JsonObject } from '../../values/index.ts';
import type { ProblemCode } from '../problem.ts';

/** How the reference describes one route; schemas are named as in `components`. */
export interface Operation {
  readonly id: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly Parameter[];
  /** The schema of the body by media type. */
  readonly body?: Readonly<Record<string, BodyDescription>>;
  readonly answers: Readonly<Record<string, AnswerDescription>>;
  readonly problems: readonly ProblemCode[];
}

export interface Parameter {
  readonly name: string;
  readonly description: string;
  readonly schema: JsonObject;
  readonly repeatable?: boolean;
}

export interface BodyDescription {
  readonly schema: JsonObject;
  readonly example?: Json;
}

export interface AnswerDescription {
  readonly description: string;
  readonly content: Readonly<Record<string, JsonObject>>;
}

/** A schema of `components` by its name. */
export function ref(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}
