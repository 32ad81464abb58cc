// Asks again before something is done that can't be undone.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface Question {
  title: string;
  text: string;
  /** What the button says that does it. */
  act: string;
  /** What has to be said with it, as the label of a field that begins with `initial`. */
  field?: { label: string; initial: string };
  run: (value: string) => Promise<unknown>;
}

interface Props {
  question: Question | null;
  close: () => void;
  /** What is said of a failure. */
  describeError?: (error: unknown) => string;
}

export function Confirm({ question, close, describeError = () => 'Something went wrong on this page.' }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [value, setValue] = useState('');
  const [isBusy, setBusy] = useState(false);
  // Before the next key can be pressed: it has to reach the dialog, not what is beneath it.
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
