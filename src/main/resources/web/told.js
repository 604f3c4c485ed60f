import { h } from './dom.js';

/** Tells something for a moment, to eyes and screen readers. */
export function told(...content) {
  const box = document.getElementById('told');
  const note = h('div', { class: 'note' }, content,
    h('button', { type: 'button', class: 'quiet', 'aria-label': 'Close', onclick: () => note.remove() }, '×'));
  box.append(note);
  while (box.children.length > 3) box.firstChild.remove();
  setTimeout(() => note.remove(), 12000);
}

/** Tells what a call could not do, with its hint. */
export function failure(error) {
  const f = error.failure ?? { object: 'dashboard', message: error.message, hint: '' };
  told(h('strong', {}, f.object), `: ${f.message}`, f.hint ? h('span', { class: 'hint' }, ` Hint: ${f.hint}`) : '');
}
