// The live regions: events and turns for screen readers.
import { isAsked } from '../state';
import { state } from '../store';

export function Live() {
  const { happenings } = state.value;
  return (
    <>
      <div class="unseen" role="log" aria-live="polite">
        {happenings.slice(-6).map(({ sequence, text }) => (
          <p key={`${sequence} ${text}`}>{text}</p>
        ))}
      </div>
      <div class="unseen" role="status" aria-live="assertive">
        {isAsked(state.value) ? 'It is your turn.' : ''}
      </div>
    </>
  );
}
