import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import { limits, type SourceFile } from '../base/index.ts';
import { Branch, type Node, nowhere, sizeOf } from './branch.ts';
import { beyondLimit, Unreadable } from './problem.ts';
import { refuseOddBreaks } from './yaml-breaks.ts';
import { type Frame, MappingFrame, SequenceFrame } from './yaml-frame.ts';
import { resolvePlain } from './yaml-scalar.ts';
import { resolveTagged, standardTag, unknownTag } from './yaml-tag.ts';

type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>;
type AliasEvent = Extract<Event, { type: typeof EVENT_ID.ALIAS }>;
type CollectionEvent = Extract<Event, { type: typeof EVENT_ID.MAPPING | typeof EVENT_ID.SEQUENCE }>;

/** One document of a YAML stream; an empty one is null. */
export interface YamlDocument {
  readonly root: Node;
  readonly offset: number;
}

/**
 * The documents of a YAML or JSON text (JSON is YAML), every member with its place, a few at a time so
 * that what has been walked can be let go. Scalars are read as Kubernetes reads them, numbers exactly; keys
 * are kept as written. Throws Unreadable at the first thing that is no YAML, is read differently by different
 * readers (a key twice, an unknown tag, odd line breaks), or is beyond `limits.nesting`, `limits.documents`,
 * `limits.manifestNodes` or `limits.aliasNodes`.
 */
export function* readDocuments(source: SourceFile): Generator<YamlDocument, void> {
  const { text } = source;
  refuseFlood(text);
  refuseOddBreaks(text);
  const composer = new Composer(text);
  const length = hasDirectives(text) ? text.length : batchLength;
  for (let start = 0; start < text.length; ) {
    const end = batchEnd(text, start, length);
    yield* composer.compose(eventsOf(text, start, end));
    start = end;
  }
}

/** The parser's events take far more memory than the text: counted before they are made. */
function refuseFlood(text: string): void {
  if (text.length <= limits.manifestNodes) return;
  let marks = 0;
  for (let i = 0; i < text.length; i++) {
    if (isMark(text.charCodeAt(i)) && ++marks > limits.manifestNodes)
      throw beyondLimit('keys and values in one text', limits.manifestNodes, i);
  }
}

/** Line feed, `,` `[` `{` `:` `?` or the `-` of an item: nothing new begins without one of them. */
function isMark(unit: number): boolean {
  return (
    unit === 0x0a ||
    unit === 0x0d ||
    unit === 0x2c ||
    unit === 0x2d ||
    unit === 0x3a ||
    unit === 0x3f ||
    unit === 0x5b ||
    unit === 0x7b
  );
}

/** Characters that are parsed at one time, for the events take far more memory than what is made of them. */
const batchLength = 128 * 1024;

/** Directives stand before the `---` of their document, which is then no place to part the text. */
function hasDirectives(text: string): boolean {
  return text.includes('\n%') || text.trimStart().startsWith('%');
}

/** Where the documents that are parsed together end: before a `---` at the start of a line. */
function batchEnd(text: string, start: number, length: number): number {
  if (text.length - start <= length) return text.length;
  let at = start + length;
  while (at !== -1) {
    at = text.indexOf('\n---', at);
    if (at !== -1 && isSpace(text.charCodeAt(at + 4))) return at + 1;
    if (at !== -1) at += 4;
  }
  return text.length;
}

/** The events of a part of the text, their offsets counted from the start of the whole. */
function eventsOf(text: string, start: number, end: number): Event[] {
  try {
    const events = parseEvents(text.slice(start, end), { maxDepth: limits.nesting });
    if (start > 0) for (const event of events) shift(event, start);
    return events;
  } catch (thrown) {
    if (!(thrown instanceof YAMLException)) throw thrown;
    throw unparsable(thrown, text, start);
  }
}

function shift(event: Event, by: number): void {
  if ('start' in event) event.start = shifted(event.start, by);
  if ('valueStart' in event) {
    event.valueStart = shifted(event.valueStart, by);
    event.valueEnd = shifted(event.valueEnd, by);
  }
  if ('anchorStart' in event) {
    event.anchorStart = shifted(event.anchorStart, by);
    event.anchorEnd = shifted(event.anchorEnd, by);
  }
  if ('tagStart' in event) {
    event.tagStart = shifted(event.tagStart, by);
    event.tagEnd = shifted(event.tagEnd, by);
  }
}

function shifted(offset: number, by: number): number {
  return offset === nowhere ? nowhere : offset + by;
}

function unparsable(thrown: YAMLException, text: string, start: number): Unreadable {
  const offset = start + (thrown.mark?.position ?? 0);
  if (thrown.reason.startsWith('nesting exceeded'))
    return beyondLimit('levels of nesting', limits.nesting, offset);
  const templated = text.includes('{{');
  return new Unreadable(
    templated ? `this is a template, not YAML: ${thrown.reason}` : thrown.reason,
    offset,
    'manifest_error',
    templated ? 'send what the template renders to, for instance the output of helm template' : undefined,
  );
}

/** Makes documents of events. One document at a time is open, and in it a stack of collections. */
class Composer {
  private readonly text: string;
  private documents: YamlDocument[] = [];
  private count = 0;
  private frames: Frame[] = [];
  private anchors = new Map<string, Node | undefined>();
  private aliasNodes = 0;
  private root: Node = null;
  private rootOffset = 0;
  /** The end of what has been read: the place of a value that is not written. */
  private last = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The documents of these events. */
  compose(events: readonly Event[]): readonly YamlDocument[] {
    this.documents = [];
    for (const event of events) {
      switch (event.type) {
        case EVENT_ID.DOCUMENT:
          if (event.directives.some(directive => directive.kind === 'tag'))
            throw new Unreadable('%TAG directives are not read', this.last);
          this.anchors = new Map();
          break;
        case EVENT_ID.SCALAR:
          this.scalar(event);
          break;
        case EVENT_ID.ALIAS:
          this.alias(event);
          break;
        case EVENT_ID.POP:
          this.pop();
          break;
        default:
          this.open(event);
      }
    }
    return this.documents;
  }

  private scalar(event: ScalarEvent): void {
    const text = getScalarValue(this.text, event);
    const offset = this.scalarOffset(event);
    this.last = Math.max(this.last, event.valueEnd);
    const plain = event.style === SCALAR_STYLE.PLAIN;
    const tag = event.tagStart === nowhere ? undefined : this.text.slice(event.tagStart, event.tagEnd);
    const value = tag !== undefined ? resolveTagged(tag, text, offset) : plain ? resolvePlain(text) : text;
    this.remember(event, value);
    const merges = plain && text === '<<' && tag === undefined;
    this.put(value, offset, merges, text);
  }

  /** Where the first character of the value is; a block scalar's region may begin with blank lines. */
  private scalarOffset(event: ScalarEvent): number {
    if (event.valueStart === nowhere) return event.tagStart === nowhere ? this.last : event.tagStart;
    let offset = event.valueStart;
    if (event.style !== SCALAR_STYLE.LITERAL_BLOCK && event.style !== SCALAR_STYLE.FOLDED_BLOCK)
      return offset;
    while (offset < event.valueEnd && isSpace(this.text.charCodeAt(offset))) offset++;
    return offset;
  }

  private open(event: CollectionEvent): void {
    const expected = event.type === EVENT_ID.MAPPING ? 'map' : 'seq';
    if (event.tagStart !== nowhere) {
      const tag = this.text.slice(event.tagStart, event.tagEnd);
      if (standardTag(tag) !== expected) throw unknownTag(tag, event.tagStart);
    }
    const anchor = this.anchorOf(event);
    if (anchor !== undefined) this.anchors.set(anchor, undefined);
    const frame = event.type === EVENT_ID.MAPPING ? MappingFrame : SequenceFrame;
    this.frames.push(new frame(event.start, anchor));
  }

  private alias(event: AliasEvent): void {
    const name = this.text.slice(event.anchorStart, event.anchorEnd);
    const node = this.anchors.get(name);
    this.last = event.anchorEnd;
    if (node === undefined)
      throw new Unreadable(
        this.anchors.has(name)
          ? `the alias "*${name}" stands inside what it names`
          : `nothing is named "&${name}"`,
        event.anchorStart - 1,
      );
    this.aliasNodes += sizeOf(node);
    if (this.aliasNodes > limits.aliasNodes)
      throw beyondLimit('nodes made by aliases', limits.aliasNodes, event.anchorStart - 1);
    this.put(node, event.anchorStart - 1, false);
  }

  private pop(): void {
    const frame = this.frames.pop();
    if (frame === undefined) {
      this.closeDocument();
      return;
    }
    const branch = frame.finish();
    if (frame.anchor !== undefined) this.anchors.set(frame.anchor, branch);
    this.put(branch, frame.start, false);
  }

  private closeDocument(): void {
    if (this.root instanceof Branch && this.root.height > limits.nesting)
      throw beyondLimit('levels of nesting', limits.nesting, this.rootOffset);
    this.count++;
    if (this.count > limits.documents) throw beyondLimit('documents', limits.documents, this.rootOffset);
    this.documents.push({ root: this.root, offset: this.rootOffset });
    this.root = null;
  }

  /** `written` is the text of a scalar, which is what a key is. */
  private put(node: Node, offset: number, merges: boolean, written?: string): void {
    const frame = this.frames.at(-1);
    if (frame instanceof MappingFrame && frame.awaitsKey) frame.addKey(written ?? node, offset, merges);
    else if (frame !== undefined) frame.add(node, offset);
    else {
      this.root = node;
      this.rootOffset = offset;
    }
  }

  private remember(event: ScalarEvent, value: Node): void {
    const anchor = this.anchorOf(event);
    if (anchor !== undefined) this.anchors.set(anchor, value);
  }

  private anchorOf(event: ScalarEvent | CollectionEvent): string | undefined {
    return event.anchorStart === nowhere ? undefined : this.text.slice(event.anchorStart, event.anchorEnd);
  }
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}
