// Elements are built from text alone: nothing that a database names ever becomes markup.

/** An element with attributes, listeners (on…) and children; null and false are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked') element[name] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat(3).filter(c => c !== null && c !== undefined && c !== false));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A table with a caption that screen readers tell; rows are arrays of cells. */
export function table(caption, heads, rows, empty) {
  if (rows.length === 0) return h('p', { class: 'empty' }, empty);
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h('table', {},
      h('caption', { class: 'unseen' }, caption),
      h('thead', {}, h('tr', {}, heads.map(head => h('th', { scope: 'col' }, head)))),
      h('tbody', {}, rows.map(cells => h('tr', {}, cells.map(cell =>
        cell instanceof Node && cell.nodeName === 'TD' ? cell : h('td', {}, cell)))))));
}

/** A cell of a number. */
export const num = text => h('td', { class: 'number' }, text);

/** What is long, cut, with a button for the rest. */
export function long(text, most = 400) {
  const all = String(text);
  if (all.length <= most) return all;
  const rest = h('span', {}, all.slice(0, most), '… ');
  const more = h('button', { type: 'button', class: 'link' }, `show all ${all.length} characters`);
  more.addEventListener('click', () => { rest.textContent = all; more.remove(); });
  return h('span', {}, rest, more);
}

/** The first of many, with a button for the rest. */
export function many(items, most, draw) {
  if (items.length <= most) return draw(items);
  const box = h('div', {}, draw(items.slice(0, most)));
  box.append(h('button', {
    type: 'button', class: 'quiet', onclick: () => box.replaceChildren(draw(items))
  }, `show all ${items.length}`));
  return box;
}

/** Draws only what has changed, so that focus and selection stay. */
export function redraw(element, data, draw) {
  const now = JSON.stringify(data);
  if (element.drawn === now) return;
  element.drawn = now;
  const focused = element.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  element.replaceChildren(...[draw(data)].flat(3).filter(Boolean));
  if (focused) [...element.querySelectorAll('[data-key]')].find(e => e.dataset.key === focused)?.focus();
}

/** Asks; resolves to the form's data, or null. The first button is the way out. */
export function ask(title, content, yes, dangerous = false) {
  return new Promise(resolve => {
    const form = h('form', { method: 'dialog' },
      h('h2', { id: 'asking' }, title), content,
      h('div', { class: 'buttons' },
        h('button', { value: 'no', formnovalidate: true, autofocus: true }, 'Cancel'),
        h('button', { value: 'yes', class: dangerous ? 'danger' : 'primary', id: 'confirm' }, yes)));
    const dialog = h('dialog', { 'aria-labelledby': 'asking' }, form);
    dialog.addEventListener('close', () => {
      const answer = dialog.returnValue === 'yes' ? new FormData(form) : null;
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
