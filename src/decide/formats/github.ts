import { visible } from '../../base/index.ts';
import type { Location, Verdict, VerdictError, Violation } from '../verdict.ts';
import {
  askedTime,
  type FormatOptions,
  flatViolations,
  occurrences,
  sentence,
  standing,
  summaryLine,
} from './wording.ts';

/**
 * Workflow commands of GitHub Actions: an annotation for each violation at each place, then a line
 * with the decision. Nothing in a text can end its annotation or begin another command.
 */
export function formatGithub(verdict: Verdict, options: FormatOptions): string {
  const violations = [...verdict.images.flatMap(image => image.violations), ...flatViolations(verdict)];
  const annotations = occurrences(violations).map(({ violation, location }) =>
    annotation(violation, location),
  );
  const errors = verdict.errors.map(errorAnnotation);
  const said = [verdict.decision, summaryLine(verdict), askedTime(verdict, options)];
  const last = `pratique: ${said.filter(text => text !== undefined).join(', ')}`;
  return `${[...annotations, ...errors, last].join('\n')}\n`;
}

function annotation(violation: Violation, location: Location | undefined): string {
  const level = { error: 'error', indeterminate: 'error', warning: 'warning', exempted: 'notice' }[
    standing(violation)
  ];
  const image = violation.image === undefined ? '' : `${violation.image}: `;
  return command(
    level,
    { file: location?.file, line: location?.line, title: violation.rule },
    image + sentence(violation),
  );
}

function errorAnnotation({ code, message, source }: VerdictError): string {
  return command('error', { file: source?.file, line: source?.line, title: code }, message);
}

type Properties = Readonly<Record<string, string | number | undefined>>;

function command(level: string, properties: Properties, message: string): string {
  const list = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${level} ${list.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
