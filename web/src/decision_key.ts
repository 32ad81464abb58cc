// Identifies the decision that the game waits for, so that a click meant for one decision is never sent for another.
import { type Phase, phaseOf, type State } from './state';

/** A text that changes with the decision. After a return it follows `reconnected`, not the missed events. */
export function decisionKey({ arrival, game }: Pick<State, 'arrival' | 'game'>): string {
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
