// A seat: who sits there, the piles against the declaration, the pieces left, whether it is their turn.
import { PieceBack } from '../../pieces';
import type { PlayerData } from '../../protocol/server';
import { currentPlayer, declarations, type Game, held } from '../../state';
import { Countdown } from './countdown';
import type { Side } from './table';

export function SeatView({ game, player, side }: { game: Game; player: PlayerData; side: Side }) {
  const { name } = player;
  const declared = declarations(game)[name];
  const isTurn = currentPlayer(game) === name || isAskedToRedeal(game, name);
  const left = held(game, name);
  return (
    <section class={`seat ${side} ${isTurn ? 'turn' : ''}`} aria-label={describe(game, player, side)}>
      <div class="who" aria-hidden="true">
        <b class="name">{side === 'me' ? `${name} (you)` : shown(player)}</b>
        {player.is_bot && <small class="tag">bot</small>}
        <span class="score" title="Points of the game">{game.scores[name] ?? 0}</span>
      </div>
      <Piles taken={game.piles[name] ?? 0} declared={declared} />
      {side !== 'me' && (
        <div class="backs" aria-hidden="true">{Array.from({ length: left }, (_, at) => <PieceBack key={at} />)}</div>
      )}
      {isTurn && <Countdown game={game} />}
    </section>
  );
}

/** Bots are marked beside their names. */
const shown = ({ name, is_bot }: PlayerData): string => (is_bot ? name.replace(/ \(bot\)$/, '') : name);

function isAskedToRedeal(game: Game, name: string): boolean {
  return game.phase.name === 'PREPARATION' && game.phase.data.waiting_for_decisions && game.phase.data.decisions[name] === null;
}

/** Piles taken, as filled marks of as many as were declared; what is too many stands out. */
function Piles({ taken, declared }: { taken: number; declared: number | undefined }) {
  if (declared === undefined) return <div class="piles undeclared" aria-hidden="true">–</div>;
  const marks = Array.from({ length: Math.max(taken, declared) }, (_, at) => (at >= declared ? 'over' : at < taken ? 'taken' : ''));
  return (
    <div class={`piles ${taken === declared ? 'exact' : taken > declared ? 'too-many' : ''}`} aria-hidden="true">
      <span class="numbers">{taken}<small>/{declared}</small></span>
      <span class="marks">{marks.map((mark) => <i class={mark} />)}</span>
    </div>
  );
}

function describe(game: Game, player: PlayerData, side: Side): string {
  const { name } = player;
  const declared = declarations(game)[name];
  const piles = declared === undefined ? 'nothing declared yet' : `declared ${declared}, took ${game.piles[name] ?? 0}`;
  const who = side === 'me' ? `You, ${name}` : player.is_bot ? `${name}, bot` : name;
  return `${who}: ${piles}, ${held(game, name)} pieces, ${game.scores[name] ?? 0} points${currentPlayer(game) === name ? ', to act now' : ''}`;
}
