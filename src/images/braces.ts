/** Texts that one pattern may stand for by its choices. */
const ALTERNATIVES = 1_000;

/**
 * The texts that a text with choices stands for, in order: `a{b,c}` is `ab`, `ac`; choices may hold
 * choices and may be empty. Undefined where a brace has no partner, or the texts are more than 1,000.
 */
export function expandBraces(text: string): readonly string[] | undefined {
  if (!/[{}]/.test(text)) return [text];
  const reader = { text, at: 0 };
  const alternatives = readSequence(reader, false);
  return reader.at === text.length ? alternatives : undefined;
}

interface Reader {
  readonly text: string;
  at: number;
}

/** Reads up to the end of the text; inside a choice, up to its next `,` or its `}`. */
function readSequence(reader: Reader, inside: boolean): readonly string[] | undefined {
  let sequence: readonly string[] = [''];
  while (reader.at < reader.text.length) {
    const character = reader.text.charAt(reader.at);
    if (character === '}' || (inside && character === ',')) break;
    reader.at++;
    const part = character === '{' ? readChoice(reader) : [character];
    if (part === undefined || part.length * sequence.length > ALTERNATIVES) return undefined;
    sequence = sequence.flatMap(head => part.map(tail => head + tail));
  }
  return sequence;
}

function readChoice(reader: Reader): readonly string[] | undefined {
  const choice: string[] = [];
  while (reader.at < reader.text.length) {
    const sequence = readSequence(reader, true);
    if (sequence === undefined || choice.length + sequence.length > ALTERNATIVES) return undefined;
    choice.push(...sequence);
    const end = reader.text.charAt(reader.at++);
    if (end !== ',') return end === '}' ? choice : undefined;
  }
  return undefined;
}
