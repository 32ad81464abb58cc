// A dialog that asks for confirmation before an action that can't be undone.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface Question {
  title: string;
  text: string;
  /** The label of the confirming button. */
  act: string;
  /** A required text field with its label and initial value, for example for a reason. */
  field?: { label: string; initial: string };
  run: (value: string) => Promise<unknown>;
}

interface Props {
  question: Question | null;
  close: () => void;
  /** The text for an error of `run`. */
  describeError?: (error: unknown) => string;
}

export function Confirm({ question, close, describeError = () => 'Something went wrong on this page.' }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [value, setValue] = useState('');
  const [isBusy, setBusy] = useState(false);
  // A layout effect, so that the dialog is open before the next key press, which must not reach the page beneath it.
  useLayoutEffect(() => {
    setProblem(null);
    setValue(question?.field?.initial ?? '');
    if (question) dialog.current?.showModal();
    else dialog.current?.close();
  }, [question]);
  const run = async () => {
    if (!question) return;
    setBusy(true);
    await question.run(value.trim()).then(close, (error) => setProblem(describeError(error)));
    setBusy(false);
  };
  return (
    <dialog ref={dialog} aria-labelledby="question" aria-describedby="question-text" onClose={close}>
      <h2 id="question">{question?.title}</h2>
      <p id="question-text">{question?.text}</p>
      {question?.field && (
        <label class="field">
          {question.field.label}
          <input value={value} maxLength={200} onInput={({ currentTarget }) => setValue(currentTarget.value)} />
        </label>
      )}
      {problem && (
        <p class="wrong" role="alert">
          {problem}
        </p>
      )}
      <div class="row end">
        <button type="button" autofocus onClick={close}>
          Cancel
        </button>
        <button type="button" class="danger" disabled={isBusy || (question?.field && !value.trim())} onClick={run}>
          {question?.act}
        </button>
      </div>
    </dialog>
  );
}
