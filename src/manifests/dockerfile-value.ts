import { toImage } from '../images/index.ts';
import { ObjectBuilder, ObjectValue, type Value } from '../values/index.ts';
import type { Dockerfile, Instruction, Stage } from './dockerfile.ts';
import type { Variable } from './dockerfile-words.ts';

/** Where the text of a Dockerfile stands: it may be part of another file. */
export interface DockerfilePlace {
  readonly file: string;
  /** The line of the file for a line of the text, both 1-based. */
  readonly lineOf: (line: number) => number;
}

/** The object that a policy sees: `{kind: "Dockerfile", file, syntax, args, stages}`; see docs/language.md. */
export function dockerfileValue(dockerfile: Dockerfile, place: DockerfilePlace): Value {
  const args = new ObjectBuilder();
  for (const [name, value] of dockerfile.args) args.set(name, value);
  const object = new ObjectBuilder()
    .set('kind', 'Dockerfile')
    .set('file', place.file)
    .set('args', args.build())
    .set(
      'instructions',
      dockerfile.instructions.map(each => instructionValue(each, place)),
    );
  if (dockerfile.syntax) object.set('syntax', dockerfile.syntax.ref);
  return object
    .set(
      'stages',
      dockerfile.stages.map(stage => stageValue(stage, place)),
    )
    .build();
}

function stageValue(stage: Stage, place: DockerfilePlace): Value {
  const object = new ObjectBuilder()
    .set('from', stage.from)
    .set('base', stage.base)
    .set('line', place.lineOf(stage.line));
  const invalid = stage.base === 'image' ? toImage(stage.from).invalid : undefined;
  if (invalid !== undefined) object.set('invalid', invalid);
  if (stage.name !== undefined) object.set('name', stage.name);
  if (stage.platform !== undefined) object.set('platform', stage.platform);
  return object
    .set(
      'instructions',
      stage.instructions.map(each => instructionValue(each, place)),
    )
    .build();
}

function instructionValue(instruction: Instruction, place: DockerfilePlace): Value {
  const { name, trigger, value, words, flags, images, documents, variables, line } = instruction;
  const object = new ObjectBuilder()
    .set('instruction', name)
    .set('value', value)
    .set('words', words)
    .set(
      'flags',
      flags.map(flag => ObjectValue.of(Object.entries(flag))),
    )
    .set('images', images)
    .set('line', place.lineOf(line));
  if (trigger !== undefined) object.set('trigger', trigger);
  if (variables.length > 0) object.set('variables', variables.map(variableValue));
  if (documents.length > 0) object.set('documents', documents);
  return object.build();
}

function variableValue({ name, value }: Variable): Value {
  return ObjectValue.of(
    value === undefined
      ? [['name', name]]
      : [
          ['name', name],
          ['value', value],
        ],
  );
}
