// The middle of the table: the plays of the turn, each in front of its player, the last winner, and what happens next.
import { type ByName, countOf, entriesOf, of } from '../../by_name';
import { shortened } from '../../names';
import { listed, PLAY_NAMES, pieceName } from '../../narrate';
import { PieceFace } from '../../pieces';
import type { Declaring, LastTurn, Play, Preparing, Turn } from '../../protocol/server';
import type { Sided } from '../../sides';
import { type Game, isAsked } from '../../state';
import { state } from '../../store';

type Sides = readonly Sided[];

export function Middle({ game, sides }: { game: Game; sides: Sides }) {
  const { phase } = game;
  if (phase.name === 'TURN') return <TurnView turn={phase.data} sides={sides} />;
  if (phase.name === 'DECLARATION' && phase.data.current_player !== state.value.name)
    return <p class="word">{declaring(phase.data)}</p>;
  if (phase.name === 'PREPARATION' && !isAsked(state.value))
    return <p class="word">{phase.data.waiting_for_decisions ? redealing(phase.data) : 'Dealing the pieces…'}</p>;
  if (phase.name === 'SCORING' && phase.data.last_turn) return <Finished last={phase.data.last_turn} sides={sides} />;
  return null;
}

function redealing({ decisions }: Preparing): string {
  const asked = entriesOf(decisions).filter(([, decision]) => decision === null);
  return `Waiting: ${listed(asked.map(([name]) => shortened(name)))} may ask for a redeal`;
}

function declaring({ current_player, total_declared, declarations }: Declaring): string {
  const sum = countOf(declarations) ? `Declared so far: ${total_declared} of 8. ` : '';
  return `${sum}${shortened(current_player)} declares`;
}

function TurnView({ turn, sides }: { turn: Turn; sides: Sides }) {
  const begins = countOf(turn.current_plays) === 0;
  // The plays of the last turn stay visible until the next leader has played.
  if (begins && turn.last_turn)
    return (
      <Finished
        last={turn.last_turn}
        sides={sides}
        next={turnText(turn)}
        isMine={turn.current_player === state.value.name}
      />
    );
  return (
    <>
      <Plays plays={turn.current_plays} sides={sides} />
      <p class={`word ${turn.current_player === state.value.name ? 'mine' : ''}`}>{turnText(turn)}</p>
    </>
  );
}

function turnText({ current_player, required_piece_count: count }: Turn): string {
  const mine = current_player === state.value.name;
  const pieces = count === 1 ? '1 piece' : `${count} pieces`;
  if (count === null) return mine ? 'Your turn: lead with a set' : `${shortened(current_player)} leads`;
  return mine ? `Your turn: play ${pieces}` : `${shortened(current_player)} plays ${pieces}`;
}

function Finished({ last, sides, next, isMine }: { last: LastTurn; sides: Sides; next?: string; isMine?: boolean }) {
  const who = last.winner === state.value.name ? 'You win' : `${shortened(last.winner)} wins`;
  return (
    <>
      <Plays plays={last.plays} sides={sides} winner={last.winner} />
      <p class={`word ${isMine ? 'mine' : ''}`}>
        <b>
          {who} {last.piles === 1 ? '1 pile' : `${last.piles} piles`}
        </b>
        {next && <span>{next}</span>}
      </p>
    </>
  );
}

function Plays({ plays, sides, winner }: { plays: ByName<Play>; sides: Sides; winner?: string }) {
  return (
    <>
      {sides.map(({ player: { name }, side }) => {
        const play = of(plays, name);
        if (!play) return null;
        const named = `${play.pieces.map(pieceName).join(', ')}: ${PLAY_NAMES[play.play_type]}`;
        const what = `${name} played ${named}${winner === name ? ', which won' : ''}`;
        return (
          <figure
            key={name}
            class={`play ${side} ${winner ? (winner === name ? 'won' : 'beaten') : ''}`}
            aria-label={what}
          >
            <div class="pieces">
              {play.pieces.map((piece) => (
                <span key={piece.id} data-piece={piece.id} data-zone={side}>
                  <PieceFace kind={piece.rank} color={piece.color} points={piece.point} />
                </span>
              ))}
            </div>
            <figcaption aria-hidden="true">
              {winner === name && <b>★ </b>}
              {PLAY_NAMES[play.play_type]}
            </figcaption>
          </figure>
        );
      })}
    </>
  );
}
