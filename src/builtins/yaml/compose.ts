import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import { type Budget, limits } from '../../base/index.ts';
import type { Value } from '../../values/index.ts';
import { BuiltinError } from '../builtin.ts';
import { chargeScan } from '../bytes.ts';
import { type Composed, type Frame, MappingFrame, SequenceFrame } from './frame.ts';
import { resolvePlain, resolveTagged } from './scalar.ts';

type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>;
type CollectionEvent = Extract<Event, { type: typeof EVENT_ID.MAPPING | typeof EVENT_ID.SEQUENCE }>;

const nowhere = -1;

/**
 * The first document of a YAML text, null where there is none; the others must be YAML too. Throws
 * BuiltinError where the text is no YAML, has no meaning in JSON, or is beyond `limits.nesting`,
 * `limits.manifestNodes` or `limits.aliasNodes`.
 */
export function parseYaml(budget: Budget, text: string): Value {
  chargeScan(budget, text.length);
  budget.charge(countMarks(text));
  return new Composer(budget, text).compose(eventsOf(text));
}

/** A tab before anything else, which YAML 1.2 takes and go-yaml does not. */
const LEADING_TAB = /^[ \r\n]*\t/u;

function eventsOf(text: string): readonly Event[] {
  if (LEADING_TAB.test(text)) fail('found character that cannot start any token');
  try {
    return parseEvents(text, { maxDepth: limits.nesting });
  } catch (error) {
    if (error instanceof YAMLException) return fail(error.reason);
    throw error;
  }
}

/** Events take far more memory than the text, and nothing new begins without one of these characters. */
function countMarks(text: string): number {
  let marks = 0;
  for (const _ of text.matchAll(/[\n\r,\-[{:?]/gu))
    if (++marks > limits.manifestNodes) return fail(`more than ${limits.manifestNodes} keys and values`);
  return marks;
}

class Composer {
  private readonly budget: Budget;
  private readonly text: string;
  private readonly frames: Frame[] = [];
  /** An anchor whose collection is still open has no value yet. */
  private readonly anchors = new Map<string, Composed | undefined>();
  private aliasNodes = 0;
  private root: Composed | undefined;

  constructor(budget: Budget, text: string) {
    this.budget = budget;
    this.text = text;
  }

  compose(events: readonly Event[]): Value {
    for (const event of events) {
      if (event.type === EVENT_ID.SCALAR) this.scalar(event);
      else if (event.type === EVENT_ID.ALIAS) this.alias(this.text.slice(event.anchorStart, event.anchorEnd));
      else if (event.type === EVENT_ID.POP && this.frames.length === 0) break;
      else if (event.type === EVENT_ID.POP) this.pop();
      else if (event.type !== EVENT_ID.DOCUMENT) this.open(event);
    }
    return this.root?.value ?? null;
  }

  private scalar(event: ScalarEvent): void {
    const text = this.textOf(event);
    const tag = this.tagOf(event);
    const plain = event.style === SCALAR_STYLE.PLAIN;
    const value =
      tag !== undefined && tag !== '!' ? resolveTagged(tag, text) : plain ? resolvePlain(text) : text;
    const composed = { value, size: 1, height: 0 };
    const anchor = this.anchorOf(event);
    if (anchor !== undefined) this.anchors.set(anchor, composed);
    const merges = text === '<<' && (tag === undefined ? plain : tag === '!!merge');
    this.put(composed, merges);
  }

  /** A block that ends with the text, and without a line break, has none for go-yaml. */
  private textOf(event: ScalarEvent): string {
    const text = getScalarValue(this.text, event);
    const isBlock = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
    const isCut = isBlock && event.valueEnd >= this.text.length && !/[\n\r]$/u.test(this.text);
    return isCut ? text.replace(/\n$/u, '') : text;
  }

  private open(event: CollectionEvent): void {
    const anchor = this.anchorOf(event);
    if (anchor !== undefined) this.anchors.set(anchor, undefined);
    this.frames.push(event.type === EVENT_ID.MAPPING ? new MappingFrame(anchor) : new SequenceFrame(anchor));
  }

  private pop(): void {
    const frame = this.frames.pop()!;
    const composed = frame.finish();
    if (composed.height > limits.nesting) fail(`nested deeper than ${limits.nesting} levels`);
    if (frame.anchor !== undefined) this.anchors.set(frame.anchor, composed);
    this.put(composed, false);
  }

  private alias(name: string): void {
    const composed = this.anchors.get(name);
    if (composed === undefined) fail(`unknown anchor '${name}' referenced`);
    this.aliasNodes += composed.size;
    if (this.aliasNodes > limits.aliasNodes) fail('document contains excessive aliasing');
    this.budget.charge(composed.size);
    this.put(composed, false);
  }

  private put(composed: Composed, merges: boolean): void {
    const frame = this.frames.at(-1);
    if (frame) frame.add(composed, merges);
    else this.root = composed;
  }

  private anchorOf(event: ScalarEvent | CollectionEvent): string | undefined {
    return event.anchorStart === nowhere ? undefined : this.text.slice(event.anchorStart, event.anchorEnd);
  }

  /** The short form of a tag, `!!int`. */
  private tagOf(event: ScalarEvent): string | undefined {
    if (event.tagStart === nowhere) return undefined;
    const tag = this.text.slice(event.tagStart, event.tagEnd);
    return tag.replace(/^!<(.*)>$/u, '$1').replace(/^tag:yaml\.org,2002:/u, '!!');
  }
}

function fail(message: string): never {
  throw new BuiltinError(`yaml: ${message}`);
}
