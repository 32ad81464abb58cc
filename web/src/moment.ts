// Which question the game asks, as a text that changes with it: what was decided for one is never sent for another.
import type { Game } from './state';

export function momentOf(game: Game | null): string {
  if (!game) return '';
  const { phase, round } = game;
  switch (phase.name) {
    case 'PREPARATION':
      return `${round} ${phase.name} ${phase.data.redeal_multiplier}`;
    case 'TURN':
      return `${round} ${phase.name} ${phase.data.turn_number}`;
    default:
      return `${round} ${phase.name}`;
  }
}
