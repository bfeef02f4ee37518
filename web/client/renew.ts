/** Elements that stay while their content changes: the content of the page, and the region that a screen reader listens to. */
const STANDING = ['main', 'live'];

/**
 * Makes `nodes` the children of `parent`. What is already there and equal stays untouched, so that focus, reading position and opened details
 * are kept; whatever else a server put there goes.
 */
export function renew(parent: Element, nodes: readonly Element[]): void {
  for (const child of [...parent.childNodes]) {
    if (child.nodeType !== Node.ELEMENT_NODE) child.remove();
  }
  nodes.forEach((node, index) => {
    const old = parent.children[index];
    const kept = standing(parent, node) ?? (old !== undefined && isSame(old, node) ? old : node);
    if (kept === old) return;
    if (old === undefined) parent.append(kept);
    else if (kept === node) old.replaceWith(node);
    else old.before(kept);
  });
  while (parent.children.length > nodes.length) parent.lastElementChild?.remove();
}

function standing(parent: Element, node: Element): Element | undefined {
  if (!STANDING.includes(node.id)) return undefined;
  return [...parent.children].find((child) => child.id === node.id && child.localName === node.localName);
}

function isSame(old: Element, node: Element): boolean {
  for (const open of old.querySelectorAll('details[open]')) node.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute('open', '');
  return old.isEqualNode(node);
}
