// The whole state of the page as immutable data. It contains no rules of the game: what may be declared or played is
// what the server sent last.
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

/** A phase of the game with its data. */
export type Phase =
  | { name: 'NOT_STARTED'; data: null }
  | { name: 'PREPARATION'; data: Preparing }
  | { name: 'DECLARATION'; data: Declaring }
  | { name: 'TURN'; data: Turn }
  | { name: 'SCORING'; data: Scored }
  | { name: 'GAME_OVER'; data: Finished };

export interface Connection {
  /**
   * `lost`: the page reconnects by itself. `replaced`: the seat is open in another window; the page reconnects only
   * when the player asks for it. `banned`: an operator has banned the player, and the page does not reconnect.
   */
  status: 'connecting' | 'open' | 'lost' | 'replaced' | 'banned';
  /** Round-trip time of the last ping in milliseconds; null if not known. */
  latency: number | null;
  /** Attempts since the connection was lost. */
  attempt: number;
}

export interface Room {
  id: string;
  name: string;
  host: string;
  options: OptionsData;
  /** The taken seats. */
  seats: readonly SeatData[];
}

export interface Game {
  phase: Phase;
  round: number;
  turn: number;
  players: readonly PlayerData[];
  scores: ByName<number>;
  piles: ByName<number>;
  /** When the server decides for a player who has not, in seconds since 1970 by its clock; null without a limit. */
  deadline: number | null;
  /** Seconds that the player had for the decision at its start; null without a limit. */
  allotted: number | null;
  /** SHA-256 of the deck's seed in hex; null if this page has not received it. */
  commitment: string | null;
  /** The bonuses of the last scored round. */
  bonuses: readonly SpecialBonus[];
  over: GameOver | null;
  /** The deals and rounds that this page has seen. */
  observations: Observations;
}

/** The complete state of a seat as `reconnected` sends it, independent of the missed events. */
export interface Arrival {
  room: Room;
  game: GameState;
  hand: Hand | null;
}

/** A sentence about an event. */
export interface Happening {
  /** The event's sequence number; 0 if it has none. */
  sequence: number;
  text: string;
}

export interface Notice {
  id: number;
  kind: 'error' | 'info';
  text: string;
}

/** The logged-in account with its private fields. */
export type Account = OwnUser;

/** Whether the account is an operator's. It only decides what is shown: the server checks every request itself. */
export const isOperator = (account: Account | null): boolean => account?.role === 'admin';

/** A planned or current pause of the server; times are in milliseconds since 1970. */
export interface Pause {
  event: string;
  begins: number;
  ends: number;
}

/** The current announcement by an operator. */
export interface Announcement {
  text: string;
  severity: string;
  /** When it was made, by the server's clock; unique for each announcement. */
  at: number;
  /** Until when it is shown, in milliseconds since 1970 by this device's clock. */
  ends: number;
}

/** The keys by which closed banners are remembered. A pause gets a new key when it starts, so it is shown again. */
export const announcementKey = ({ at }: Announcement): string => `announcement ${at}`;
export const pauseKey = ({ event, begins, ends }: Pause, now: number): string =>
  `${event} ${begins} ${ends} ${begins <= now}`;

/** The scores of a round; `score_sheet.ts` decides how long they are shown. */
export interface ScoreSheet {
  round: number;
  scored: Scored;
  bonuses: readonly SpecialBonus[];
  /** When it was received, in milliseconds since 1970. */
  at: number;
  isRead: boolean;
}

export interface State {
  connection: Connection;
  /** Seconds to add to this device's clock to get the server's. */
  clockOffset: number;
  /** The player's name; unique within a room. */
  name: string;
  /** Whether people without an account may play on this server. */
  guestsAllowed: boolean;
  /** The logged-in account; null for a guest, and until it is loaded. */
  account: Account | null;
  /** The public rooms; null until the first list arrives. */
  rooms: readonly ListedRoom[] | null;
  /** The number of all public rooms, listed or not. */
  roomsTotal: number;
  /** The room where the player has a seat; null in the lobby. */
  room: Room | null;
  /** The sequence number of the room's last known event. */
  sequence: number;
  /** The sequence number of the last event that the player has seen, including before a reload. */
  seen: number;
  /** The number of missed events still to come; they are applied together, not shown one by one. */
  catchingUp: number;
  /** The state after those events, as `reconnected` sent it; null once they are all in. */
  arrival: Arrival | null;
  game: Game | null;
  hand: Hand | null;
  /** The scores of the last scored round. */
  sheet: ScoreSheet | null;
  /** The chat of the table, oldest first. */
  chat: readonly ChatMessage[];
  /** The number of chat messages that were on screen, counted from the first one at this table. */
  chatRead: number;
  /** The number of chat messages since the player joined, including those that are no longer kept. */
  chatTotal: number;
  /** Whether the chat is open as a sheet; without effect where it is beside the table. */
  isChatOpen: boolean;
  /** The events at the table as sentences, oldest first; at most 300. */
  happenings: readonly Happening[];
  /** The events that happened while the connection was lost; null once the player has closed the list. */
  away: readonly Happening[] | null;
  /** Short notices, which disappear by themselves; at most 3. */
  notices: readonly Notice[];
  /** The last error answer. */
  refusal: ErrorData | null;
  /** The planned or current pause. */
  maintenance: Pause | null;
  announcement: Announcement | null;
  /** The keys of the announcements and pauses that the player has closed. */
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

/** Joins the phase's name and data, which are separate in the schemas, into one value. */
export function phaseOf(name: Phase['name'] | null | undefined, data: PhaseData | null | undefined): Phase {
  return { name: name ?? 'NOT_STARTED', data: name && name !== 'NOT_STARTED' ? data : null } as Phase;
}

/** The game after a message; what the message does not contain is kept from `before`. */
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

/** The player who is to act; null if it is nobody's turn or several players decide at once. */
export function currentPlayer(game: Game | null): string | null {
  const phase = game?.phase;
  return phase?.name === 'DECLARATION' || phase?.name === 'TURN' ? phase.data.current_player : null;
}

/** The number of pieces in a player's hand: eight, less one per pile won by anyone and those on the table. */
export function held(game: Game, name: string): number {
  const { phase } = game;
  const taken = valuesOf(game.piles).reduce((sum, piles) => sum + piles, 0);
  if (phase.name !== 'TURN') return phase.name === 'DECLARATION' || phase.name === 'PREPARATION' ? 8 : 0;
  return Math.max(0, 8 - taken - (of(phase.data.current_plays, name)?.pieces.length ?? 0));
}

/** The declarations of the round by player. */
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
