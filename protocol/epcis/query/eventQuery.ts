/** A text that an event says under a name: the name is that of a query's field, the text is in its one spelling. */
export interface TermFact {
  readonly name: string;
  readonly term: string;
}

/** A number that an event says under a name; an instant is told in milliseconds since 1970, under a name that ends in `TIME`. */
export interface NumberFact {
  readonly name: string;
  readonly number: number;
}

/** All terms of a name from `from` on and before `before`, by UTF-16 code units. */
export interface TermRange {
  readonly name: string;
  readonly from: string;
  readonly before: string;
}

/** Milliseconds since 1970: from `from` on, and before `before`. */
export interface TimeWindow {
  readonly from?: number;
  readonly before?: number;
}

/** How a number is compared with the bound that a query gives. */
export type Comparison = 'GT' | 'GE' | 'LT' | 'LE';

/** What one parameter asks of an event. */
export type Condition =
  /** The event says one of these terms. */
  | { readonly kind: 'terms'; readonly exact: readonly TermFact[]; readonly ranges: readonly TermRange[] }
  /** The event says one of these numbers. */
  | { readonly kind: 'numbers'; readonly name: string; readonly numbers: readonly number[] }
  /** The event says a number that compares so. */
  | { readonly kind: 'comparison'; readonly name: string; readonly comparison: Comparison; readonly bound: number }
  /** No event does: what is asked for is not kept. */
  | { readonly kind: 'never' };

/** A query of EPCIS events (EPCIS 2.0 section 8.2.7.1), read and typed. All conditions must hold. */
export interface EventQuery {
  readonly conditions: readonly Condition[];
  readonly eventTime: TimeWindow;
  readonly recordTime: TimeWindow;
  /** Absent where the query does not say: then newest events come first. */
  readonly orderBy?: 'eventTime' | 'recordTime';
  readonly direction: 'ASC' | 'DESC';
  /** The first so many only. */
  readonly eventCountLimit?: number;
  /** Of more than so many none is wanted. */
  readonly maxEventCount?: number;
}

/** Ends the name under which instants are told, so that no time compares with a plain number. */
export const TIME = '@time';

/** Most parameters of a query. */
export const MOST_PARAMETERS = 64;
/** Most values in all parameters of a query together. */
export const MOST_VALUES = 256;
/** Longest name of a parameter, in UTF-16 units. */
export const LONGEST_NAME = 256;
/** Longest value; a longer text of an event cannot be asked for. */
export const LONGEST_VALUE = 1_024;
