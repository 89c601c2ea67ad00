export type { Annotation, AnnotationScope, SchemaDeclaration } from './annotations/annotation.ts';
export { annotationsOf, readAnnotations } from './annotations/attach.ts';
export { ModuleAnnotations } from './annotations/chain.ts';
