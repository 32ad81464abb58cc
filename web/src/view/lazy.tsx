// A screen that is fetched when it is first shown.
import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A screen that is not here after this time, in milliseconds, is reported missing; it is still shown when it comes. */
const PATIENCE = 15_000;

/** The component that `load` brings; while it is on the way, a word on that. */
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
