// A page that a browser translates: the translator puts elements of its own in the place of texts, and what is later
// written into the texts that it took away is never seen. So no text is ever changed here: each is in an element of its
// own, which is keyed by the text and replaced as a whole.
import { type ComponentChild, Fragment, h, options, type VNode } from 'preact';

/** The element around a text; inline, and not one that the styles know. */
const AROUND = 'x-t';
/** What takes nothing but text, and what a translator leaves alone. */
const LEFT_ALONE: ReadonlySet<string> = new Set([
  AROUND,
  'option',
  'textarea',
  'title',
  'text',
  'tspan',
  'style',
  'script',
]);

const isText = (child: ComponentChild): child is string | number =>
  typeof child === 'string' || typeof child === 'number';
const isNothing = (child: ComponentChild): boolean =>
  child === null || child === undefined || typeof child === 'boolean';

/** The children with every run of texts in one element; all others keep their places. */
function wrapped(children: ComponentChild | ComponentChild[]): ComponentChild | ComponentChild[] {
  const list = Array.isArray(children) ? children : [children];
  if (!list.some(isText)) return children;
  const out = list.slice();
  for (let at = 0; at < list.length; at += 1) {
    let end = at;
    let text = '';
    for (; end < list.length && (isText(list[end]) || isNothing(list[end])); end += 1) {
      if (isText(list[end])) text += String(list[end]);
      out[end] = null;
    }
    // Blanks alone are never translated, and an element of them would be seen between others.
    if (end > at) out[at] = text.trim() === '' ? text || null : h(AROUND, { key: `${at} ${text}` }, text);
    at = Math.max(at, end - 1);
  }
  return out;
}

/** From now on, for all that is drawn. */
export function surviveTranslation(): void {
  const before = options.vnode;
  options.vnode = (vnode: VNode<any>) => {
    const { type, props } = vnode;
    const draws = typeof type === 'string' ? !LEFT_ALONE.has(type) : type === Fragment;
    if (draws && props.children !== undefined) props.children = wrapped(props.children);
    before?.(vnode);
  };
}
