// Double clicks: some people double-click everything, including buttons and links.
/**
 * Ignores the second click of a double click if the element of the first is gone, for example after a button that led
 * to another screen: the click would hit whatever took its place.
 */
export function ignoreClicksAfterScreenChange(): void {
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
