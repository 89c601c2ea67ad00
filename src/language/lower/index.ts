export { lowerModule, lowerModules } from './lower.ts';
export type { LoweredModule, LoweredStatement } from './lowered.ts';
