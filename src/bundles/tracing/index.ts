export { Conditions, type ParsedSource } from './conditions.ts';
export { traceText } from './trace-text.ts';
