import { ask, h, long, many, num, redraw, table } from './dom.js';
import { get, post } from './calls.js';
import { ago, bytes, count, seconds, time } from './format.js';
import { failure, told } from './told.js';

export const badge = result => h('span', { class: `badge ${result}` }, result);

/** Starts a run and tells of it. */
export async function start(request) {
  try {
    const { run_id: id } = await post('/api/runs', request);
    told(`Run ${id} has started.`);
    return id;
  } catch (e) {
    failure(e);
    return null;
  }
}

export function errorBox(error) {
  return error && h('div', { class: 'problem' },
    h('p', {}, h('strong', {}, error.object), ': ', long(error.message)),
    error.hint && h('p', { class: 'hint' }, 'Hint: ', error.hint));
}

const copyable = text => h('p', { class: 'command' }, h('code', {}, text), ' ',
  h('button', {
    type: 'button', class: 'quiet', onclick: async event => {
      await navigator.clipboard.writeText(text);
      event.target.textContent = 'copied';
    }
  }, 'copy'));

export const listOf = runs => table('Runs', ['Run', 'Command', 'From → to', 'Started', 'Time', 'Rows', 'Result'],
  runs.map(run => [
    h('a', { href: `#runs/${encodeURIComponent(run.run_id)}`, 'data-key': run.run_id }, run.run_id),
    run.command,
    [run.source, run.target].filter(Boolean).join(' → '),
    h('time', { title: time(run.started_at) }, ago(run.started_at)),
    num(seconds(run.seconds)), num(count(run.rows)), badge(run.result)
  ]), 'No runs yet.');

const FIELDS = [
  ['analyze', 'Compare structures', []],
  ['structure', 'Make the structure equal', ['drop_extra']],
  ['data', 'Copy the rows', ['mode', 'resume']],
  ['verify', 'Prove the rows equal', ['repair', 'columns']],
  ['replicate', 'Replicate: the whole pipeline', ['mode', 'resume', 'on_failure', 'drop_extra']],
  ['sync', 'Sync: one round both ways', ['direction', 'strategy']],
  ['prune', 'Take away old backups and logs', []]
];
const CHOICES = {
  mode: ['truncate', 'reconcile'],
  on_failure: ['restore', 'keep'],
  direction: ['', 'bidirectional', 'local_to_remote', 'remote_to_local'],
  strategy: ['', 'remote_wins', 'local_wins', 'newest_wins', 'manual', 'merge']
};
const WORDS = {
  mode: 'Rows that are there', on_failure: 'If it fails', direction: 'Direction', strategy: 'Conflicts',
  resume: 'go on with one that was cut off', drop_extra: 'drop what only the target has',
  repair: 'write the rows that differ', columns: 'name the columns that differ'
};

/** The form that starts runs; it stays as it is while the rest is drawn anew. */
export function starter(status) {
  const choice = h('select', { id: 'pipeline', name: 'pipeline' },
    FIELDS.map(([name, words]) => h('option', { value: name, selected: name === 'verify' }, words)));
  const options = h('div', { class: 'options' });
  const show = () => options.replaceChildren(
    h('label', {}, 'Tables ', h('input', { name: 'tables', placeholder: '*', size: 16, autocomplete: 'off' })),
    ...FIELDS.find(([name]) => name === choice.value)[2].map(name => CHOICES[name]
      ? h('label', {}, `${WORDS[name]} `, h('select', { name },
        CHOICES[name].map(value => h('option', { value }, value || 'as set'))))
      : h('label', {}, h('input', { type: 'checkbox', name }), ` ${WORDS[name]}`)));
  choice.addEventListener('change', show);
  show();
  return h('form', {
    class: 'starter', onsubmit: async event => {
      event.preventDefault();
      const request = { pipeline: choice.value };
      for (const field of options.querySelectorAll('[name]')) {
        if (field.type === 'checkbox' ? field.checked : field.value.trim()) {
          request[field.name] = field.type === 'checkbox' ? true : field.value.trim();
        }
      }
      const s = await status();
      const changes = ['structure', 'data', 'replicate', 'sync', 'prune'].includes(request.pipeline)
        || request.repair;
      if (changes && !await ask(`${choice.selectedOptions[0].textContent}?`,
        h('p', {}, sentence(request, s)), 'Start', request.pipeline !== 'sync')) return;
      await start(request);
    }
  }, h('label', {}, 'Start ', choice), options,
  h('button', { class: 'primary', id: 'start' }, 'Start'));
}

function sentence(request, s) {
  if (request.pipeline === 'prune') return 'Backups and logs that are older than set are taken away.';
  const at = d => `${d.name} (${d.database} on ${d.host}:${d.port})`;
  if (request.pipeline === 'sync') return `Changes are carried between ${at(s.source)} and ${at(s.target)}.`;
  return `This changes ${at(s.target)} to be as ${at(s.source)}, tables ${request.tables ?? '*'}.`
    + (request.pipeline === 'replicate' || request.pipeline === 'data'
      ? ' What it replaces is saved in a backup first.' : '');
}

const tablesOf = report => Array.isArray(report.tables) && report.tables.length > 0 && 'source_rows' in report.tables[0]
  ? many(report.tables, 200, rows => table('Tables that were compared',
    ['Table', 'Source', 'Target', 'Missing', 'Extra', 'Different', ''],
    rows.map(t => [t.table, num(count(t.source_rows)), num(count(t.target_rows)), num(count(t.missing)),
      num(count(t.extra)), num(count(t.different)), badge(t.equal ? 'equal' : 'different')]), ''))
  : Array.isArray(report.tables) && report.tables.length > 0 && 'rows' in report.tables[0]
    ? many(report.tables, 200, rows => table('Tables that were copied', ['Table', 'Rows', 'Bytes', 'Time'],
      rows.map(t => [t.table, num(count(t.rows)), num(bytes(t.bytes)), num(seconds(t.seconds))]), ''))
    : null;

function detail(run) {
  return [
    h('h2', {}, `Run ${run.run_id}`),
    h('dl', { class: 'facts' },
      [['Command', run.command], ['From', run.source], ['To', run.target], ['Tables', run.tables],
        ['Started', time(run.started_at)], ['Asked by', run.door], ['Time', seconds(run.seconds)],
        ['Rows', count(run.rows)], ['Bytes', bytes(run.bytes)]]
        .filter(([, value]) => value)
        .map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
      h('div', {}, h('dt', {}, 'Result'), h('dd', {}, badge(run.result)))),
    errorBox(run.error),
    run.resume_with && [h('h3', {}, 'Go on with it'), copyable(run.resume_with)],
    run.stages.length > 0 && [h('h3', {}, 'Stages'), table('Stages', ['Stage', 'Rows', 'Bytes', 'Time'],
      run.stages.map(s => [s.stage, num(count(s.rows)), num(bytes(s.bytes)), num(seconds(s.seconds))]), '')],
    run.report && [h('h3', {}, 'Report'), tablesOf(run.report), run.report.verification && tablesOf(run.report.verification),
      h('details', {}, h('summary', {}, 'As JSON'), h('pre', {}, long(JSON.stringify(run.report, null, 2), 20000)))]
  ];
}

export function view(root, argument) {
  const box = h('div', {});
  root.append(box);
  return async () => {
    if (argument) {
      const run = await get(`/api/runs/${encodeURIComponent(argument)}`);
      redraw(box, run, r => [h('p', {}, h('a', { href: '#runs' }, '← all runs')), detail(r)]);
    } else {
      const { runs } = await get('/api/runs?limit=100');
      redraw(box, [runs, Math.floor(Date.now() / 10000)], ([list]) => [h('h1', {}, 'Runs'), listOf(list)]);
    }
  };
}
