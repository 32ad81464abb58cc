// Friendly names for guests.
const FIRST = ['Amber', 'Brave', 'Calm', 'Clever', 'Golden', 'Happy', 'Jade', 'Lucky', 'Merry', 'Misty', 'Quiet', 'Red', 'Silver', 'Sunny', 'Swift', 'Wise'];
const SECOND = ['Badger', 'Carp', 'Crane', 'Dragon', 'Finch', 'Fox', 'Gecko', 'Heron', 'Lotus', 'Magpie', 'Otter', 'Panda', 'Peony', 'Sparrow', 'Tiger', 'Turtle'];

const any = (names: readonly string[]): string => names[Math.floor(Math.random() * names.length)] ?? '';

export const guestName = (): string => `${any(FIRST)} ${any(SECOND)}`;
