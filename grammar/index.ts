export type * from './ast.ts';
export { type ParseOptions, parseModule, parseQuery, parseTerm } from './parse.ts';
