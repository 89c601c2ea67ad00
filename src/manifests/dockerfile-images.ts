import type { SourceFile } from '../base/index.ts';
import type { ContainerType } from '../images/index.ts';
import { type Dockerfile, parseDockerfile, type Stage } from './dockerfile.ts';
import { dockerfileValue } from './dockerfile-value.ts';
import type { Findings } from './findings.ts';

/** An image that a Dockerfile names. */
export interface DockerfileImage {
  readonly ref: string;
  readonly type: ContainerType;
  readonly stage: string | undefined;
  readonly line: number;
  /** From the Dockerfile's own root. */
  readonly path: string;
}

/** Adds the images of a Dockerfile and the file taken apart. Throws Unreadable where it cannot be read. */
export function readDockerfile(source: SourceFile, findings: Findings): void {
  findings.countDocument(0);
  const dockerfile = parseDockerfile(source.text);
  findings.objects.push(dockerfileValue(dockerfile, { file: source.path, lineOf: line => line }));
  const starts = lineStarts(source.text);
  for (const image of imagesOf(dockerfile))
    findings.addImage(source, starts[image.line - 1] ?? 0, image.ref, {
      ...(image.stage !== undefined && { container: image.stage }),
      container_type: image.type,
      path: `/0${image.path}`,
    });
}

/** The images in the order of the file: the frontend, then of each stage its base and what it copies from. */
export function imagesOf(dockerfile: Dockerfile): readonly DockerfileImage[] {
  const { syntax, stages } = dockerfile;
  const frontend: DockerfileImage[] = [];
  if (syntax)
    frontend.push({ ref: syntax.ref, type: 'field', stage: undefined, line: syntax.line, path: '/syntax' });
  return frontend.concat(stages.flatMap((stage, at) => stageImages(stage, `/stages/${at}`)));
}

function stageImages(stage: Stage, path: string): readonly DockerfileImage[] {
  const images: DockerfileImage[] = [];
  if (stage.base === 'image')
    images.push({
      ref: stage.from,
      type: 'stage',
      stage: stage.name,
      line: stage.line,
      path: `${path}/from`,
    });
  stage.instructions.forEach((instruction, i) => {
    instruction.images.forEach((ref, j) => {
      const at = `${path}/instructions/${i}/images/${j}`;
      images.push({ ref, type: 'copy', stage: stage.name, line: instruction.line, path: at });
    });
  });
  return images;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
