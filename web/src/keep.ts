// What is kept across a reload: the player's name, the seats with their session tokens, the theme and other choices.

/** A seat that the player can return to. */
export interface Seat {
  room: string;
  name: string;
  /** The seat's session token. */
  token: string;
  /** The sequence number of the last event that was shown. */
  sequence: number;
  /** The sequence numbers of the last two `phase_change` events. */
  phases?: readonly [number, number];
}

const SEAT = 'seat';
const SEATS = 'seats';
const GIVEN_UP = 'given_up';
/** The number of seats to keep. */
const MOST = 5;

/** Reads a stored value; `otherwise` if there is none or storage is blocked by the browser. */
function read<T>(storage: () => Storage, key: string, otherwise: T): T {
  try {
    const text = storage().getItem(`liap.${key}`);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

function write(storage: () => Storage, key: string, value: unknown): void {
  try {
    if (value === null) storage().removeItem(`liap.${key}`);
    else storage().setItem(`liap.${key}`, JSON.stringify(value));
  } catch {
    // Storage is blocked or full; the page works without it, but forgets on reload.
  }
}

const tab = () => sessionStorage;
const browser = () => localStorage;

export const keep = {
  /** A value stored for this browser. */
  get: <T>(key: string, otherwise: T): T => read(browser, key, otherwise),
  set: (key: string, value: unknown): void => write(browser, key, value),

  /** A value stored for this tab only. */
  tab: <T>(key: string, otherwise: T): T => read(tab, key, otherwise),
  setTab: (key: string, value: unknown): void => write(tab, key, value),

  /** The seat of this tab; null in the lobby. */
  seat: (): Seat | null => read<Seat | null>(tab, SEAT, null),
  /** All seats of this browser, latest first. */
  seats: (): Seat[] => read<Seat[]>(browser, SEATS, []),
  seatOf: (room: string): Seat | null => keep.seats().find((seat) => seat.room === room) ?? null,
  sit: (seat: Seat): void => {
    write(tab, SEAT, seat);
    write(browser, SEATS, [seat, ...keep.seats().filter((other) => other.room !== seat.room)].slice(0, MOST));
  },
  /** Stores how far the tab has read. Only in the tab's storage, since it changes with every event. */
  saw: (sequence: number, phase: number | null): void => {
    const seat = keep.seat();
    if (!seat) return;
    const last = seat.phases?.[1] ?? 0;
    write(tab, SEAT, { ...seat, sequence, ...(phase !== null && phase > last && { phases: [last, phase] }) });
  },
  leave: (room: string): void => {
    write(tab, SEAT, null);
    write(
      browser,
      SEATS,
      keep.seats().filter((seat) => seat.room !== room),
    );
  },
  /** Records that a seat was given up during its game, so the player can't return to it. */
  giveUp: (room: string): void =>
    write(browser, GIVEN_UP, [room, ...read<string[]>(browser, GIVEN_UP, [])].slice(0, MOST)),
  hasGivenUp: (room: string): boolean => read<string[]>(browser, GIVEN_UP, []).includes(room),
};
