// Verifies the deal: the seed must match the commitment, and the observed hands must be those that the seed gives
// (docs/rules.md, "Fair deals").
import { type ByName, of } from '../../by_name';
import { handsOf, type Observations } from '../../observations';

export interface Verdict {
  /** Whether the seed's SHA-256 is the commitment that was sent before the first deal. */
  matchesCommitment: boolean;
  /** The number of the player's own hands that were observed as dealt, and of those that match the seed. */
  dealt: { seen: number; right: number };
  /** The number of rounds whose four hands were observed completely, and of those that match the seed. */
  rounds: { seen: number; right: number };
}

export const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

/** SHA-256 in hex. */
export async function hash(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Compares all observations with the seed; `seats` are the players by position, `deals` includes redeals. */
export async function verify(
  seed: string,
  commitment: string,
  seen: Observations,
  seats: readonly string[],
  me: string,
  deals: number,
): Promise<Verdict> {
  const key = bytesOf(seed);
  const matchesCommitment = (await hash(key)) === commitment;
  const given = Array.from({ length: deals }, (_, number) => deal(key, number).map((hand) => named(hand)));
  const mine = seats.indexOf(me);
  const isGiven = (ids: readonly string[]) => given.some((hands) => hands[mine] === named(ids));
  const whole = seen.rounds.map(handsOf).filter((hands) => hands !== null);
  const isRound = (hands: ByName<readonly string[]>) =>
    given.some((dealt) => seats.every((name, seat) => dealt[seat] === named(of(hands, name) ?? [])));
  return {
    matchesCommitment,
    dealt: { seen: seen.dealt.length, right: seen.dealt.filter(isGiven).length },
    rounds: { seen: whole.length, right: whole.filter(isRound).length },
  };
}

const named = (ids: readonly string[]): string => [...ids].sort().join(' ');

/** The hands of a deal by seat, as piece ids. */
export function deal(seed: Uint8Array, number: number): string[][] {
  const next = words(seed, number);
  const pieces = Array.from({ length: 32 }, (_, at) => `p${at + 1}`);
  for (let last = 31; last > 0; last -= 1) {
    const bound = last + 1;
    let word = next();
    // Rejection sampling: without it, the lower indexes would be slightly more likely.
    while (word >= 2 ** 32 - (2 ** 32 % bound)) word = next();
    const other = word % bound;
    [pieces[last], pieces[other]] = [pieces[other] as string, pieces[last] as string];
  }
  return [0, 1, 2, 3].map((seat) => pieces.filter((_, at) => at % 4 === seat));
}

/** The ChaCha20 keystream as 32-bit words. */
function words(key: Uint8Array, stream: number): () => number {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  const start = new Uint32Array(16);
  start.set([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]);
  for (let at = 0; at < 8; at += 1) start[4 + at] = view.getUint32(4 * at, true);
  start[14] = stream;
  let block = new Uint32Array(0);
  let at = 0;
  return () => {
    if (at === block.length) {
      block = scrambled(start);
      start[12] = (start[12] as number) + 1;
      at = 0;
    }
    at += 1;
    return block[at - 1] as number;
  };
}

type Quarter = readonly [number, number, number, number];

const COLUMNS: readonly Quarter[] = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
];
const DIAGONALS: readonly Quarter[] = [
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
];

function scrambled(start: Uint32Array): Uint32Array<ArrayBuffer> {
  const block = Uint32Array.from(start);
  for (let round = 0; round < 10; round += 1) for (const quarter of [...COLUMNS, ...DIAGONALS]) mix(block, quarter);
  return block.map((word, at) => word + (start[at] as number));
}

function mix(block: Uint32Array, [a, b, c, d]: Quarter): void {
  const step = (into: number, from: number, turned: number, by: number) => {
    block[into] = (block[into] as number) + (block[from] as number);
    const both = (block[turned] as number) ^ (block[into] as number);
    block[turned] = (both << by) | (both >>> (32 - by));
  };
  step(a, b, d, 16);
  step(c, d, b, 12);
  step(a, b, d, 8);
  step(c, d, b, 7);
}
