import type { Verdict } from '../verdict.ts';
import { formatGithub } from './github.ts';
import { formatJson } from './json.ts';
import { formatJunit } from './junit.ts';
import { formatMarkdown } from './markdown.ts';
import { formatPolicyReport } from './policyreport.ts';
import { formatSarif } from './sarif.ts';
import { formatText } from './text.ts';
import type { FormatOptions } from './wording.ts';

export type { FormatOptions };

interface Format {
  readonly contentType: string;
  readonly format: (verdict: Verdict, options: FormatOptions) => string;
}

const TEXT = 'text/plain; charset=utf-8';

const formats = {
  json: { contentType: 'application/json', format: formatJson },
  text: { contentType: TEXT, format: formatText },
  sarif: { contentType: 'application/sarif+json', format: formatSarif },
  junit: { contentType: 'application/xml; charset=utf-8', format: formatJunit },
  github: { contentType: TEXT, format: formatGithub },
  markdown: { contentType: 'text/markdown; charset=utf-8', format: formatMarkdown },
  policyreport: { contentType: 'application/json', format: formatPolicyReport },
} satisfies Record<string, Format>;

export type VerdictFormat = keyof typeof formats;

export const verdictFormats = Object.keys(formats) as readonly VerdictFormat[];

export function isVerdictFormat(name: string): name is VerdictFormat {
  return Object.hasOwn(formats, name);
}

export interface FormattedVerdict {
  readonly body: string;
  readonly contentType: string;
}

/** The verdict as text of a format, with its media type. */
export function formatVerdict(
  verdict: Verdict,
  format: VerdictFormat,
  options: FormatOptions = {},
): FormattedVerdict {
  const { contentType, format: write }: Format = formats[format];
  return { body: write(verdict, options), contentType };
}
