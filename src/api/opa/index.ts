export { answerV0, answerV1, type DataSource, readBody, readInput } from './data-api.ts';
export { readDataPath } from './data-path.ts';
export { opaErrorOf, opaRefusal } from './failure.ts';
export { OpaError } from './opa-error.ts';
export { readParameters } from './parameters.ts';
