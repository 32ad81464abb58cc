// Loads the code of a screen when it is first shown.
import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Milliseconds after which a screen that has not loaded is reported; it is still shown if it arrives later. */
const PATIENCE = 15_000;

/** A component that shows a loading text until `load` has returned the real one. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): (props: P) => JSX.Element {
  let loaded: ComponentType<P> | null = null;
  return function Lazy(props: P) {
    const [Screen, show] = useState<ComponentType<P> | null>(() => loaded);
    const [failed, fail] = useState(false);
    useEffect(() => {
      if (Screen) return undefined;
      const timer = setTimeout(() => fail(true), PATIENCE);
      load().then(
        (component) => {
          loaded = component;
          show(() => component);
        },
        () => fail(true),
      );
      return () => clearTimeout(timer);
    }, []);
    if (Screen) return <Screen {...props} />;
    return (
      <p class="waiting">{failed ? 'This part of the page could not be loaded. Reload to try again.' : 'Loading…'}</p>
    );
  };
}
