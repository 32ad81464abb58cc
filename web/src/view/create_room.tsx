// The form that creates a table, with its options.
import { useState } from 'preact/hooks';
import { createRoom, tableOf } from '../actions';
import type { BotDifficulty, Pace } from '../protocol/client';
import { state } from '../store';

interface Form {
  name: string;
  isPublic: boolean;
  level: BotDifficulty;
  pace: Pace;
  seconds: number;
  target: number;
  anyType: boolean;
}

const BEGIN: Form = {
  name: '',
  isPublic: true,
  level: 'medium',
  pace: 'normal',
  seconds: 30,
  target: 50,
  anyType: false,
};

const LEVELS: readonly (readonly [BotDifficulty, string])[] = [
  ['easy', 'Easy'],
  ['medium', 'Medium'],
  ['hard', 'Hard'],
  ['expert', 'Expert'],
];

const SPEEDS: readonly (readonly [Pace, string])[] = [
  ['normal', 'Natural'],
  ['fast', 'Fast'],
  ['instant', 'Instant'],
];

export function CreateRoom() {
  const [form, set] = useState(BEGIN);
  const { name, connection } = state.value;
  const put = (part: Partial<Form>) => set({ ...form, ...part });
  const suggested = tableOf(name, 'table');
  const submit = (event: Event) => {
    event.preventDefault();
    createRoom(form.name.trim() || suggested, form.isPublic, {
      bot_difficulty: form.level,
      fill_with_bots: true,
      pace: form.pace,
      turn_timeout_seconds: form.seconds,
      rules: { target_score: form.target, competing_types: form.anyType ? 'any_type' : 'leader_type' },
    });
  };
  return (
    <section class="card" aria-labelledby="create">
      <h2 id="create">Create a table</h2>
      <form onSubmit={submit}>
        <label class="field">
          Table name
          <input
            value={form.name}
            maxLength={50}
            placeholder={suggested}
            onInput={({ currentTarget }) => put({ name: currentTarget.value })}
          />
        </label>
        <details>
          <summary>Options</summary>
          <Options form={form} put={put} />
        </details>
        <button type="submit" disabled={connection.status !== 'open' || !name.trim()}>
          Create table
        </button>
      </form>
    </section>
  );
}

function Options({ form, put }: { form: Form; put: (part: Partial<Form>) => void }) {
  return (
    <div class="options">
      <Choice text="Bot level" value={form.level} values={LEVELS} pick={(level) => put({ level })} />
      <Choice text="Bot speed" value={form.pace} values={SPEEDS} pick={(pace) => put({ pace })} />
      <Amount text="Seconds per decision" value={form.seconds} min={1} max={3600} put={(seconds) => put({ seconds })} />
      <Amount text="Points to win" value={form.target} min={10} max={200} put={(target) => put({ target })} />
      <Check
        text="A higher set of any kind beats the leader’s"
        value={form.anyType}
        put={(anyType) => put({ anyType })}
      />
      <Check text="Show in the public list" value={form.isPublic} put={(isPublic) => put({ isPublic })} />
    </div>
  );
}

function Choice<T extends string>({
  text,
  value,
  values,
  pick,
}: {
  text: string;
  value: T;
  values: readonly (readonly [value: T, text: string])[];
  pick: (value: T) => void;
}) {
  return (
    <label class="field">
      {text}
      <select value={value} onChange={({ currentTarget }) => pick(currentTarget.value as T)}>
        {values.map(([one, label]) => (
          <option key={one} value={one}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

function Amount({
  text,
  value,
  min,
  max,
  put,
}: {
  text: string;
  value: number;
  min: number;
  max: number;
  put: (value: number) => void;
}) {
  return (
    <label class="field">
      {text}
      <input
        type="number"
        value={value}
        min={min}
        max={max}
        required
        onInput={({ currentTarget }) => put(currentTarget.valueAsNumber || min)}
      />
    </label>
  );
}

function Check({ text, value, put }: { text: string; value: boolean; put: (value: boolean) => void }) {
  return (
    <label class="check">
      <input type="checkbox" checked={value} onChange={({ currentTarget }) => put(currentTarget.checked)} />
      {text}
    </label>
  );
}
