// The keyboard at the table: focus at the start of a turn, arrow keys along the hand, digits to declare.
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { declare } from '../../actions';
import { sheetOf } from '../../score_sheet';
import { isAsked, type State } from '../../state';
import { state } from '../../store';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
const isPlain = (event: KeyboardEvent): boolean => !event.ctrlKey && !event.metaKey && !event.altKey;

/** Identifies what the player is asked; empty if nothing. */
const questionOf = ({ game, name }: State): string =>
  sheetOf(state.value)
    ? 'scores'
    : game && isAsked(state.value)
      ? `${name} ${game.round} ${game.phase.name} ${game.turn}`
      : '';

const FIRST = '.question .numbers button:not(:disabled), .question .row button.primary, .hand .piece-button:not(.shut)';

/** Moves the focus to the first answer of a new question, unless the player has focused another part of the page. */
export function useTurnFocus(): void {
  const question = questionOf(state.value);
  useEffect(() => {
    const active = document.activeElement;
    const isElsewhere = active && active !== document.body && active.id !== 'main' && !active.closest('.hand, .felt');
    if (!question || isElsewhere) return;
    document.querySelector<HTMLElement>(FIRST)?.focus({ preventScroll: true });
  }, [question]);
}

/** Digits declare; an arrow key without a focused element focuses the hand. */
export function useTableKeys(): void {
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTyping(event.target) || !isPlain(event) || event.defaultPrevented || sheetOf(state.peek())) return;
      const { game, name } = state.peek();
      if (/^[0-8]$/.test(event.key) && game?.phase.name === 'DECLARATION' && game.phase.data.current_player === name) {
        if (!event.repeat && game.phase.data.valid_declarations.includes(Number(event.key))) declare(Number(event.key));
      } else if (/^Arrow(Left|Right)$/.test(event.key) && document.activeElement === document.body) {
        document.querySelector<HTMLElement>('.hand .piece-button')?.focus();
      }
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

/** Arrow keys, Home and End move the focus along the pieces; returns true if the key was one of them. */
export function along(event: KeyboardEvent): boolean {
  const group = event.currentTarget as HTMLElement;
  const buttons = [...group.querySelectorAll<HTMLElement>('.piece-button')];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  const steps = new Map([
    ['ArrowLeft', at - 1],
    ['ArrowRight', at + 1],
    ['Home', 0],
    ['End', buttons.length - 1],
  ]);
  const to = steps.get(event.key);
  if (to === undefined || at < 0) return false;
  buttons[(to + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
  return true;
}
