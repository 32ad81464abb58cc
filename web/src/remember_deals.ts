// Keeps the deck's commitment and the observed hands across a reload; the deal is verified with them at the end.
import { effect } from '@preact/signals';
import { keep } from './keep';
import { change, state } from './store';
import { joined, type Observations } from './observations';

interface Kept {
  room: string;
  commitment: string;
  /** The observations; the name stays because tabs that are open have it in their storage. */
  witness: Observations;
}

export function rememberDeals(): void {
  let kept = keep.tab<Kept | null>('deals', null);
  effect(() => {
    const { room, game } = state.value;
    if (!room || !game) return;
    if (game.commitment) {
      if (kept?.commitment === game.commitment && kept.witness === game.observations) return;
      kept = { room: room.id, commitment: game.commitment, witness: game.observations };
      keep.setTab('deals', kept);
    } else if (kept?.room === room.id) {
      const { commitment, witness } = kept;
      change((now) =>
        now.game
          ? { ...now, game: { ...now.game, commitment, observations: joined(witness, now.game.observations) } }
          : now,
      );
    }
  });
}
