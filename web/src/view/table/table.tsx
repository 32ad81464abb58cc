// The table during the game: seats, middle, and the player's own hand.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { leaveRoom } from '../../actions';
import { follower } from '../../motion';
import { sheetOf } from '../../score_sheet';
import { around, type Side } from '../../sides';
import { type Game, isAsked } from '../../state';
import { state } from '../../store';
import { DeclarationChooser } from './declaration';
import { GameOver } from './game_over';
import { HandView } from './hand';
import { useTableKeys, useTurnFocus } from './keys';
import { Middle } from './middle';
import { RedealQuestion } from './redeal';
import { Scores } from './scores';
import { StandIn } from './stand_in';
import { SeatView } from './seat';
import { Tour } from '../tour/tour';

export function Table() {
  const { game, room, name } = state.value;
  const table = useMotion(game, name);
  useTurnFocus();
  useTableKeys();
  if (!game || !room) return null;
  const sheet = sheetOf(state.value);
  return (
    <div
      class={`table ${isAsked(state.value) ? 'asked' : ''} ${sheet ? 'scoring' : game.phase.name.toLowerCase()}`}
      ref={table}
    >
      <TopLine game={game} title={room.name} />
      <StandIn game={game} />
      <section class="felt" aria-label="Table">
        {around(game, name).map(({ player, side }) => (
          <SeatView key={player.position} game={game} player={player} side={side} />
        ))}
        <Middle game={game} sides={around(game, name)} />
        {!sheet && <Question game={game} />}
      </section>
      {sheet ? <Scores key={sheet.round} sheet={sheet} /> : <HandView />}
      <Tour />
    </div>
  );
}

/** Animates the pieces after each render. */
function useMotion(game: Game | null, name: string) {
  const table = useRef<HTMLDivElement>(null);
  const follow = useRef(follower());
  const winner = useRef<Side | null>(null);
  useLayoutEffect(() => {
    const last =
      game && 'last_turn' in (game.phase.data ?? {})
        ? (game.phase.data as { last_turn: { winner: string } | null }).last_turn
        : null;
    if (game && last)
      winner.current = around(game, name).find(({ player }) => player.name === last.winner)?.side ?? null;
    if (table.current) follow.current(table.current, winner.current);
  });
  return table;
}

/** The question to the player, or the result at the end. */
function Question({ game }: { game: Game }) {
  switch (game.phase.name) {
    case 'PREPARATION':
      return <RedealQuestion asked={game.phase.data} />;
    case 'DECLARATION':
      return <DeclarationChooser asked={game.phase.data} />;
    case 'GAME_OVER':
      return <GameOver game={game} finished={game.phase.data} />;
    default:
      return null;
  }
}

function TopLine({ game, title }: { game: Game; title: string }) {
  const [isSure, ask] = useState(false);
  const target = state.value.room?.options.rules.target_score;
  return (
    <header class="top-line">
      <h1>{title}</h1>
      <span>Round {Math.max(1, game.round)}</span>
      {target && <span class="to-win">to {target} points</span>}
      {isSure ? (
        <span class="row sure">
          {!game.over && <span>Leave? A bot takes your seat.</span>}
          <button type="button" class="danger" onClick={leaveRoom}>
            Leave
          </button>
          <button type="button" class="quiet" onClick={() => ask(false)}>
            Stay
          </button>
        </span>
      ) : (
        <button type="button" class="quiet leave" onClick={() => (game.over ? leaveRoom() : ask(true))}>
          Leave
        </button>
      )}
    </header>
  );
}
