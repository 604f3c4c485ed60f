import { ask, h, long, redraw, table } from './dom.js';
import { getExact, post } from './calls.js';
import { Exact, isNumber, write } from './exact.js';
import { ago, time } from './format.js';
import { failure, told } from './told.js';

const KINDS = {
  UPDATE_UPDATE: 'changed on both sides', UPDATE_DELETE: 'changed on one side, deleted on the other',
  INSERT_INSERT: 'added on both sides', UNIQUE_KEY: 'a unique value taken on both sides',
  FOREIGN_KEY: 'a parent deleted under its child'
};
const same = (a, b) => write(a ?? null) === write(b ?? null);

function shown(row, column) {
  if (row === null || row === undefined) return h('em', {}, 'no row');
  const value = row[column];
  if (value === null || value === undefined) return h('em', {}, 'NULL');
  return typeof value === 'string' ? long(value) : long(write(value));
}

const columnsOf = c => [...new Set([c.local_data, c.remote_data, c.base_data].filter(Boolean).flatMap(Object.keys))];

function compare(c) {
  const { local_data: local, remote_data: remote, base_data: base } = c;
  return table('The row on both sides, column by column', ['Column', 'Base', 'Local', 'Remote'],
    columnsOf(c).map(name => {
      const differs = !same(local?.[name], remote?.[name]);
      const mark = row => h('td', { class: differs && base && !same(row?.[name], base[name]) ? 'changed' : '' }, shown(row, name));
      return [h('td', { class: differs ? 'differs' : '' }, h('strong', {}, name), differs && h('span', { class: 'unseen' }, ' differs')),
        shown(base, name), mark(local), mark(remote)];
    }), 'No columns.');
}

async function decide(c, body, words) {
  try {
    const done = await post(`/api/conflicts/${c.id}/resolution`, body);
    told(`Conflict ${c.id} is resolved: ${done.resolution}. ${words}`);
    location.hash = '#conflicts';
  } catch (e) {
    failure(e);
  }
}

/** Text of a column's value as JSON: of the kind that the value was of. */
function jsonOf(text, before) {
  if (before instanceof Exact && isNumber(text)) return text;
  if (before !== null && typeof before === 'object' && !(before instanceof Exact)) return text;
  if (typeof before === 'boolean' && (text === 'true' || text === 'false')) return text;
  return JSON.stringify(text);
}

async function edit(c) {
  const start = c.remote_data ?? c.local_data;
  const fields = columnsOf(c).map((name, i) => {
    const value = start[name] ?? null;
    const text = value === null ? '' : typeof value === 'string' ? value : write(value);
    const input = text.length > 60 || text.includes('\n')
      ? h('textarea', { id: `field-${i}`, rows: 3, value: text })
      : h('input', { id: `field-${i}`, value: text, autocomplete: 'off' });
    const empty = h('input', { type: 'checkbox', checked: value === null, 'aria-label': `${name} is NULL` });
    empty.addEventListener('change', () => { input.disabled = empty.checked; });
    input.disabled = value === null;
    return { name, value, text, input, empty,
      line: h('div', { class: 'field' }, h('label', { for: `field-${i}` }, name), input, h('label', {}, empty, ' NULL')) };
  });
  const content = h('div', {}, h('p', {}, 'The row as it is to be in both databases:'), fields.map(f => f.line));
  if (!await ask(`Edit conflict ${c.id}`, content, 'Write to both', true)) return;
  const parts = [];
  for (const f of fields) {
    const edited = f.empty.checked !== (f.value === null) || (!f.empty.checked && f.input.value !== f.text);
    // what nobody touched is sent as the server wrote it, digit for digit
    const json = f.empty.checked ? 'null' : edited ? jsonOf(f.input.value, f.value ?? c.local_data?.[f.name]) : write(f.value);
    if (edited || !same(c.local_data?.[f.name], c.remote_data?.[f.name])) parts.push(`${JSON.stringify(f.name)}:${json}`);
  }
  await decide(c, `{"with":{${parts.join(',')}}${c.resolution === null ? '' : ',"again":true'}}`, 'Both have the edited row.');
}

function detail(c) {
  const again = c.resolution === null ? {} : { again: true };
  const keep = side => async () => {
    const row = side === 'local' ? c.local_data : c.remote_data;
    if (await ask(`Keep ${side}?`, h('p', {}, row === null
      ? `The row was deleted there: it will be deleted in both databases.`
      : `The row of the ${side} database will be in both databases.`), `Keep ${side}`, true)) {
      await decide(c, { keep: side, ...again }, `The ${side} row holds.`);
    }
  };
  return [
    h('p', {}, h('a', { href: '#conflicts' }, '← all conflicts')),
    h('h1', {}, `Conflict ${c.id}: `, c.table_name, ' ', h('code', {}, long(c.record_id, 80))),
    h('p', {}, `${KINDS[c.conflict_type] ?? c.conflict_type}, found ${time(c.detected_at)}; strategy ${c.resolution_strategy}. `,
      c.resolution === null ? h('span', { class: 'badge different' }, 'waits for you')
        : h('span', { class: 'badge ok' }, `${c.resolution} by ${c.resolved_by ?? 'strategy'}`)),
    compare(c),
    h('div', { class: 'buttons' },
      h('button', { type: 'button', class: 'primary', id: 'keep-local', onclick: keep('local') }, 'Keep local'),
      h('button', { type: 'button', class: 'primary', id: 'keep-remote', onclick: keep('remote') }, 'Keep remote'),
      h('button', { type: 'button', id: 'edit', onclick: () => edit(c) }, 'Edit…'))
  ];
}

export function view(root, argument) {
  const box = h('div', {});
  if (argument) {
    root.append(box);
    return async () => redraw(box, await getExact(`/api/conflicts/${encodeURIComponent(argument)}`), detail);
  }
  const waiting = h('input', { type: 'checkbox', id: 'waiting', checked: true, onchange: () => refresh() });
  root.append(h('div', { class: 'head' }, h('h1', {}, 'Conflicts'), h('label', {}, waiting, ' only those that wait')), box);
  const refresh = async () => {
    const { conflicts } = await getExact(`/api/conflicts?waiting=${waiting.checked}&limit=200`);
    redraw(box, conflicts, list => table('Conflicts', ['Conflict', 'Table', 'Record', 'What', 'Strategy', 'Resolution', 'Found'],
      list.map(c => [
        h('a', { href: `#conflicts/${c.id}`, 'data-key': String(c.id) }, `Conflict ${c.id}`),
        c.table_name, h('code', {}, long(c.record_id, 60)), KINDS[c.conflict_type] ?? c.conflict_type, c.resolution_strategy,
        c.resolution === null ? h('span', { class: 'badge different' }, 'waits') : h('span', { class: 'badge ok' }, c.resolution),
        ago(c.detected_at)
      ]), 'No conflicts.'));
  };
  return refresh;
}
