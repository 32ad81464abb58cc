// Forms that show errors next to the field that they concern.
import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { type Problem, problemOf } from '../../problems';

export interface Sending {
  isBusy: boolean;
  /** The error of a field; null if there is none. */
  wrong: (field: string) => string | null;
  /** The error of the whole form; null if there is none. */
  problem: string | null;
  submit: (event: Event) => void;
}

/** Handles the submission of a form; `fields` are its fields by the server's names. */
export function useSending(fields: readonly string[], send: () => Promise<unknown>): Sending {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const begun = useRef(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (begun.current) return;
    begun.current = true;
    setBusy(true);
    setProblem(null);
    const form = event.currentTarget as HTMLFormElement;
    await send().catch((error) => {
      const found = problemOf(error, fields);
      setProblem(found);
      if (found.field) form.querySelector<HTMLInputElement>(`[name="${found.field}"]`)?.focus();
    });
    begun.current = false;
    setBusy(false);
  };
  const isHere = problem?.field != null && fields.includes(problem.field);
  return {
    isBusy,
    submit,
    wrong: (field) => (isHere && problem.field === field ? problem.text : null),
    problem: problem && !isHere ? problem.text : null,
  };
}

interface Input {
  type?: 'text' | 'password' | 'search' | 'url' | 'number';
  autocomplete?: 'username' | 'current-password' | 'new-password' | 'nickname' | 'photo' | 'off';
  autocapitalize?: 'none';
  spellcheck?: boolean;
  required?: boolean;
  minLength?: number;
  maxLength?: number;
  min?: number;
  max?: number;
  pattern?: string;
  placeholder?: string;
}

/** An input with its label, hint and error. */
export function Field({
  text,
  name,
  value,
  put,
  sending,
  hint,
  ...input
}: Input & {
  text: string;
  name: string;
  value: string;
  put: (value: string) => void;
  sending: Sending;
  hint?: string;
}) {
  const id = useId();
  const wrong = sending.wrong(name);
  const describedBy = [wrong && `${id}-wrong`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{text}</label>
      <input
        {...(input as object)}
        id={id}
        name={name}
        value={value}
        aria-invalid={wrong ? 'true' : undefined}
        aria-describedby={describedBy || undefined}
        onInput={({ currentTarget }) => put(currentTarget.value)}
      />
      {wrong && (
        <p class="wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
      )}
      {hint && !wrong && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

/** The error of the whole form. */
export const FormError = ({ children }: { children: ComponentChildren }) =>
  children ? (
    <p class="wrong" role="alert">
      {children}
    </p>
  ) : null;
