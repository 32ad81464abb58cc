// Asks again before something is done that can't be undone.
import { useEffect, useRef, useState } from 'preact/hooks';
import { problemOf } from '../../problems';

export interface Question {
  title: string;
  text: string;
  /** What the button says that does it. */
  act: string;
  run: () => Promise<unknown>;
}

export function Confirm({ question, close }: { question: Question | null; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, tell] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    tell(null);
    if (question) dialog.current?.showModal();
    else dialog.current?.close();
  }, [question]);
  const run = async () => {
    if (!question) return;
    setBusy(true);
    await question.run().then(close, (error) => tell(problemOf(error).text));
    setBusy(false);
  };
  return (
    <dialog ref={dialog} aria-labelledby="question" aria-describedby="question-text" onClose={close}>
      <h2 id="question">{question?.title}</h2>
      <p id="question-text">{question?.text}</p>
      {problem && <p class="wrong" role="alert">{problem}</p>}
      <div class="row end">
        <button type="button" autofocus onClick={close}>Cancel</button>
        <button type="button" class="danger" disabled={isBusy} onClick={run}>{question?.act}</button>
      </div>
    </dialog>
  );
}
