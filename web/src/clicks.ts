// Double clicks: people who are used to them double-click everything.
/**
 * The second click of a double click is meant for what was there at the first. Where that is gone, as after a button
 * that leads to another screen, it does nothing.
 */
export function ignoreClicksMeantForWhatIsGone(): void {
  let last: Element | null = null;
  const follow = (event: MouseEvent) => {
    if (event.detail > 1 && last && !last.isConnected) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else {
      last = event.target as Element;
    }
  };
  addEventListener('click', follow, { capture: true });
}
