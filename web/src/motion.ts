// Animates pieces that are dealt, played and won. Nothing waits for an animation, and reduced motion turns them off.
import type { Side } from './sides';

/** The longest animation including its delay, in milliseconds. */
export const LONGEST = 400;
const DELAY = 20;
const EASE = 'cubic-bezier(0.22, 0.8, 0.3, 1)';

const reduced = matchMedia('(prefers-reduced-motion: reduce)');
export const isStill = (): boolean => reduced.matches || document.hidden;

interface Place {
  box: DOMRect;
  zone: string;
  piece: Element;
}

type Places = ReadonlyMap<string, Place>;

/** Where each visible piece (`data-piece`) is, with its zone: the hand or a side of the table (`data-zone`). */
function placesIn(table: Element): Places {
  const places = new Map<string, Place>();
  for (const piece of table.querySelectorAll<HTMLElement>('[data-piece]')) {
    places.set(piece.dataset['piece'] ?? '', {
      box: piece.getBoundingClientRect(),
      zone: piece.dataset['zone'] ?? '',
      piece,
    });
  }
  return places;
}

/** Animates the pieces whose zone has changed since the last call; `winner` is the side that won the removed ones. */
export function follower(): (table: Element, winner: Side | null) => void {
  let before: Places | null = null;
  return (table, winner) => {
    const now = placesIn(table);
    const old = before;
    before = now;
    if (isStill()) return;
    let dealt = 0;
    for (const [id, { box, zone, piece }] of now) {
      const last = old?.get(id);
      if (last?.zone === zone) continue;
      if (last) fly(piece, last.box, box);
      else if (zone === 'hand') fly(piece, middleOf(table), box, DELAY * dealt++);
      else if (old) fly(piece, boxOf(table, `.seat.${zone}`) ?? box, box);
    }
    const target = winner && boxOf(table, `.seat.${winner} .piles`);
    if (!old || !target) return;
    for (const [id, { box, zone, piece }] of old) if (zone !== 'hand' && !now.has(id)) take(piece, box, target);
  };
}

const boxOf = (table: Element, selector: string): DOMRect | undefined =>
  table.querySelector(selector)?.getBoundingClientRect();

function middleOf(table: Element): DOMRect {
  const felt = boxOf(table, '.felt') ?? table.getBoundingClientRect();
  return new DOMRect(felt.x + felt.width / 2 - 10, felt.y + felt.height / 2 - 10, 20, 20);
}

/** The transform that draws the element at `to` over `from`, centre on centre. */
function shift(from: DOMRect, to: DOMRect): string {
  const x = from.x + from.width / 2 - to.x - to.width / 2;
  const y = from.y + from.height / 2 - to.y - to.height / 2;
  const size = Math.min(from.width, from.height) / Math.max(1, Math.min(to.width, to.height));
  return `translate(${x}px, ${y}px) scale(${Math.min(1.4, size)})`;
}

/** Animates a piece from another place to its own. */
function fly(piece: Element, from: DOMRect, to: DOMRect, delay = 0): void {
  const duration = LONGEST - DELAY * 8;
  piece.animate(
    [
      { transform: shift(from, to), opacity: 0.2 },
      { opacity: 1, offset: 0.4 },
      { transform: 'none', opacity: 1 },
    ],
    { duration, delay, easing: EASE, fill: 'backwards' },
  );
}

/** Animates a copy of a piece that has left the table to its winner. */
function take(piece: Element, from: DOMRect, to: DOMRect): void {
  const ghost = piece.cloneNode(true) as HTMLElement;
  delete ghost.dataset['piece'];
  ghost.setAttribute('aria-hidden', 'true');
  ghost.classList.add('ghost');
  Object.assign(ghost.style, { left: `${from.x}px`, top: `${from.y}px`, width: `${from.width}px` });
  document.body.append(ghost);
  const animation = ghost.animate(
    [
      { transform: 'none', opacity: 1 },
      { transform: shift(to, from), opacity: 0.3 },
    ],
    { duration: LONGEST, easing: EASE },
  );
  animation.onfinish = animation.oncancel = () => ghost.remove();
}
