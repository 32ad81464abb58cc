// Which question the game asks, as a text that changes with it: what was decided for one is never sent for another.
import { type Phase, phaseOf, type State } from './state';

/** After a return, the question is the one that `reconnected` told, whatever is still to be caught up with. */
export function momentOf({ arrival, game }: Pick<State, 'arrival' | 'game'>): string {
  if (arrival) return textOf(phaseOf(arrival.game.phase, arrival.game.phase_data), arrival.game.round_number);
  return game ? textOf(game.phase, game.round) : textOf(phaseOf(null, null), 0);
}

function textOf(phase: Phase, round: number): string {
  switch (phase.name) {
    case 'PREPARATION':
      return `${round} ${phase.name} ${phase.data.redeal_multiplier}`;
    case 'TURN':
      return `${round} ${phase.name} ${phase.data.turn_number}`;
    default:
      return `${round} ${phase.name}`;
  }
}
