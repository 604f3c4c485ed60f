import { ask, h, num, redraw, table } from './dom.js';
import { get } from './calls.js';
import { ago, bytes, count, time } from './format.js';
import { badge, start } from './runs.js';

async function restore(backup, databases) {
  const content = h('div', {},
    h('p', {}, `Backup ${backup.backup_id} of ${backup.database}, ${time(backup.created_at)}: ${count(backup.tables)} tables, ${count(backup.rows)} rows.`),
    h('p', {}, h('label', {}, 'Into ', h('select', { name: 'into', id: 'into' }, databases.map(d =>
      h('option', { value: d.name, selected: d.name === backup.name }, `${d.name} (${d.database} on ${d.host}:${d.port})`))))),
    h('p', {}, h('label', {}, 'Tables ', h('input', { name: 'tables', placeholder: '*', autocomplete: 'off' }))),
    h('p', {}, h('label', {}, h('input', { type: 'checkbox', name: 'verify' }), ' compare the rows by checksums afterwards')),
    h('p', { class: 'problem' }, 'It replaces these tables there. What it replaces is saved in another backup first.'));
  const form = await ask('Restore?', content, 'Restore', true);
  if (!form) return;
  const request = { pipeline: 'restore', backup_id: backup.backup_id, into: form.get('into') };
  if (form.get('tables').trim()) request.tables = form.get('tables').trim();
  if (form.get('verify')) request.verify = true;
  await start(request);
}

export function view(root, argument, status) {
  const box = h('div', {});
  const create = side => async () => start({ pipeline: 'backup', database: (await status())[side].name });
  root.append(h('div', { class: 'head' }, h('h1', {}, 'Backups'),
    h('button', { type: 'button', onclick: create('source') }, 'Back up the source'),
    h('button', { type: 'button', onclick: create('target') }, 'Back up the target')), box);
  return async s => {
    const { backups } = await get('/api/backups');
    redraw(box, [backups, s.source, s.target], ([list, source, target]) => table('Backups',
      ['Backup', 'Database', 'Made', 'Tables', 'Rows', 'Size', 'State', ''],
      list.map(b => [b.backup_id, [b.name, b.database].filter(Boolean).join('/'), h('time', { title: time(b.created_at) }, ago(b.created_at)),
        num(count(b.tables)), num(count(b.rows)), num(bytes(b.bytes)),
        h('span', { title: b.fault }, badge(b.state.toLowerCase()), b.whole === false ? ' a part' : ''),
        b.state === 'GOOD' && h('button', { type: 'button', 'data-key': b.backup_id, onclick: () => restore(b, [target, source]) }, 'Restore…')
      ].map(c => c || '')), 'No backups yet.'));
  };
}
