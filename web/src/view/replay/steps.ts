// Turns the record of a finished game into frames to step through, without applying the rules: played pieces leave the
// hand, the leader of a turn won the turn before, and a round's last turn was won by the player who has more piles in
// the record than in the frames so far.
import type { Deal, Replay, ReplayAction, ReplayRound } from '../../protocol/rest';
import { bare } from '../chat_seats';
import { pieceName } from '../../narrate';
import { signed } from '../../points';
import { piecesOf } from './piece';

const SEATS = [0, 1, 2, 3] as const;

/** The table after one step of the game; every list is indexed by seat. */
export interface Frame {
  kind: 'deal' | 'redeal' | 'declare' | 'play' | 'won' | 'scored';
  round: number;
  /** The turn of the round; 0 before the first. */
  turn: number;
  hands: readonly (readonly string[])[];
  declared: readonly (number | null)[];
  piles: readonly number[];
  /** The pieces on the table. */
  plays: readonly (readonly string[] | null)[];
  leader: number | null;
  /** The player who has just acted. */
  actor: number | null;
  /** The player who has just won the turn. */
  winner: number | null;
  totals: readonly number[];
  text: string;
}

/** A round with the index of its first frame. */
export interface Chapter {
  round: ReplayRound;
  begins: number;
}

export interface Timeline {
  frames: readonly Frame[];
  chapters: readonly Chapter[];
}

/** The part of the record that belongs to one round. */
interface RoundRecord {
  round: ReplayRound;
  deals: readonly Deal[];
  decisions: readonly ReplayAction[];
  declarations: readonly ReplayAction[];
  plays: readonly ReplayAction[];
}

const countOf = (action: ReplayAction): number => (action.type === 'play' ? action.pieceIds.length : 0);

/** Splits the record by round: a round ends when all 32 pieces are played. */
export function byRound({ rounds, actions, deals }: Replay): RoundRecord[] {
  let action = 0;
  let deal = 0;
  return rounds.map((round) => {
    const own: ReplayAction[] = [];
    for (let played = 0; played < 32 && action < actions.length; action += 1) {
      const next = actions[action] as ReplayAction;
      own.push(next);
      played += countOf(next);
    }
    const of = (pattern: RegExp) => own.filter(({ type }) => pattern.test(type));
    const plays = of(/^play$/);
    const begun = deal;
    // A round has several deals after redeals; the last one is the deal whose pieces were played.
    while (deal < deals.length - 1 && !isFrom(deals[deal], plays)) deal += 1;
    deal += 1;
    return { round, deals: deals.slice(begun, deal), decisions: of(/_redeal$/), declarations: of(/^declare$/), plays };
  });
}

const isFrom = (deal: Deal | undefined, plays: readonly ReplayAction[]): boolean =>
  plays.every((play) => play.type !== 'play' || play.pieceIds.every((id) => deal?.hands[play.seat]?.includes(id)));

/** All frames of the game. */
export function timeline(replay: Replay): Timeline {
  const frames: Frame[] = [];
  const chapters: Chapter[] = [];
  let totals: readonly number[] = [0, 0, 0, 0];
  for (const part of byRound(replay)) {
    chapters.push({ round: part.round, begins: frames.length });
    new FrameBuilder(replay, part, totals, frames).build();
    totals = part.round.totals;
  }
  return { frames, chapters };
}

class FrameBuilder {
  private now: Frame;
  private readonly names: readonly string[];
  private readonly part: RoundRecord;
  private readonly out: Frame[];

  constructor(replay: Replay, part: RoundRecord, totals: readonly number[], out: Frame[]) {
    this.part = part;
    this.out = out;
    this.names = SEATS.map((seat) => bare(replay.seats.find((one) => one.seat === seat)?.name ?? `Seat ${seat + 1}`));
    this.now = {
      kind: 'deal',
      round: part.round.round,
      turn: 0,
      hands: [[], [], [], []],
      declared: [null, null, null, null],
      piles: [0, 0, 0, 0],
      plays: [null, null, null, null],
      leader: null,
      actor: null,
      winner: null,
      totals,
      text: '',
    };
  }

  build(): void {
    this.deals();
    this.declarations();
    this.turns();
    this.score();
  }

  private add(text: string, change: Partial<Frame>): void {
    this.now = { ...this.now, actor: null, winner: null, ...change, text };
    this.out.push(this.now);
  }

  private name = (seat: number): string => this.names[seat] ?? '';

  private deals(): void {
    const { deals, decisions, round } = this.part;
    const left = [...decisions];
    deals.forEach((deal, at) => {
      this.add(at ? 'All hands are redealt.' : `Round ${round.round}: the pieces are dealt.`, {
        kind: 'deal',
        hands: deal.hands,
      });
      const asked = at === deals.length - 1 ? left.length : deal.hands.filter(isWeak).length;
      for (const decision of left.splice(0, asked)) {
        const decided =
          decision.type === 'accept_redeal' ? 'has a weak hand and asks for a redeal' : 'keeps a weak hand';
        this.add(`${this.name(decision.seat)} ${decided}${late(decision)}.`, { kind: 'redeal', actor: decision.seat });
      }
    });
  }

  private declarations(): void {
    for (const declaration of this.part.declarations) {
      if (declaration.type !== 'declare') continue;
      const { seat, value } = declaration;
      this.add(`${this.name(seat)} declares ${piles(value)}${late(declaration)}.`, {
        kind: 'declare',
        actor: seat,
        declared: put(this.now.declared, seat, value),
      });
    }
  }

  private turns(): void {
    const { plays } = this.part;
    for (let at = 0; at < plays.length; at += 4) {
      const turn = plays.slice(at, at + 4);
      const leader = turn[0]?.seat ?? 0;
      this.now = { ...this.now, plays: [null, null, null, null], leader, turn: at / 4 + 1 };
      for (const play of turn) this.play(play, leader);
      this.won(plays[at + 4]?.seat ?? this.lastWinner(), turn[0] ? countOf(turn[0]) : 0);
    }
  }

  private play(play: ReplayAction, leader: number): void {
    if (play.type !== 'play') return;
    const { seat, pieceIds } = play;
    const hand = this.now.hands[seat]?.filter((id) => !pieceIds.includes(id)) ?? [];
    const what = piecesOf(pieceIds)
      .map((piece) => pieceName(piece))
      .join(', ');
    this.add(`${this.name(seat)} ${seat === leader ? 'leads' : 'plays'} ${what}${late(play)}.`, {
      kind: 'play',
      actor: seat,
      hands: put(this.now.hands, seat, hand),
      plays: put(this.now.plays, seat, pieceIds),
    });
  }

  /** The player who won more piles in the round than in the frames so far. */
  private lastWinner(): number {
    const { captured } = this.part.round;
    return SEATS.find((seat) => (captured[seat] ?? 0) > (this.now.piles[seat] ?? 0)) ?? this.now.leader ?? 0;
  }

  private won(winner: number, count: number): void {
    this.add(`${this.name(winner)} wins ${piles(count)}.`, {
      kind: 'won',
      winner,
      piles: put(this.now.piles, winner, (this.now.piles[winner] ?? 0) + count),
    });
  }

  private score(): void {
    const { round, scores, totals, multiplier } = this.part.round;
    const each = SEATS.map((seat) => `${this.name(seat)} ${signed(scores[seat] ?? 0)}`).join(', ');
    const times = multiplier > 1 ? `, points ×${multiplier}` : '';
    this.add(`Round ${round} is scored${times}: ${each}.`, {
      kind: 'scored',
      totals,
      plays: [null, null, null, null],
      leader: null,
    });
  }
}

/** Whether a hand is weak, so that its player is asked about a redeal: no piece above 9 points (docs/rules.md). */
const isWeak = (hand: readonly string[]): boolean => piecesOf(hand).every(({ point }) => point <= 9);

const piles = (count: number): string => (count === 1 ? '1 pile' : `${count} piles`);
const late = ({ automatic }: ReplayAction): string => (automatic ? ' (decided by the server when time ran out)' : '');
const put = <T>(list: readonly T[], at: number, value: T): readonly T[] =>
  list.map((old, index) => (index === at ? value : old));
