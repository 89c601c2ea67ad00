import { printable } from '../../base/index.ts';
import type { Verdict, Violation } from '../verdict.ts';
import {
  askedTime,
  type FormatOptions,
  filePlace,
  flatViolations,
  occurrences,
  particulars,
  policyNames,
  policyPlace,
  standing,
  summaryLine,
} from './wording.ts';

const LABELS = {
  error: '❌ error',
  indeterminate: '❔ indeterminate',
  warning: '⚠️ warning',
  exempted: '➖ exempted',
};
const DECISIONS = { allow: '✅ allow', deny: '❌ deny', indeterminate: '❔ indeterminate' };

/** For a comment on a pull request: the decision, a table of violations, what was not checked, errors. */
export function formatMarkdown(verdict: Verdict, options: FormatOptions): string {
  const policies = policyNames(verdict).map(escapeMarkdown).join(', ');
  const asOf = askedTime(verdict, options);
  const blocks = [
    `### ${DECISIONS[verdict.decision]}`,
    [
      summaryLine(verdict),
      ...(policies === '' ? [] : [`policy ${policies}`]),
      ...(asOf === undefined ? [] : [asOf]),
    ].join(' · '),
    violationTable([...verdict.images.flatMap(image => image.violations), ...flatViolations(verdict)]),
    list(
      'Not checked',
      verdict.unchecked.map(({ value, reason }) => `${code(value)}: ${escapeMarkdown(reason)}`),
    ),
    list(
      'Errors',
      verdict.errors.map(({ code: name, message }) => `${code(name)}: ${escapeMarkdown(message)}`),
    ),
  ];
  return `${blocks.filter(block => block !== '').join('\n\n')}\n`;
}

function violationTable(violations: readonly Violation[]): string {
  if (violations.length === 0) return '';
  const rows = occurrences(violations).map(({ violation, location }) => [
    LABELS[standing(violation)],
    violation.image === undefined ? '' : code(violation.image),
    location === undefined ? '' : code(filePlace(location)),
    code(violation.rule) +
      (violation.source === undefined ? '' : `<br>${code(policyPlace(violation.source))}`),
    messageCell(violation),
  ]);
  const table = [['', 'Image', 'Where', 'Rule', 'Message'], ['---', '---', '---', '---', '---'], ...rows];
  return table.map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

function messageCell(violation: Violation): string {
  const more = particulars(violation).map(([label, text]) => `<br>*${label}:* ${escapeMarkdown(text)}`);
  return escapeMarkdown(violation.message) + more.join('');
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : [`**${title}**`, '', ...items.map(item => `- ${item}`)].join('\n');
}

/** Shown letter by letter; GitHub mentions nobody in there. */
function code(text: string): string {
  return text === '' ? '' : `<code>${entities(text)}</code>`;
}

/** Text without markup, links, mentions (`@name`) and references (`#1`), which an empty comment breaks up. */
function escapeMarkdown(text: string): string {
  return entities(text).replace(/&#(?:64|35);/gu, '$&<!-- -->');
}

/** Every ASCII punctuation mark that could mean something as an entity: it can then not be markup. */
function entities(text: string): string {
  return printable(text).replace(/[!-,./:-@[-`{-~]/gu, mark => `&#${mark.charCodeAt(0)};`);
}
