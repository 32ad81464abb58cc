// A word to everybody.
import { useState } from 'preact/hooks';
import type { Broadcast, Reached } from '../../protocol/rest';
import { rest } from '../../rest';
import { tell } from '../../store';
import { Field, useSending, Wrong } from '../profile/form';

type Severity = NonNullable<Broadcast['severity']>;

const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];

export function Announce() {
  const [message, setMessage] = useState('');
  const [severity, choose] = useState<Severity>('info');
  const sending = useSending(['message'], async () => {
    const { reached } = await rest<Reached>('POST', '/admin/broadcast', { message: message.trim(), severity } satisfies Broadcast);
    setMessage('');
    tell('info', reached === 1 ? 'One connection was told.' : `${reached} connections were told.`);
  });
  return (
    <section class="card" aria-labelledby="announce">
      <h2 id="announce">A word to everybody</h2>
      <form onSubmit={sending.submit}>
        <Field text="Message" name="message" value={message} put={setMessage} sending={sending} maxLength={500} required autocomplete="off" hint="Heard in chat and in apps; the game’s own connections have no word for it." />
        <label class="field">
          How much it matters
          <select value={severity} onChange={({ currentTarget }) => choose(currentTarget.value as Severity)}>
            {SEVERITIES.map((one) => <option value={one}>{one}</option>)}
          </select>
        </label>
        <Wrong>{sending.problem}</Wrong>
        <button type="submit" disabled={sending.isBusy || !message.trim()}>Tell everybody</button>
      </form>
    </section>
  );
}
