// Values keyed by players' names. A player may be called `constructor` or `__proto__`, so the type is opaque: it can't
// be indexed, only read with these functions. `test/by_name.test.ts` rejects every other object with text keys.
declare const VALUE: unique symbol;

/** A JSON object whose keys are names. */
export interface ByName<T> {
  readonly [VALUE]: T;
}

const open = <T>(all: ByName<T>): Readonly<Record<string, T>> => all as unknown as Record<string, T>;

/** The value of a name; undefined if the object has no own property of that name. */
export const of = <T>(all: ByName<T>, name: string): T | undefined =>
  Object.hasOwn(all, name) ? open(all)[name] : undefined;

export const entriesOf = <T>(all: ByName<T>): [name: string, value: T][] => Object.entries(open(all));
export const valuesOf = <T>(all: ByName<T>): T[] => Object.values(open(all));
export const countOf = (all: ByName<unknown>): number => Object.keys(all).length;

/** `Object.fromEntries` defines `__proto__` as an own property, as `JSON.parse` does; an assignment would not. */
export const byName = <T>(entries: Iterable<readonly [name: string, value: T]>): ByName<T> =>
  Object.fromEntries(entries) as unknown as ByName<T>;

export const mapped = <T, U>(all: ByName<T>, change: (value: T) => U): ByName<U> =>
  byName(entriesOf(all).map(([name, value]) => [name, change(value)]));
