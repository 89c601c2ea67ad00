import type { Value } from '../values/index.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { asObject, asString } from './operands.ts';
import { templateFunctions } from './template-functions.ts';
import type { Branch, Command, Operand, Pipeline, Template, TemplateNode } from './template-nodes.ts';
import { parseTemplate } from './template-parser.ts';
import {
  assertPlain,
  isList,
  isMap,
  isTrue,
  type Meter,
  printValue,
  type TemplateValue,
} from './template-values.ts';
import { chargeSteps, textMeter } from './text.ts';

export const templateFamily: Readonly<Record<string, BuiltinFunction>> = {
  'strings.render_template': render,
};

/** Templates inside one another, by `{{template}}`. */
const maxDepth = 100;

function render(context: BuiltinContext, text: Value, variables: Value): Value {
  const source = asString(text, 1);
  const data = asObject(variables, 2);
  assertPlain(context, data);
  const execution = new Execution(context, parseTemplate(source));
  return execution.run(data).replaceAll('<no value>', '<undefined>');
}

interface Variable {
  readonly name: string;
  value: TemplateValue;
}

/** How a list of nodes ended: by its end, or by a `{{break}}` or `{{continue}}`. */
type Ending = 'end' | 'break' | 'continue';

class Execution {
  private readonly context: BuiltinContext;
  private readonly template: Template;
  private readonly meter: Meter;
  private variables: Variable[] = [];
  private output = '';
  private depth = 0;

  constructor(context: BuiltinContext, template: Template) {
    this.context = context;
    this.template = template;
    this.meter = textMeter(context.budget);
  }

  run(data: TemplateValue): string {
    this.variables = [{ name: '$', value: data }];
    this.nodes(this.template.main, data);
    return this.output;
  }

  private nodes(nodes: readonly TemplateNode[], dot: TemplateValue): Ending {
    for (const node of nodes) {
      const ending = this.node(node, dot);
      if (ending !== 'end') return ending;
    }
    return 'end';
  }

  private node(node: TemplateNode, dot: TemplateValue): Ending {
    chargeSteps(this.context.budget, 1);
    switch (node.kind) {
      case 'text':
        this.write(node.text);
        return 'end';
      case 'action': {
        const value = this.pipeline(node.pipeline, dot);
        if (node.pipeline.variables.length === 0) this.writeValue(value);
        return 'end';
      }
      case 'template':
        this.invoke(node.name, node.pipeline && this.pipeline(node.pipeline, dot));
        return 'end';
      case 'break':
      case 'continue':
        return node.kind;
      default:
        return this.branch(node, dot);
    }
  }

  private branch(node: Branch, dot: TemplateValue): Ending {
    const known = this.variables.length;
    const ending = node.kind === 'range' ? this.range(node, dot) : this.choose(node, dot);
    this.variables.length = known;
    return ending;
  }

  private choose(node: Branch, dot: TemplateValue): Ending {
    const value = this.pipeline(node.pipeline, dot);
    if (!isTrue(value)) return this.nodes(node.otherwise, dot);
    return this.nodes(node.body, node.kind === 'with' ? value : dot);
  }

  private range(node: Branch, dot: TemplateValue): Ending {
    const over = this.pipelineValue(node.pipeline, dot);
    const names = node.pipeline.variables;
    let empty = true;
    for (const [key, item] of entriesOf(over)) {
      chargeSteps(this.context.budget, 1);
      empty = false;
      const known = this.variables.length;
      // One variable is the element; of two the first is its index or key.
      if (names.length > 1) this.bind(node.pipeline, names[0]!, key);
      if (names.length > 0) this.bind(node.pipeline, names.at(-1)!, item);
      const ending = this.nodes(node.body, item);
      this.variables.length = known;
      if (ending === 'break') break;
    }
    return empty ? this.nodes(node.otherwise, dot) : 'end';
  }

  private invoke(name: string, dot: TemplateValue): void {
    const body = this.template.named.get(name);
    if (body === undefined) throw new BuiltinError(`template: template ${JSON.stringify(name)} not defined`);
    if (++this.depth > maxDepth) throw new BuiltinError('template: exceeded maximum template depth');
    const outer = this.variables;
    this.variables = [{ name: '$', value: dot }];
    this.nodes(body, dot);
    this.variables = outer;
    this.depth--;
  }

  private pipeline(pipeline: Pipeline, dot: TemplateValue): TemplateValue {
    const value = this.pipelineValue(pipeline, dot);
    for (const name of pipeline.variables) this.bind(pipeline, name, value);
    return value;
  }

  private pipelineValue(pipeline: Pipeline, dot: TemplateValue): TemplateValue {
    let final: readonly TemplateValue[] = [];
    for (const command of pipeline.commands) final = [this.command(command, dot, final)];
    return final[0];
  }

  private bind(pipeline: Pipeline, name: string, value: TemplateValue): void {
    if (pipeline.assigns) this.variable(name).value = value;
    else this.variables.push({ name, value });
  }

  private variable(name: string): Variable {
    const found = this.variables.findLast(variable => variable.name === name);
    if (found === undefined) throw new BuiltinError(`template: undefined variable ${name}`);
    return found;
  }

  /** `final` holds the result of the command before it in the pipeline, where there is one. */
  private command(command: Command, dot: TemplateValue, final: readonly TemplateValue[]): TemplateValue {
    chargeSteps(this.context.budget, 1);
    const [first, ...rest] = command;
    if (first!.kind === 'function') return this.call(first!.name, rest, dot, final);
    if (rest.length > 0 || final.length > 0) {
      throw new BuiltinError("template: can't give argument to non-function");
    }
    return this.operand(first!, dot);
  }

  private call(
    name: string,
    operands: readonly Operand[],
    dot: TemplateValue,
    final: readonly TemplateValue[],
  ): TemplateValue {
    if (name === 'and' || name === 'or') return this.connect(name === 'or', operands, dot, final);
    const args = [...operands.map(operand => this.operand(operand, dot)), ...final];
    return templateFunctions.get(name)!(this.meter, args);
  }

  /** The first argument that decides, or the last; those after it are not evaluated. */
  private connect(
    or: boolean,
    operands: readonly Operand[],
    dot: TemplateValue,
    final: readonly TemplateValue[],
  ): TemplateValue {
    if (operands.length + final.length === 0)
      throw new BuiltinError('template: wrong number of arguments: 0');
    let value: TemplateValue;
    for (const operand of operands) {
      value = this.operand(operand, dot);
      if (isTrue(value) === or) return value;
    }
    return final.length > 0 ? final[0] : value;
  }

  private operand(operand: Operand, dot: TemplateValue): TemplateValue {
    switch (operand.kind) {
      case 'constant':
        return operand.value;
      case 'function':
        return this.call(operand.name, [], dot, []);
      case 'variable':
        return operand.fields.reduce(field, this.variable(operand.name).value);
      case 'dot':
        return operand.fields.reduce(field, dot);
      default:
        return operand.fields.reduce(field, this.pipeline(operand.pipeline, dot));
    }
  }

  private writeValue(value: TemplateValue): void {
    this.write(value === undefined || value === null ? '<no value>' : printValue(value, this.meter));
  }

  private write(text: string): void {
    this.meter(text.length);
    this.output += text;
  }
}

/** What a map has under a name; undefined where it has nothing, or is undefined itself. */
function field(value: TemplateValue, name: string): TemplateValue {
  if (value === undefined) return undefined;
  if (isMap(value)) return value.get(name);
  throw new BuiltinError(`template: can't evaluate field ${name}`);
}

function* entriesOf(value: TemplateValue): Iterable<readonly [TemplateValue, TemplateValue]> {
  if (value === undefined || value === null) return;
  if (typeof value === 'bigint') {
    for (let i = 0n; i < value; i++) yield [i, i];
  } else if (isList(value)) {
    for (const [i, item] of value.entries()) yield [BigInt(i), item];
  } else if (isMap(value)) yield* value.entries();
  else throw new BuiltinError("template: range can't iterate over the value");
}
