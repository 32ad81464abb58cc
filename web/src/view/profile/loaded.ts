// Data that a screen loads from the server.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { problemOf } from '../../problems';

export interface Loaded<T> {
  /** The last answer, also while a newer one is pending; null before the first. */
  value: T | null;
  /** The error of the last request; null if it succeeded. */
  problem: string | null;
  /** Loads it again. */
  again: () => Promise<void>;
}

/** Loads whenever one of `inputs` changes; late answers to earlier requests are ignored. */
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

/** Calls `act` at an interval while the page is visible. */
export function useEvery(milliseconds: number, act: () => unknown): void {
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && act(), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds, act]);
}
