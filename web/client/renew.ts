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
    if (old === undefined) parent.append(node);
    else if (!staysAs(old, node)) old.replaceWith(node);
  });
  while (parent.children.length > nodes.length) parent.lastElementChild?.remove();
}

function staysAs(old: Element, node: Element): boolean {
  if (STANDING.includes(node.id) && old.id === node.id && old.localName === node.localName) return true;
  for (const open of old.querySelectorAll('details[open]')) node.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute('open', '');
  return old.isEqualNode(node);
}
