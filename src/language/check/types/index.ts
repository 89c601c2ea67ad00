export { queryTypes, type RuleTypes, ruleTypes } from './rules.ts';
