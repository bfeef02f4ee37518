/** Before all events, and after all: the bounds of a stretch of events that has none. */
export const FIRST = -1;
export const LAST = 0xffffffff;
