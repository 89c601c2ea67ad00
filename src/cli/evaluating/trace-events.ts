/** How much of an evaluation a trace keeps. */
export const TRACE_EVENTS = 10_000;
