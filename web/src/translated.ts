// Keeps the page working while the browser translates it. A translator replaces text nodes with elements of its own,
// and later changes of the removed text nodes are never seen. So a text node is never changed: each text is wrapped in
// an element that is keyed by the text, and the whole element is replaced.
import { type ComponentChild, Fragment, h, options, type VNode } from 'preact';

/** The element around a text: inline, with a name that no style uses. */
const AROUND = 'x-t';
/** Elements that allow only text inside, or that translators skip. */
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

/** Wraps each run of texts in one element; all other children keep their positions. */
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
    // Blanks are never translated, and an element around them could show between others.
    if (end > at) out[at] = text.trim() === '' ? text || null : h(AROUND, { key: `${at} ${text}` }, text);
    at = Math.max(at, end - 1);
  }
  return out;
}

/** Wraps the texts of everything that is rendered from now on. */
export function surviveTranslation(): void {
  const before = options.vnode;
  options.vnode = (vnode: VNode<any>) => {
    const { type, props } = vnode;
    const draws = typeof type === 'string' ? !LEFT_ALONE.has(type) : type === Fragment;
    if (draws && props.children !== undefined) props.children = wrapped(props.children);
    before?.(vnode);
  };
}
