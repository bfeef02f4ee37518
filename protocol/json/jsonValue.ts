/** A JSON value as parsed: plain objects and arrays, finite numbers. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;

/** A JSON object as parsed. */
export type JsonObject = { [key: string]: JsonValue };
