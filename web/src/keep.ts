// What outlives a reload: the player's name, the seats with their secrets, the choice of light or dark.

/** A seat that can be taken again. */
export interface Seat {
  room: string;
  name: string;
  /** The seat's secret. */
  token: string;
  /** The last event of the room that was shown. */
  sequence: number;
  /** The numbers of the last two words on the phase. */
  phases?: readonly [number, number];
}

const SEAT = 'seat';
const SEATS = 'seats';
const GIVEN_UP = 'given_up';
/** As many tables as anybody could go back to. */
const MOST = 5;

/** Storage may be forbidden; then a reload forgets. */
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
    // Forbidden or full.
  }
}

const tab = () => sessionStorage;
const browser = () => localStorage;

export const keep = {
  /** Something of this browser, by its name. */
  get: <T>(key: string, otherwise: T): T => read(browser, key, otherwise),
  set: (key: string, value: unknown): void => write(browser, key, value),

  /** Something of this tab, by its name. */
  tab: <T>(key: string, otherwise: T): T => read(tab, key, otherwise),
  setTab: (key: string, value: unknown): void => write(tab, key, value),

  /** The seat of this tab. */
  seat: (): Seat | null => read<Seat | null>(tab, SEAT, null),
  /** All seats of this browser, the latest first. */
  seats: (): Seat[] => read<Seat[]>(browser, SEATS, []),
  seatOf: (room: string): Seat | null => keep.seats().find((seat) => seat.room === room) ?? null,
  sit: (seat: Seat): void => {
    write(tab, SEAT, seat);
    write(browser, SEATS, [seat, ...keep.seats().filter((other) => other.room !== seat.room)].slice(0, MOST));
  },
  /** Only in this tab, for it changes with every event. */
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
  /** Remembers that a seat was given up during its game, so that it can't be had again. */
  giveUp: (room: string): void =>
    write(browser, GIVEN_UP, [room, ...read<string[]>(browser, GIVEN_UP, [])].slice(0, MOST)),
  hasGivenUp: (room: string): boolean => read<string[]>(browser, GIVEN_UP, []).includes(room),
  /** This tab is in the lobby again, and the seat stays one's own. */
  standUp: (): void => write(tab, SEAT, null),
};
