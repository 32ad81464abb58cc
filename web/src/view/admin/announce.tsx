// Sends and withdraws announcements.
import { useState } from 'preact/hooks';
import type { Broadcast, Reached } from '../../protocol/rest';
import { rest } from '../../rest';
import { state, showNotice } from '../../store';
import { Field, useSending, FormError } from '../profile/form';

type Severity = NonNullable<Broadcast['severity']>;

const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];
const DURATIONS: readonly (readonly [seconds: number, text: string])[] = [
  [600, '10 minutes'],
  [3_600, '1 hour'],
  [86_400, '1 day'],
  [604_800, '1 week'],
];

const reachedText = (reached: number): string =>
  reached === 1 ? 'Announcement sent to 1 connection.' : `Announcement sent to ${reached} connections.`;

export function Announce() {
  const [message, setMessage] = useState('');
  const [severity, choose] = useState<Severity>('info');
  const [durationSeconds, last] = useState(3_600);
  const sending = useSending(['message'], async () => {
    const { reached } = await rest<Reached>('POST', '/admin/broadcast', {
      message: message.trim(),
      severity,
      durationSeconds,
    } satisfies Broadcast);
    setMessage('');
    showNotice('info', reachedText(reached));
  });
  return (
    <section class="card" aria-labelledby="announce">
      <h2 id="announce">Announcement</h2>
      <Current />
      <form onSubmit={sending.submit}>
        <Field
          text="Message"
          name="message"
          value={message}
          put={setMessage}
          sending={sending}
          maxLength={500}
          required
          autocomplete="off"
          hint="Shown to everyone in the lobby, at tables, in chat and in apps, and to people who arrive later."
        />
        <label class="field">
          Severity
          <select value={severity} onChange={({ currentTarget }) => choose(currentTarget.value as Severity)}>
            {SEVERITIES.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          Shown for
          <select value={durationSeconds} onChange={({ currentTarget }) => last(Number(currentTarget.value))}>
            {DURATIONS.map(([seconds, text]) => (
              <option key={seconds} value={seconds}>
                {text}
              </option>
            ))}
          </select>
        </label>
        <FormError>{sending.problem}</FormError>
        <button type="submit" disabled={sending.isBusy || !message.trim()}>
          Send announcement
        </button>
      </form>
    </section>
  );
}

/** The current announcement with a button to withdraw it. */
function Current() {
  const { announcement } = state.value;
  const sending = useSending([], async () => {
    await rest<Reached>('DELETE', '/admin/broadcast');
  });
  if (!announcement) return null;
  return (
    <form onSubmit={sending.submit}>
      <p>Shown now: {announcement.text}</p>
      <FormError>{sending.problem}</FormError>
      <button type="submit" class="quiet" disabled={sending.isBusy}>
        Withdraw
      </button>
    </form>
  );
}
