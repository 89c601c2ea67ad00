import { type Diagnostic, limits, SourceFile } from '../../base/index.ts';
import type { LoadedPolicy } from '../../decide/index.ts';
import type { PolicyFile } from '../../language/index.ts';
import type { TextFile } from '../read-policy.ts';
import { loadTests, type TestResult, TestRun } from '../testing/index.ts';
import { type Layer, policySetOf } from './layer.ts';
import { type Composition, type LayersOptions, loadLayers } from './load-layers.ts';
import { manifestOf, type VersionManifest } from './manifest.ts';

export interface PublicationOptions extends LayersOptions {
  /** Nanoseconds since 1970, the clock of tests. */
  readonly now: bigint;
}

/** A version before it is published. It may be, where there is a manifest and every test passes. */
export interface Publication {
  readonly policy?: LoadedPolicy;
  readonly manifest?: VersionManifest;
  readonly diagnostics: readonly Diagnostic[];
  readonly tests: readonly TestResult[];
}

/** Compiles a version with what it stands on, and runs its tests. The first layer is the version itself. */
export function preparePublication(layers: readonly Layer[], options: PublicationOptions): Publication {
  const { policy, composition, diagnostics } = loadLayers(layers, options);
  const [own] = layers;
  if (policy === undefined || own === undefined) return { diagnostics, tests: [] };
  const tested = runTests(own, composition, options.now);
  const all = [...diagnostics, ...tested.diagnostics];
  if (tested.diagnostics.some(({ severity }) => severity === 'error'))
    return { diagnostics: all, tests: tested.tests };
  const manifest = manifestOf(composition.contents[0]!, policy.plan, tested.tests.length);
  return { policy, manifest, diagnostics: all, tests: tested.tests };
}

function runTests(own: Layer, { files, data }: Composition, now: bigint) {
  const tests = testFiles(own.files);
  if (tests.length === 0) return { tests: [], diagnostics: [] };
  const { suite, diagnostics } = loadTests({ files: [...files, ...tests], data, problems: [] });
  if (suite === undefined) return { tests: [], diagnostics };
  const budget = { ...limits, steps: Math.floor(limits.testSteps / Math.max(1, suite.tests.length)) };
  const run = new TestRun(suite, { now, clock: () => 0, budget });
  return { tests: [...run.results()], diagnostics: [] };
}

function testFiles(files: readonly TextFile[]): readonly PolicyFile[] {
  const version = policySetOf(files)?.version;
  return files
    .filter(({ path }) => path.endsWith('_test.rego'))
    .map(({ path, text }) => ({
      source: new SourceFile(path, text),
      dialect: 'rego',
      ...(version !== undefined && { version }),
    }));
}
