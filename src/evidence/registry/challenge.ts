/** What a server asks for in `WWW-Authenticate`; names in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const longest = 8_192;
const schemeForm = /\s*([A-Za-z][A-Za-z0-9-]*)(?:\s+|$)/uy;
const parameterForm = /\s*([A-Za-z][A-Za-z0-9_-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))\s*/uy;
const commaForm = /\s*,/uy;

/** The challenges of a header, in order, as far as they can be read; RFC 9110, section 11. */
export function readChallenges(header: string | null): readonly Challenge[] {
  const text = header ?? '';
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  if (text.length > longest) return challenges;
  for (let at = 0; at < text.length; ) {
    const parameter = match(parameterForm, text, at);
    const current = challenges.at(-1);
    const found = parameter ?? match(schemeForm, text, at);
    if (found === undefined) break;
    if (parameter === undefined) {
      challenges.push({ scheme: found[1]!.toLowerCase(), parameters: new Map() });
      at += found[0].length;
      continue;
    }
    current?.parameters.set(parameter[1]!.toLowerCase(), textOf(parameter));
    at += parameter[0].length;
    at += match(commaForm, text, at)?.[0].length ?? 0;
  }
  return challenges;
}

function textOf([, , quoted, token]: RegExpExecArray): string {
  return token ?? quoted!.replace(/\\(.)/gu, '$1');
}

function match(form: RegExp, text: string, at: number): RegExpExecArray | undefined {
  form.lastIndex = at;
  return form.exec(text) ?? undefined;
}
