import type { ContainerType } from '../images/index.ts';
import { type Extractor, speaksOf } from './extractor.ts';

/** A step in the paths of extractors, those that begin alike sharing it. */
interface FieldStep {
  readonly keys: Map<string, FieldStep>;
  /** Where `*` leads. */
  any: FieldStep | undefined;
  /** Where `**` leads; such a step stays with everything below it. */
  deep: FieldStep | undefined;
  readonly stays: boolean;
  /** Set where a path ends. */
  type: ContainerType | undefined;
}

/** The steps that a walk is at, at one place of a document. */
export type FieldState = readonly FieldStep[];

/** Compiles extractors to steps, and follows them down a document. */
export class FieldPaths {
  private readonly extractors: readonly Extractor[];
  private readonly everywhere: FieldState;
  private readonly byKind = new Map<string, FieldState>();

  constructor(extractors: readonly Extractor[]) {
    this.extractors = extractors;
    this.everywhere = stateOf(extractors.filter(isUniversal));
  }

  /** The state at the root of a document. */
  start(): FieldState {
    return this.everywhere;
  }

  /** The state with the paths added that are for objects of this kind. */
  enter(state: FieldState, apiVersion: string, kind: string): FieldState {
    const key = `${apiVersion} ${kind}`;
    let own = this.byKind.get(key);
    if (own === undefined) {
      const isMeant = (extractor: Extractor) =>
        !isUniversal(extractor) && speaksOf(extractor, apiVersion, kind);
      own = stateOf(this.extractors.filter(isMeant));
      this.byKind.set(key, own);
    }
    return own.length === 0 ? state : [...state, ...own];
  }
}

/** The state below a key; the same state, not a copy, where nothing has changed. */
export function descend(state: FieldState, key: string): FieldState {
  if (state.every(step => step.stays && step.any === undefined && !step.keys.has(key))) return state;
  const next: FieldStep[] = [];
  for (const step of state) {
    if (step.stays && !next.includes(step)) next.push(step);
    const child = step.keys.get(key);
    if (child) reach(child, next);
    if (step.any) reach(step.any, next);
  }
  return next;
}

/** The type of image that the state has arrived at; undefined where it names none. */
export function typeAt(state: FieldState): ContainerType | undefined {
  for (const step of state) if (step.type !== undefined) return step.type;
  return undefined;
}

function isUniversal(extractor: Extractor): boolean {
  return extractor.apiVersion === undefined && extractor.kinds === undefined;
}

function stateOf(extractors: readonly Extractor[]): FieldState {
  const root = newStep(false);
  for (const extractor of extractors)
    for (const path of extractor.paths) {
      let step = root;
      for (const key of path.split('.')) step = grow(step, key);
      step.type ??= extractor.container_type;
    }
  const state: FieldStep[] = [];
  reach(root, state);
  return state.filter(step => step.stays || step.any !== undefined || step.keys.size > 0);
}

function grow(step: FieldStep, key: string): FieldStep {
  if (key === '*') {
    step.any ??= newStep(false);
    return step.any;
  }
  if (key === '**') {
    step.deep ??= newStep(true);
    return step.deep;
  }
  let child = step.keys.get(key);
  if (child === undefined) {
    child = newStep(false);
    step.keys.set(key, child);
  }
  return child;
}

function newStep(stays: boolean): FieldStep {
  return { keys: new Map(), any: undefined, deep: undefined, stays, type: undefined };
}

/** `**` may be no key at all, so its step is reached together with the one before it. */
function reach(step: FieldStep, state: FieldStep[]): void {
  if (!state.includes(step)) state.push(step);
  if (step.deep && !state.includes(step.deep)) state.push(step.deep);
}
