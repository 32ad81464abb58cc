// Keeps the promise of the deck and what was seen of the deals beyond a reload of the page: without them, nothing could
// be checked at the end.
import { effect } from '@preact/signals';
import { keep } from './keep';
import { change, state } from './store';
import { joined, type Witness } from './witness';

interface Kept {
  room: string;
  commitment: string;
  witness: Witness;
}

export function rememberDeals(): void {
  let kept = keep.tab<Kept | null>('deals', null);
  effect(() => {
    const { room, game } = state.value;
    if (!room || !game) return;
    if (game.commitment) {
      if (kept?.commitment === game.commitment && kept.witness === game.witness) return;
      kept = { room: room.id, commitment: game.commitment, witness: game.witness };
      keep.setTab('deals', kept);
    } else if (kept?.room === room.id) {
      const { commitment, witness } = kept;
      change((now) =>
        now.game ? { ...now, game: { ...now.game, commitment, witness: joined(witness, now.game.witness) } } : now,
      );
    }
  });
}
