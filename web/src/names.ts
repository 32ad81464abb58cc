// Generated names for guests, and shortening of long names.
const FIRST = [
  'Amber',
  'Brave',
  'Calm',
  'Clever',
  'Golden',
  'Happy',
  'Jade',
  'Lucky',
  'Merry',
  'Misty',
  'Quiet',
  'Red',
  'Silver',
  'Sunny',
  'Swift',
  'Wise',
];
const SECOND = [
  'Badger',
  'Carp',
  'Crane',
  'Dragon',
  'Finch',
  'Fox',
  'Gecko',
  'Heron',
  'Lotus',
  'Magpie',
  'Otter',
  'Panda',
  'Peony',
  'Sparrow',
  'Tiger',
  'Turtle',
];

const any = (names: readonly string[]): string => names[Math.floor(Math.random() * names.length)] ?? '';

/** At most 20 characters of a name, for sentences on the table. */
export const shortened = (name: string): string =>
  [...name].length > 20 ? `${[...name].slice(0, 18).join('')}…` : name;

export const guestName = (): string => `${any(FIRST)} ${any(SECOND)}`;
