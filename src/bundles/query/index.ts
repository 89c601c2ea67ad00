export { answersToJson, formatAnswers, type QueryFormat, queryFormats } from './formats.ts';
export {
  type AnsweredExpression,
  loadQuery,
  Query,
  type QueryAnswer,
  type QueryOptions,
  type QueryResult,
} from './query.ts';
