/** No number: nothing is named, or a chain ends. */
export const NONE = 0xffffffff;
