import { isArray, isObject, type Value } from '../../values/index.ts';
import { type Assertion, readAssertion } from './assertion.ts';
import { fieldAt, itemsAt, textAt, textsAt } from './fields.ts';
import { groupVersion } from './kubernetes-object.ts';
import { type Read, unusable, usable } from './read.ts';

/** A file of tests, as `gator verify` reads them; paths are relative to it. */
export interface Suite {
  readonly name: string;
  readonly skip: boolean;
  readonly tests: readonly SuiteTest[];
}

/** A template and a constraint of it. */
export interface SuiteTest {
  readonly name: string;
  readonly skip: boolean;
  /** Empty where the suite does not say. */
  readonly template: string;
  readonly constraint: string;
  /** Whether the constraint must not fit the template's schema; there are no cases then. */
  readonly invalid: boolean;
  readonly cases: readonly SuiteCase[];
  /** What of the test cannot be used. */
  readonly problems: readonly string[];
}

export interface SuiteCase {
  readonly name: string;
  readonly skip: boolean;
  readonly object: string;
  readonly inventory: readonly string[];
  readonly assertions: readonly Assertion[];
  readonly problems: readonly string[];
}

/** Whether an object is a suite at all. */
export function isSuite(value: Value): boolean {
  const { group } = groupVersion(textAt(value, 'apiVersion'));
  return group === 'test.gatekeeper.sh' && textAt(value, 'kind') === 'Suite';
}

/** Reads a suite; what is wrong with one test or case stands with it, so that the others can run. */
export function readSuite(value: Value): Read<Suite> {
  if (!isSuite(value)) return unusable('this is no Suite of test.gatekeeper.sh');
  const tests = fieldAt(value, 'tests') ?? null;
  if (tests !== null && !isArray(tests)) return unusable('tests must be a list');
  const name = textAt(value, 'metadata', 'name');
  return usable({ name, skip: fieldAt(value, 'skip') === true, tests: (tests ?? []).map(readTest) });
}

function readTest(value: Value): SuiteTest {
  const template = textAt(value, 'template');
  const constraint = textAt(value, 'constraint');
  return {
    name: textAt(value, 'name'),
    skip: fieldAt(value, 'skip') === true,
    template,
    constraint,
    invalid: fieldAt(value, 'invalid') === true,
    cases: itemsAt(value, 'cases').map(readCase),
    problems: [
      ...listProblems(value, 'cases'),
      ...(template === '' ? ['the test names no template'] : []),
      ...(constraint === '' ? ['the test names no constraint'] : []),
      ...expansionProblems(value),
    ],
  };
}

function readCase(value: Value): SuiteCase {
  const object = textAt(value, 'object');
  const assertions = itemsAt(value, 'assertions').map(readAssertion);
  return {
    name: textAt(value, 'name'),
    skip: fieldAt(value, 'skip') === true,
    object,
    inventory: textsAt(value, 'inventory'),
    assertions: assertions.flatMap(({ value: assertion }) => (assertion === undefined ? [] : [assertion])),
    problems: [
      ...listProblems(value, 'inventory'),
      ...listProblems(value, 'assertions'),
      ...(object === '' ? ['the case names no object'] : []),
      ...expansionProblems(value),
      ...assertions.flatMap(({ problems }) => problems),
    ],
  };
}

function listProblems(value: Value, name: string): readonly string[] {
  const list = fieldAt(value, name) ?? null;
  return list === null || isArray(list) ? [] : [`${name} must be a list`];
}

function expansionProblems(value: Value): readonly string[] {
  return isObject(value) && value.has('expansion') ? ['expansion of objects is not supported'] : [];
}
