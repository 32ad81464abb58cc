// Plans, starts and ends pauses. There is at most one pause, and all connections are notified of its changes.
import { useState } from 'preact/hooks';
import type { MaintenancePlan, PlannedMaintenance, Reached } from '../../protocol/rest';
import { Refusal, rest } from '../../rest';
import { showNotice } from '../../store';
import { Field, useSending, FormError } from '../profile/form';
import { useEvery, useLoaded } from '../profile/loaded';
import type { Question } from '../confirm';

/** Milliseconds between refreshes. */
const EVERY = 15_000;

type Kind = MaintenancePlan['event'];

const KINDS: readonly { kind: Kind; text: string }[] = [
  { kind: 'maintenance', text: 'Maintenance: no new tables' },
  { kind: 'restart', text: 'Restart' },
  { kind: 'shutdown', text: 'Shutdown' },
];

/** Loads the pause. 404 means that there is none, which is no error here. */
const planned = (): Promise<{ pause: PlannedMaintenance | null }> =>
  rest<PlannedMaintenance>('GET', '/admin/maintenance').then(
    (pause) => ({ pause }),
    (error) => {
      if (error instanceof Refusal && error.status === 404) return { pause: null };
      throw error;
    },
  );

const notifiedText = (count: number | null | undefined): string =>
  `${count ?? 0} ${count === 1 ? 'connection was' : 'connections were'} notified.`;

export function Maintenance({ ask }: { ask: (question: Question) => void }) {
  const { value, problem, again } = useLoaded(planned, []);
  useEvery(EVERY, again);
  const pause = value?.pause;
  const end = () =>
    ask({
      title: pause?.active ? 'End the pause?' : 'Call the pause off?',
      text: 'New tables can be created again, and players are notified.',
      act: pause?.active ? 'End it' : 'Call it off',
      run: async () => {
        const { reached } = await rest<Reached>('DELETE', '/admin/maintenance');
        showNotice('info', `The pause is over. ${notifiedText(reached)}`);
        await again();
      },
    });
  return (
    <section class="card" aria-labelledby="maintenance">
      <h2 id="maintenance">Pause</h2>
      {problem && (
        <p class="wrong" role="alert">
          {problem}
        </p>
      )}
      {!value && !problem && <p>Loading…</p>}
      {pause && <CurrentPause pause={pause} end={end} />}
      {value && !pause && <p>No pause is planned.</p>}
      {value && <Plan ask={ask} again={again} isAnother={!!pause} />}
    </section>
  );
}

function CurrentPause({ pause, end }: { pause: PlannedMaintenance; end: () => void }) {
  const begins = new Date(pause.scheduledTime);
  const ends = new Date(begins.getTime() + pause.duration * 1000);
  return (
    <div class="standing">
      <p>
        <b>
          {pause.active ? 'On now' : 'Planned'}: {pause.event}
        </b>
        <br />
        {begins.toLocaleString()} to {ends.toLocaleString()}
      </p>
      <button type="button" class="danger" onClick={end}>
        {pause.active ? 'End it' : 'Call it off'}
      </button>
    </div>
  );
}

/** Plans a pause, or starts it at once if `inMinutes` is 0. */
async function announce(event: Kind, inMinutes: number, minutes: number): Promise<void> {
  const scheduledTime = inMinutes > 0 ? new Date(Date.now() + inMinutes * 60_000).toISOString() : null;
  const duration = Math.round(minutes * 60);
  const { reached } = await rest<PlannedMaintenance>('POST', '/admin/maintenance', { event, scheduledTime, duration });
  showNotice('info', `The pause is ${scheduledTime ? 'planned' : 'on'}. ${notifiedText(reached)}`);
}

function KindChoice({ kind, choose }: { kind: Kind; choose: (kind: Kind) => void }) {
  return (
    <label class="field">
      Kind
      <select value={kind} onChange={({ currentTarget }) => choose(currentTarget.value as Kind)}>
        {KINDS.map((one) => (
          <option key={one.kind} value={one.kind}>
            {one.text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Plan({
  ask,
  again,
  isAnother,
}: {
  ask: (question: Question) => void;
  again: () => Promise<void>;
  isAnother: boolean;
}) {
  const [kind, choose] = useState<Kind>('maintenance');
  const [inMinutes, setBegin] = useState('15');
  const [minutes, setLength] = useState('10');
  const replaces = isAnother ? ' It replaces the current pause.' : '';
  const sending = useSending(['duration', 'scheduledTime'], async () =>
    ask({
      title: Number(inMinutes) > 0 ? `Announce a pause in ${inMinutes} minutes?` : 'Start a pause now?',
      text:
        'Everyone is notified. ' +
        `No new tables can be created for ${minutes} minutes; games in progress continue.${replaces}`,
      act: Number(inMinutes) > 0 ? 'Announce it' : 'Start it',
      run: async () => {
        await announce(kind, Number(inMinutes), Number(minutes));
        await again();
      },
    }),
  );
  return (
    <form class="plan" onSubmit={sending.submit}>
      <KindChoice kind={kind} choose={choose} />
      <Field
        text="Starts in (minutes)"
        name="scheduledTime"
        type="number"
        value={inMinutes}
        put={setBegin}
        sending={sending}
        min={0}
        max={43_200}
        required
        hint="0 is now"
      />
      <Field
        text="Lasts (minutes)"
        name="duration"
        type="number"
        value={minutes}
        put={setLength}
        sending={sending}
        min={1}
        max={10_080}
        required
      />
      <FormError>{sending.problem}</FormError>
      <button type="submit" disabled={sending.isBusy}>
        {Number(inMinutes) > 0 ? 'Announce a pause' : 'Start a pause'}
      </button>
    </form>
  );
}
