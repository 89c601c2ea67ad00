/** What a policy sees of one image; see docs/language.md, "The image object". Names as in the input. */
export interface Image {
  /** As written. */
  readonly ref: string;
  /** Normalised as containerd does; absent where `ref` is no valid reference. */
  readonly name?: string;
  readonly registry?: string;
  readonly repository?: string;
  readonly tag?: string;
  readonly tag_explicit?: boolean;
  readonly digest?: string;
  /** Why `ref` is no valid reference; such an image is always denied. */
  readonly invalid?: string;
  readonly object?: ObjectIdentity;
  readonly container?: string;
  readonly container_type?: ContainerType;
  /** RFC 6901 pointer into the list of the file's documents: `/0/spec/containers/0/image`. */
  readonly path?: string;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based; absent unless the reference stands in that line word for word, once behind the beginning of its field. */
  readonly column?: number;
  readonly pull_policy?: string;
  readonly pull_secrets?: readonly string[];
}

export interface ObjectIdentity {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
}

/** `stage` is a Dockerfile's FROM, `field` an image field outside any container. */
export type ContainerType =
  | 'container'
  | 'init'
  | 'ephemeral'
  | 'volume'
  | 'service'
  | 'stage'
  | 'copy'
  | 'step'
  | 'sidecar'
  | 'field';

/** The fields that an image may have, each with those below it that are known. */
export const imageFields: Readonly<Record<keyof Image, readonly (keyof ObjectIdentity)[] | undefined>> = {
  ref: undefined,
  name: undefined,
  registry: undefined,
  repository: undefined,
  tag: undefined,
  tag_explicit: undefined,
  digest: undefined,
  invalid: undefined,
  object: ['apiVersion', 'kind', 'name', 'namespace'],
  container: undefined,
  container_type: undefined,
  path: undefined,
  file: undefined,
  line: undefined,
  column: undefined,
  pull_policy: undefined,
  pull_secrets: undefined,
};
