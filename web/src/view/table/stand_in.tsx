// The notice that a bot plays in the player's own seat, for example after three time-outs, with a button to take over.
import { takeBack } from '../../actions';
import type { Game } from '../../state';
import { state } from '../../store';

export function StandIn({ game }: { game: Game }) {
  const isMine = game.players.some(({ name, is_active }) => name === state.value.name && !is_active);
  return (
    <div class="stand-in" role="status">
      {isMine && game.phase.name !== 'GAME_OVER' && (
        <p>
          <span>
            <b>A bot plays for you</b> because you did not answer in time.
          </span>
          <button type="button" class="primary" onClick={takeBack}>
            Take over
          </button>
        </p>
      )}
    </div>
  );
}
