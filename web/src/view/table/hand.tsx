// The player's own hand. Pieces that can't be added to the selection are dimmed, and the selected set is named.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { play } from '../../actions';
import { PLAY_NAMES, pieceTitle } from '../../narrate';
import { PieceFace } from '../../pieces';
import type { Hand, Piece, Turn } from '../../protocol/server';
import { state } from '../../store';
import { HintButton, HintText, hintFor } from './hint';
import { along } from './keys';

/** What the server's last messages allow for a selection of pieces. */
export interface Choice {
  /** The ids of the pieces that may be added to the selection. */
  open: ReadonlySet<string>;
  /** Whether the selection may be played. */
  isPlayable: boolean;
  /** The name of the selected set; empty if nothing is selected. */
  name: string;
}

/** A leader must play one of the sets that the server lists; the others any pieces, as many as the leader. */
export function weigh(hand: Hand, turn: Turn, chosen: readonly string[]): Choice {
  const count = turn.required_piece_count;
  const fits = hand.valid_sets.filter((set) => chosen.every((id) => set.piece_ids.some((other) => other === id)));
  const exact = fits.find((set) => set.piece_ids.length === chosen.length);
  if (count === null) {
    const name = exact ? PLAY_NAMES[exact.play_type] : chosen.length ? 'not a set yet' : '';
    return { open: new Set(fits.flatMap((set) => set.piece_ids)), isPlayable: exact !== undefined, name };
  }
  const isFull = chosen.length >= count;
  const open = new Set<string>(isFull ? [] : hand.pieces.map((piece) => piece.id));
  const missing = count - chosen.length;
  const name =
    exact && isFull
      ? PLAY_NAMES[exact.play_type]
      : isFull
        ? 'Not a set, so it can’t win'
        : chosen.length
          ? `${missing} more`
          : '';
  return { open, isPlayable: chosen.length === count, name };
}

const CLOSED: Choice = { open: new Set(), isPlayable: false, name: '' };

/** The selection after a click on a piece; `isOpen` is whether the piece may be added to the selection. */
function toggled(chosen: readonly string[], id: string, turn: Turn | null, isOpen: boolean): readonly string[] {
  if (chosen.includes(id)) return chosen.filter((other) => other !== id);
  const count = turn?.required_piece_count;
  // A piece that does not go with the selected ones starts a new selection.
  if (count === null && !isOpen) return [id];
  // If the selection is full, the new piece replaces the first one.
  const isFull = count != null && chosen.length >= count;
  return [...(isFull ? chosen.slice(1) : chosen), id];
}

/** The selection. Pieces that leave the hand are removed from it, and a new hint replaces it. */
function useChosen(hand: Hand | null, hint: ReturnType<typeof hintFor>) {
  const chosen = useSignal<readonly string[]>([]);
  useEffect(() => {
    chosen.value = chosen.value.filter((id) => hand?.pieces.some((piece) => piece.id === id));
  }, [hand]);
  useEffect(() => {
    if (hint?.type === 'play') chosen.value = hint.pieceIds;
  }, [hint]);
  return chosen;
}

export function HandView() {
  const { hand, game, name } = state.value;
  const chosen = useChosen(hand, hintFor(game));
  const isSending = useSignal(false);
  const turn = game?.phase.name === 'TURN' ? game.phase.data : null;
  const isMine = turn?.current_player === name;
  if (!hand || !game || hand.pieces.length === 0) return <section class="hand empty" aria-label="Your hand" />;
  const choice = turn ? weigh(hand, turn, chosen.value) : CLOSED;
  const isOpen = (id: string) => !isMine || choice.open.has(id);
  const toggle = (id: string) => {
    chosen.value = toggled(chosen.value, id, turn, isOpen(id));
  };
  const clear = () => {
    chosen.value = [];
  };
  const send = async () => {
    isSending.value = true;
    const reply = await play([...chosen.value]);
    if (reply.ok) clear();
    isSending.value = false;
  };
  const canPlay = isMine && choice.isPlayable && !isSending.value;
  // Enter plays the selection; if there is nothing to play, it presses the focused piece as on any button.
  const press = (event: KeyboardEvent) => {
    if (along(event) || event.key !== 'Enter' || !canPlay) return;
    event.preventDefault();
    send();
  };
  return (
    <section class={`hand ${isMine ? 'mine' : ''}`} aria-label="Your hand">
      <div class="pieces" role="group" aria-label={`${hand.count} pieces`} onKeyDown={press}>
        {hand.pieces.map((piece) => (
          <HandPiece
            key={piece.id}
            piece={piece}
            isChosen={chosen.value.includes(piece.id)}
            isOpen={isOpen(piece.id) || turn?.required_piece_count != null}
            toggle={toggle}
          />
        ))}
      </div>
      {turn && (
        <div class="row decide">
          <HintText game={game} />
          {isMine && chosen.value.length === 0 ? <HintButton game={game} /> : <ChoiceName name={choice.name} />}
          {chosen.value.length > 0 && (
            <button type="button" class="quiet" onClick={clear}>
              Clear
            </button>
          )}
          <button type="button" class="primary" disabled={!canPlay} onClick={send}>
            Play
          </button>
        </div>
      )}
    </section>
  );
}

const ChoiceName = ({ name }: { name: string }) => (
  <output class="type" aria-live="polite">
    {name}
  </output>
);

function HandPiece({
  piece,
  isChosen,
  isOpen,
  toggle,
}: {
  piece: Piece;
  isChosen: boolean;
  isOpen: boolean;
  toggle: (id: string) => void;
}) {
  return (
    <button
      type="button"
      class={`piece-button ${isOpen || isChosen ? '' : 'shut'}`}
      aria-pressed={isChosen}
      aria-label={`${pieceTitle(piece)}, ${piece.point} points${isChosen ? ', selected' : ''}`}
      data-piece={piece.id}
      data-zone="hand"
      onClick={() => toggle(piece.id)}
    >
      <PieceFace kind={piece.rank} color={piece.color} points={piece.point} />
    </button>
  );
}
