// Something of the server's for a screen: on the way, here, or refused.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { problemOf } from '../../problems';

export interface Loaded<T> {
  /** The last answer, while another is on the way, too. */
  value: T | null;
  /** Why there is no newer one, in plain words. */
  problem: string | null;
  /** Asks again. */
  again: () => Promise<void>;
}

/** Asks whenever one of `inputs` changes; late answers to earlier ones are dropped. */
export function useLoaded<T>(load: () => Promise<T>, inputs: readonly unknown[]): Loaded<T> {
  const [{ value, problem }, set] = useState<{ value: T | null; problem: string | null }>({
    value: null,
    problem: null,
  });
  const turn = useRef(0);
  const again = useCallback(async () => {
    turn.current += 1;
    const own = turn.current;
    try {
      const answer = await load();
      if (own === turn.current) set({ value: answer, problem: null });
    } catch (error) {
      if (own === turn.current) set((before) => ({ ...before, problem: problemOf(error).text }));
    }
  }, [...inputs]);
  useEffect(() => {
    again();
    return () => {
      turn.current += 1;
    };
  }, [again]);
  return { value, problem, again };
}

/** Asks again every so many milliseconds, as long as the page is looked at. */
export function useEvery(milliseconds: number, act: () => unknown): void {
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && act(), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds, act]);
}
