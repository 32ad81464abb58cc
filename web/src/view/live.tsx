// What a screen reader says of what happens.
import { isAsked } from '../state';
import { state } from '../store';

export function Live() {
  const { happenings } = state.value;
  const last = happenings.slice(-3).map(({ text }) => text).join(' ');
  return (
    <>
      <div class="unseen" role="log" aria-live="polite">{last}</div>
      <div class="unseen" role="status" aria-live="assertive">{isAsked(state.value) ? 'It is your turn.' : ''}</div>
    </>
  );
}
