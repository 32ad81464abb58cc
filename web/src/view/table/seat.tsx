// A seat: the player, piles won and declared, pieces left, turn and time left.
import { of } from '../../by_name';
import { PieceBack } from '../../pieces';
import type { PlayerData } from '../../protocol/server';
import { currentPlayer, declarations, type Game, held } from '../../state';
import { Countdown } from './countdown';
import { plain } from '../../points';
import type { Side } from '../../sides';

export function SeatView({ game, player, side }: { game: Game; player: PlayerData; side: Side }) {
  const { name } = player;
  const declared = of(declarations(game), name);
  const isTurn = currentPlayer(game) === name || isAskedToRedeal(game, name);
  const left = held(game, name);
  return (
    <section class={`seat ${side} ${isTurn ? 'turn' : ''}`} aria-label={describe(game, player, side)}>
      <div class={`avatar place-${player.position}`}>
        <span aria-hidden="true">{[...name][0]?.toUpperCase()}</span>
        {isTurn && <Countdown game={game} />}
      </div>
      <div class="who" aria-hidden="true">
        <b class="name" translate={false}>
          {side === 'me' ? name : shown(player)}
        </b>
        {tagOf(player, side) && <small class={`tag ${tagOf(player, side)}`}>{tagOf(player, side)}</small>}
        <span class="score" translate={false} title="Total points">
          {plain(of(game.scores, name) ?? 0)}
        </span>
      </div>
      {game.phase.name !== 'GAME_OVER' && (
        <Piles taken={of(game.piles, name) ?? 0} declared={declared} isTurn={isTurn} />
      )}
      {side !== 'me' && left > 0 && (
        <div class="backs" aria-hidden="true" key={game.round}>
          {Array.from({ length: left }, (_, at) => (
            <PieceBack key={at} />
          ))}
        </div>
      )}
    </section>
  );
}

/** A bot's name without its suffix: bots are tagged next to their names. */
const shown = ({ name, is_bot }: PlayerData): string => (is_bot ? name.replace(/ \(bot\)$/, '') : name);

function tagOf({ is_bot, is_active }: PlayerData, side: Side): string | null {
  if (!is_active) return 'bot plays';
  return side === 'me' ? 'you' : is_bot ? 'bot' : null;
}

function isAskedToRedeal(game: Game, name: string): boolean {
  return (
    game.phase.name === 'PREPARATION' &&
    game.phase.data.waiting_for_decisions &&
    of(game.phase.data.decisions, name) === null
  );
}

/** Compares the piles won with the declaration. */
export function standing(taken: number, declared: number): { state: 'exact' | 'over' | 'short'; text: string } {
  if (taken === declared) return { state: 'exact', text: 'exact' };
  return taken > declared
    ? { state: 'over', text: `${taken - declared} over` }
    : { state: 'short', text: `${declared - taken} short` };
}

/**
 * The piles won as filled marks, out of the declared number; those beyond the declaration stand out. Missing piles are
 * not mentioned during the round, because every player starts with all of them missing.
 */
function Piles({ taken, declared, isTurn }: { taken: number; declared: number | undefined; isTurn: boolean }) {
  if (declared === undefined)
    return (
      <div class="piles undeclared" aria-hidden="true">
        {isTurn ? 'choosing…' : '–'}
      </div>
    );
  const marks = Array.from({ length: Math.max(taken, declared) }, (_, at) =>
    at >= declared ? 'over' : at < taken ? 'taken' : '',
  );
  const { state, text } = standing(taken, declared);
  return (
    <div class={`piles ${state}`} aria-hidden="true">
      <span class="numbers" translate={false}>
        {taken} of {declared}
      </span>
      <span class="marks">
        {marks.map((mark, at) => (
          <i key={at} class={mark} />
        ))}
      </span>
      {state !== 'short' && <small class="state">{text}</small>}
    </div>
  );
}

function describe(game: Game, player: PlayerData, side: Side): string {
  const { name } = player;
  const declared = of(declarations(game), name);
  const taken = of(game.piles, name) ?? 0;
  const piles =
    declared === undefined
      ? 'has not declared yet'
      : `declared ${declared}, won ${taken}, ${standing(taken, declared).text}`;
  const who = side === 'me' ? `You, ${name}` : player.is_bot ? `${name}, bot` : name;
  const turn = currentPlayer(game) === name ? ', to act' : '';
  return `${who}: ${piles}, ${held(game, name)} pieces, ${of(game.scores, name) ?? 0} points${turn}`;
}
