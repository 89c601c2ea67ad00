import type { Literal, Term } from '../../../grammar/index.ts';
import { isAboutImageOnly } from './about-image.ts';
import { Builder } from './build.ts';
import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { message } from './message.ts';
import { defineNeeds, isUndefined } from './parameter.ts';
import { defineCondition, scopeLiterals } from './scope.ts';
import { defineRequirement, type Finding } from './violation.ts';

/** Characters of a `where` in a message. */
const WHERE_LENGTH = 200;

/**
 * `require image where { … }` lets an image pass where the body holds, `deny image where { … }` where it
 * does not.
 */
export function lowerImage(lowering: Lowering): LoweredStatement | undefined {
  const { verb, span } = lowering.statement;
  const requires = verb === 'require' || verb === 'prefer';
  const where = lowering.bodyClause('where');
  if (where !== undefined) {
    const condition = defineCondition(lowering, 'where', where, ['image']);
    return requires ? lowerRequired(lowering, condition) : lowerForbidden(lowering, condition);
  }
  if (requires) {
    lowering.report(span, 'image needs "where": what must hold of it', 'add where { … }');
    return undefined;
  }
  return defineRequirement(lowering, {
    passes: [],
    scope: scopeLiterals(lowering),
    parameters: [],
    findings: [{ literals: [], message: denied(lowering), found: lowering.at.ref('$image', 'name') }],
    otherwise: `the image is ${lowering.outcome}`,
  });
}

/** A path that is absent must not let the body hold: what `not` says of it is not known. */
function lowerRequired(lowering: Lowering, condition: Term): LoweredStatement {
  const { at } = lowering;
  const name = at.ref('$image', 'name');
  const wanted = whereText(lowering);
  const parameters = defineNeeds(
    lowering,
    lowering.needs(lowering.bodyClause('where')!, { effect: 'holds' }),
  );
  return defineRequirement(lowering, {
    passes: [[...parameters.map(({ term }) => at.defined(term)), at.expr(condition)]],
    scope: scopeLiterals(lowering),
    parameters,
    findings: [
      {
        literals: [],
        message: message(at, `%q does not satisfy ${escaped(wanted)}`, name),
        expected: at.string(wanted),
        found: name,
      },
    ],
    otherwise: `the image does not satisfy ${wanted}`,
  });
}

/**
 * A path into `data` or `input` that the body needs and that does not exist leaves the body undefined: then the
 * image is denied, unless the conditions on the image alone already except it.
 */
function lowerForbidden(lowering: Lowering, condition: Term): LoweredStatement {
  const { at } = lowering;
  const where = lowering.bodyClause('where')!;
  const parameters = defineNeeds(lowering, lowering.needs(where, { effect: 'fails' }));
  const aboutImage = where.literals.filter(
    literal =>
      isAboutImageOnly(literal) &&
      lowering.needs({ ...where, literals: [literal] }, { effect: 'fails', alone: true }).length === 0,
  );
  const given = parameters.map(({ term }) => at.defined(term));
  const excepted = parameters.length > 0 ? excepts(lowering, aboutImage) : [];
  const finding: Finding = {
    literals: [at.expr(condition)],
    message: denied(lowering, `: it satisfies ${whereText(lowering)}`),
    expected: at.string(`an image that does not satisfy ${whereText(lowering)}`),
    found: at.ref('$image', 'name'),
  };
  return defineRequirement(lowering, {
    passes: [...excepted, [...given, at.not(condition)]],
    scope: scopeLiterals(lowering),
    parameters: [],
    findings: [
      finding,
      ...parameters.map(parameter => ({
        literals: [isUndefined(parameter)],
        message: at.string(`${parameter.text} is undefined, and undecided is ${lowering.outcome}`),
      })),
    ],
    otherwise: `the image is ${lowering.outcome}`,
  });
}

/** A body that holds where the conditions on the image alone do not. */
function excepts(lowering: Lowering, literals: readonly Literal[]): readonly (readonly Literal[])[] {
  if (literals.length === 0) return [];
  const at = new Builder(literals[0]!.span);
  const body = { ...at.body(literals), literals };
  return [[at.not(defineCondition(lowering, 'about', body, ['image']))]];
}

function denied(lowering: Lowering, why = ''): Term {
  const { at } = lowering;
  return message(at, `%q is ${lowering.outcome}${escaped(why)}`, at.ref('$image', 'name'));
}

function whereText(lowering: Lowering): string {
  const body = lowering.bodyClause('where')!;
  const text = body.literals.map(literal => lowering.textOf(literal)).join('; ');
  return text.length > WHERE_LENGTH ? `${text.slice(0, WHERE_LENGTH)}…` : text;
}

/** For a text inside a format. */
function escaped(text: string): string {
  return text.replaceAll('%', '%%');
}
