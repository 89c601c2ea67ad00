export { printModule, printTerm } from './print.ts';
