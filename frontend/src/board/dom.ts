import { createRenderer, type Component } from 'vue'

/**
 * Shows a component with the little of the document that the board's templates ask for. Vue's own createApp also knows
 * custom elements, trusted types, prefixed styles and more, and every spectator would pay 2 KB for them.
 *
 * Not known here, and refused by a test: v-html, v-model, v-show, transitions, `.once` and its like, styles as strings.
 */
export function show(root: Component, at: Element): void {
  createRenderer<Node, Element>({
    patchProp,
    insert: (node, parent, before) => parent.insertBefore(node, before ?? null),
    remove: (node) => node.parentNode?.removeChild(node),
    createElement: (tag, space) =>
      space === 'svg' ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag),
    createText: (text) => document.createTextNode(text),
    createComment: (text) => document.createComment(text),
    setText: (node, text) => (node.nodeValue = text),
    setElementText: (el, text) => (el.textContent = text),
    parentNode: (node) => node.parentNode as Element | null,
    nextSibling: (node) => node.nextSibling,
  })
    .createApp(root)
    .mount(at)
}

type Style = Record<string, string | number | undefined> | null | undefined

function patchProp(el: Element, key: string, was: unknown, is: unknown): void {
  if (key === 'style') {
    const names = { ...(was as Style), ...(is as Style) }
    for (const name in names) (el as HTMLElement).style.setProperty(name, `${(is as Style)?.[name] ?? ''}`)
  } else if (/^on[A-Z]/.test(key)) {
    listen(el, key.slice(2).toLowerCase(), is as Act)
  } else if (key === 'value') {
    // An equal value is not written: that would disturb who is typing Chinese.
    if ((el as HTMLInputElement).value !== is) (el as HTMLInputElement).value = is as string
  } else if ((is ?? null) === null || (is === false && !key.startsWith('aria-'))) {
    el.removeAttribute(key)
  } else el.setAttribute(key, `${is}`)
}

type Act = ((e: Event) => void) | null | undefined
type Turned = Event & { turn?: number }
type Ear = { (e: Turned): void; act: Act; since: number }

const ears = new WeakMap<Element, Record<string, Ear | undefined>>()
let turn = 0

/** One listener stays; what it does is exchanged. It is deaf to the event that brought it about and still bubbles. */
function listen(el: Element, type: string, act: Act): void {
  const all = ears.get(el) ?? {}
  const known = all[type]
  if (known) {
    known.act = act
    return
  }
  const ear: Ear = (e) => {
    e.turn ??= ++turn
    if (e.turn > ear.since) ear.act?.(e)
  }
  ear.act = act
  ear.since = turn
  all[type] = ear
  ears.set(el, all)
  el.addEventListener(type, ear)
}
