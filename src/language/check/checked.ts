import type { Module } from '../../../grammar/index.ts';
import type { SourceFile } from '../../base/index.ts';
import type { Annotation } from '../annotations.ts';
import type { LoweredModule, LoweredStatement } from '../lower/lowered.ts';
import type { Goal, Local, NormalBody, NormalRule } from '../normal/normal.ts';
import type { RuleIndex } from '../normal/rule-index.ts';
import type { RuleTree } from './rule-tree.ts';
import type { RuleTypes } from './types/index.ts';

/** Modules that passed every check: the syntax trees untouched, and what the checks found out. */
export interface CheckedModules {
  readonly modules: readonly CheckedModule[];
  readonly packages: readonly (readonly string[])[];
  readonly rules: readonly NormalRule[];
  readonly tree: RuleTree;
  readonly types: RuleTypes;
  /** Safe orders of bodies; those of queries are added when they are checked. */
  readonly order: Map<NormalBody, readonly Goal[]>;
  readonly index: RuleIndex;
}

export interface CheckedModule {
  readonly source: SourceFile;
  /** Statements have become rules. */
  readonly module: Module;
  readonly statements: readonly LoweredStatement[];
  readonly annotations: readonly Annotation[];
}

export interface CheckedQuery {
  readonly source: SourceFile;
  readonly body: NormalBody;
  readonly locals: readonly Local[];
}

/** A file of a program whose statements have become rules. */
export interface LoweredFile {
  readonly source: SourceFile;
  readonly lowered: LoweredModule;
  readonly annotations: readonly Annotation[];
}
