// Values by players' names. A player may be called `constructor` or `__proto__`, so what is keyed by names is opaque:
// it can't be indexed, only read with these functions. `test/by_name.test.ts` refuses every other object with text as
// its keys.
declare const VALUE: unique symbol;

/** A JSON object whose keys are names. */
export interface ByName<T> {
  readonly [VALUE]: T;
}

const open = <T>(all: ByName<T>): Readonly<Record<string, T>> => all as unknown as Record<string, T>;

/** The value of a name; undefined if it has none of its own. */
export const of = <T>(all: ByName<T>, name: string): T | undefined =>
  Object.hasOwn(all, name) ? open(all)[name] : undefined;

export const entriesOf = <T>(all: ByName<T>): [name: string, value: T][] => Object.entries(open(all));
export const valuesOf = <T>(all: ByName<T>): T[] => Object.values(open(all));
export const countOf = (all: ByName<unknown>): number => Object.keys(all).length;

/** `Object.fromEntries` makes `__proto__` a property of its own, as `JSON.parse` does; an assignment would not. */
export const byName = <T>(entries: Iterable<readonly [name: string, value: T]>): ByName<T> =>
  Object.fromEntries(entries) as unknown as ByName<T>;

export const mapped = <T, U>(all: ByName<T>, change: (value: T) => U): ByName<U> =>
  byName(entriesOf(all).map(([name, value]) => [name, change(value)]));
