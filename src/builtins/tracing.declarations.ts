import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, array, boolean, object, set, string } from './types.ts';

export const tracingDeclarations: readonly BuiltinDeclaration[] = [
  declare('trace', [['note', string]], ['result', boolean], 'True; leaves the note in the trace.'),
  declare(
    'print',
    [],
    ['result', boolean],
    'True; prints the operands, where printing is on. The planner writes it as internal.print.',
    { variadic: any },
  ),
  declare(
    'internal.print',
    [['operands', array(set(any))]],
    ['result', boolean],
    'True; prints a line for each combination of the values of the operands.',
  ),
  declare(
    'internal.test_case',
    [['name', array(any)]],
    ['result', boolean],
    'True; tells the test runner that a test has come to the case of this name.',
  ),
  declare(
    'opa.runtime',
    [],
    ['output', object(string, any)],
    'What the host tells of itself: its configuration, version and the like; empty where it tells nothing.',
    { nondeterministic: true },
  ),
];
