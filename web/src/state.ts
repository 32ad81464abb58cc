// The whole state of the page, as plain data that is never changed in place. There are no rules of the game in it: what
// may be declared or played is what the server said last.
import type {
  ChatMessage,
  Declaring,
  ErrorData,
  Finished,
  GameOver,
  GameState,
  Hand,
  ListedRoom,
  OptionsData,
  PhaseData,
  PlayerData,
  Preparing,
  Scored,
  SeatData,
  SpecialBonus,
  Turn,
} from './protocol/server';
import { type ByName, byName, mapped, of, valuesOf } from './by_name';
import type { OwnUser } from './protocol/rest';
import { NOTHING_OBSERVED, type Observations } from './observations';

/** A phase of the game with what belongs to it. */
export type Phase =
  | { name: 'NOT_STARTED'; data: null }
  | { name: 'PREPARATION'; data: Preparing }
  | { name: 'DECLARATION'; data: Declaring }
  | { name: 'TURN'; data: Turn }
  | { name: 'SCORING'; data: Scored }
  | { name: 'GAME_OVER'; data: Finished };

export interface Connection {
  /**
   * `lost`: the next attempt comes by itself; `replaced`: the seat is open elsewhere, and only the player may take it
   * back; `banned`: an operator has banned the player, and no attempt is made.
   */
  status: 'connecting' | 'open' | 'lost' | 'replaced' | 'banned';
  /** Round trip of the last ping in milliseconds. */
  latency: number | null;
  /** Attempts since the connection was lost. */
  attempt: number;
}

export interface Room {
  id: string;
  name: string;
  host: string;
  options: OptionsData;
  /** The seats that are taken. */
  seats: readonly SeatData[];
}

export interface Game {
  phase: Phase;
  round: number;
  turn: number;
  players: readonly PlayerData[];
  scores: ByName<number>;
  piles: ByName<number>;
  /** When the server acts in the place of whoever has not, in seconds since the epoch by its clock. */
  deadline: number | null;
  /** Seconds that the decision had when it was asked for. */
  allotted: number | null;
  /** SHA-256 of the deck's seed. */
  commitment: string | null;
  /** The bonuses of the round that was scored last. */
  bonuses: readonly SpecialBonus[];
  over: GameOver | null;
  /** What was seen of the deals and rounds. */
  observations: Observations;
}

/** All that a seat needs, whatever was missed. */
export interface Arrival {
  room: Room;
  game: GameState;
  hand: Hand | null;
}

/** A sentence on something that happened. */
export interface Happening {
  /** The event's number, 0 if it has none. */
  sequence: number;
  text: string;
}

export interface Notice {
  id: number;
  kind: 'error' | 'info';
  text: string;
}

/** Whoever is logged in, as the server tells them alone. */
export type Account = OwnUser;

/** Whether it is an operator's. The server refuses everything that is theirs to all others anyway. */
export const isOperator = (account: Account | null): boolean => account?.role === 'admin';

/** A pause that operators have planned or begun; in milliseconds since 1970. */
export interface Pause {
  event: string;
  begins: number;
  ends: number;
}

/** A message of operators that is current. */
export interface Announcement {
  text: string;
  severity: string;
  /** When it was made, by the server's clock; two announcements differ in it. */
  at: number;
  /** Until when it is shown, in milliseconds since 1970 by the clock of this page. */
  ends: number;
}

/** By what an announcement or a pause is known as read. A pause that begins is worth reading again. */
export const announcementKey = ({ at }: Announcement): string => `announcement ${at}`;
export const pauseKey = ({ event, begins, ends }: Pause, now: number): string =>
  `${event} ${begins} ${ends} ${begins <= now}`;

/** How a round went; `score_sheet.ts` decides for how long it is seen. */
export interface ScoreSheet {
  round: number;
  scored: Scored;
  bonuses: readonly SpecialBonus[];
  /** When it came, in milliseconds since 1970. */
  at: number;
  isRead: boolean;
}

export interface State {
  connection: Connection;
  /** What to add to our clock, in seconds, to have the server's. */
  clockOffset: number;
  /** What the player is called here; a name in a room is unique. */
  name: string;
  /** Whether people without an account may play on this server. */
  guestsAllowed: boolean;
  /** Who is logged in; null for a guest, and until the server has said. */
  account: Account | null;
  /** The public rooms; null before the first list. */
  rooms: readonly ListedRoom[] | null;
  /** How many public rooms there are, listed or not. */
  roomsTotal: number;
  /** Where the player sits. */
  room: Room | null;
  /** The last of the room's events that is known here. */
  sequence: number;
  /** The last of the room's events that this player has seen, also before a reload. */
  seen: number;
  /** Events that the server is about to repeat, and that are not to be shown one by one. */
  catchingUp: number;
  /** How things stand after those events, as `reconnected` told it; null when they are all here. */
  arrival: Arrival | null;
  game: Game | null;
  hand: Hand | null;
  /** How the last round went, from when it was scored on. */
  sheet: ScoreSheet | null;
  /** What was said at the table, oldest first. */
  chat: readonly ChatMessage[];
  /** How many of these words the player has had before their eyes, counted from the first at this table. */
  chatRead: number;
  /** How many were said since the player sat down, also those that are no longer kept. */
  chatTotal: number;
  /** Whether the chat is open where it does not stand beside the table anyway. */
  isChatOpen: boolean;
  /** What has happened at the table, oldest first. */
  happenings: readonly Happening[];
  /** What happened while the connection was lost, until it is read. */
  away: readonly Happening[] | null;
  /** What to tell the player in passing. */
  notices: readonly Notice[];
  /** The last refusal. */
  refusal: ErrorData | null;
  /** The pause that is planned or on. */
  maintenance: Pause | null;
  /** The announcement that is current. */
  announcement: Announcement | null;
  /** The keys of announcements and pauses that the player has closed. */
  closedBanners: readonly string[];
}

export function initial(name = ''): State {
  return {
    connection: { status: 'connecting', latency: null, attempt: 0 },
    clockOffset: 0,
    name,
    guestsAllowed: true,
    account: null,
    rooms: null,
    roomsTotal: 0,
    room: null,
    sequence: 0,
    seen: 0,
    catchingUp: 0,
    arrival: null,
    game: null,
    hand: null,
    sheet: null,
    chat: [],
    chatRead: 0,
    chatTotal: 0,
    isChatOpen: false,
    happenings: [],
    away: null,
    notices: [],
    refusal: null,
    maintenance: null,
    announcement: null,
    closedBanners: [],
  };
}

/** The phase's name and data as one value, which the schemas keep apart. */
export function phaseOf(name: Phase['name'] | null | undefined, data: PhaseData | null | undefined): Phase {
  return { name: name ?? 'NOT_STARTED', data: name && name !== 'NOT_STARTED' ? data : null } as Phase;
}

/** A game as a message tells it, after the one that is known. */
export function gameOf(before: Game | null, state: GameState, phase: Phase): Game {
  return {
    phase,
    round: state.round_number,
    turn: state.turn_number,
    players: state.players,
    scores: state.scores,
    piles: state.pile_counts,
    deadline: before?.deadline ?? null,
    allotted: before?.allotted ?? null,
    commitment: before?.commitment ?? null,
    bonuses: phase.name === 'SCORING' ? (before?.bonuses ?? []) : [],
    over: before?.over ?? null,
    observations: before?.observations ?? NOTHING_OBSERVED,
  };
}

/** Who is to act now; none where it is nobody's turn or several are asked at once. */
export function currentPlayer(game: Game | null): string | null {
  const phase = game?.phase;
  return phase?.name === 'DECLARATION' || phase?.name === 'TURN' ? phase.data.current_player : null;
}

/** How many pieces a player holds: eight, less one for each pile of the round and what lies on the table. */
export function held(game: Game, name: string): number {
  const { phase } = game;
  const taken = valuesOf(game.piles).reduce((sum, piles) => sum + piles, 0);
  if (phase.name !== 'TURN') return phase.name === 'DECLARATION' || phase.name === 'PREPARATION' ? 8 : 0;
  return Math.max(0, 8 - taken - (of(phase.data.current_plays, name)?.pieces.length ?? 0));
}

/** What everybody has declared in this round. */
export function declarations(game: Game): ByName<number> {
  const { phase } = game;
  switch (phase.name) {
    case 'DECLARATION':
    case 'TURN':
      return phase.data.declarations;
    case 'SCORING':
      return mapped(phase.data.round_scores, (score) => score.declared);
    default:
      return byName([]);
  }
}

/** Whether the player is asked for a decision right now. */
export function isAsked(state: State): boolean {
  const phase = state.game?.phase;
  if (phase?.name === 'PREPARATION') {
    const { waiting_for_decisions, decisions } = phase.data;
    return waiting_for_decisions && of(decisions, state.name) === null;
  }
  return currentPlayer(state.game) === state.name;
}
