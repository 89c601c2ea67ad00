import { displayWidth, type Paint, type PaintRole, plain, printable } from '../../base/index.ts';
import type { Decision, ImageVerdict, Verdict, Violation } from '../verdict.ts';
import {
  askedTime,
  type FormatOptions,
  filePlace,
  firstPlace,
  flatViolations,
  objectPlace,
  ofSubmission,
  particulars,
  plural,
  policyNames,
  policyPlace,
  type Standing,
  standing,
  summaryLine,
} from './wording.ts';

const ROLES: Readonly<Record<Decision | Standing, PaintRole>> = {
  allow: 'success',
  deny: 'error',
  indeterminate: 'warning',
  error: 'error',
  warning: 'warning',
  exempted: 'faint',
};

/** For people: the decision, a table of the images, then each violation with rule, places and reasons. */
export function formatText(verdict: Verdict, options: FormatOptions): string {
  const { paint = plain } = options;
  const blocks = [
    heading(verdict, options, paint),
    imageTable(verdict.images, paint),
    ...verdict.images.filter(image => image.violations.length > 0).map(image => imageBlock(image, paint)),
    flatBlock(flatViolations(verdict), paint),
    uncheckedBlock(verdict, paint),
    errorBlock(verdict, paint),
  ];
  return `${blocks.filter(block => block !== '').join('\n\n')}\n`;
}

function heading(verdict: Verdict, options: FormatOptions, paint: Paint): string {
  const decision = paint(ROLES[verdict.decision], verdict.decision.toUpperCase());
  const policies = policyNames(verdict).map(printable).join(', ');
  const asOf = askedTime(verdict, options);
  return [
    `${decision}  ${summaryLine(verdict)}`,
    ...(policies === '' ? [] : [`policy ${policies}`]),
    ...(asOf === undefined ? [] : [asOf]),
  ].join('\n');
}

function imageTable(images: readonly ImageVerdict[], paint: Paint): string {
  if (images.length === 0) return '';
  const rows = images.map(image => {
    const counts = Map.groupBy(image.violations, standing);
    const numbers = (['error', 'indeterminate', 'warning', 'exempted'] as const)
      .filter(kind => counts.has(kind))
      .map(kind => counted(counts.get(kind)!.length, kind));
    const common = ofSubmission(image) === undefined ? [] : ['see below'];
    return [
      image.decision,
      printable(image.ref),
      printable(firstPlace(image)),
      [...numbers, ...common].join(', '),
    ];
  });
  const header = ['DECISION', 'IMAGE', 'WHERE', 'VIOLATIONS'];
  const widths = header.map((title, i) =>
    Math.max(displayWidth(title), ...rows.map(row => displayWidth(row[i]!))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => pad(cell, widths[i]!))
      .join('  ')
      .trimEnd();
  return [
    paint('faint', line(header)),
    ...rows.map((row, i) => {
      const { decision } = images[i]!;
      return paint(ROLES[decision], decision) + line(row).slice(decision.length);
    }),
  ].join('\n');
}

function imageBlock(image: ImageVerdict, paint: Paint): string {
  const normalised =
    image.name === undefined || image.name === image.ref ? '' : `  (${printable(image.name)})`;
  const title = `image ${paint('strong', printable(image.ref))}${paint('faint', normalised)}`;
  return [title, ...image.violations.flatMap(violation => violationLines(violation, paint))].join('\n');
}

/** What belongs to no image, which is why it counts for all of them. */
function flatBlock(violations: readonly Violation[], paint: Paint): string {
  if (violations.length === 0) return '';
  const counts = violations.some(violation => ['error', 'indeterminate'].includes(standing(violation)));
  const title = `submission${counts ? paint('faint', '  (names no image of it, so that none is allowed)') : ''}`;
  return [title, ...violations.flatMap(violation => violationLines(violation, paint))].join('\n');
}

/** Every line begins with a word of ours, so that no text of the policy's passes for another line. */
function violationLines(violation: Violation, paint: Paint): readonly string[] {
  const kind = standing(violation);
  const place = policyPlace(violation.source);
  const details: (readonly [string, string])[] = [['message', violation.message], ...particulars(violation)];
  for (const location of violation.locations ?? []) {
    const at = [filePlace(location), objectPlace(location)].filter(text => text !== '').join('  ');
    if (at !== '') details.push(['at', at]);
  }
  const title = violation.title === undefined ? '' : `  ${printable(violation.title)}`;
  return [
    `  ${paint(ROLES[kind], kind)}  ${printable(violation.rule)}  ${paint('place', printable(place))}${title}`.trimEnd(),
    ...details.map(([label, text]) => `    ${paint('faint', label.padEnd(8))}  ${printable(text)}`),
  ];
}

function uncheckedBlock({ unchecked }: Verdict, paint: Paint): string {
  if (unchecked.length === 0) return '';
  const lines = unchecked.map(({ kind, value, file, line, path, reason }) => {
    const place = file === undefined ? (path ?? '') : `${file}${line === undefined ? '' : `:${line}`}`;
    return `  ${kind}  ${printable(value)}  ${paint('place', printable(place))}  ${printable(reason)}`;
  });
  return ['unchecked', ...lines].join('\n');
}

function errorBlock({ errors }: Verdict, paint: Paint): string {
  if (errors.length === 0) return '';
  const lines = errors.map(({ code, message, source }) => {
    const place = policyPlace(source);
    return `  ${paint('error', code)}  ${printable(message)}${place === '' ? '' : `  ${printable(place)}`}`;
  });
  return ['errors', ...lines].join('\n');
}

function counted(count: number, kind: Standing): string {
  return kind === 'error' || kind === 'warning' ? plural(count, kind) : `${count} ${kind}`;
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}
