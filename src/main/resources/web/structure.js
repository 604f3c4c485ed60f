import { h, long, many, redraw, table } from './dom.js';
import { get } from './calls.js';
import { badge, errorBox, start } from './runs.js';
import { time } from './format.js';

const cell = text => text === null ? h('em', {}, 'none') : h('code', {}, long(text, 200));

function differences(report) {
  const rows = report.tables.filter(t => t.status !== 'EQUAL').flatMap(t => t.differences.length === 0
    ? [[t.table, badge(t.status.toLowerCase()), '', '', '', '']]
    : t.differences.map(d => [t.table, badge(t.status.toLowerCase()), d.kind, d.name, cell(d.source), cell(d.target)]));
  return many(rows, 300, some => table('Differences', ['Table', 'Status', 'What', 'Name', 'Source', 'Target'], some,
    'Structures are equal.'));
}

const list = (heading, lines, kind) => lines?.length > 0
  && [h('h2', {}, heading), h('ul', { class: kind }, lines.map(line => h('li', {}, line)))];

function draw(run) {
  const { report } = run;
  return [
    h('p', {}, `As of ${time(run.started_at)}: `, badge(run.result)),
    errorBox(run.error),
    report && [
      differences(report),
      list('Would lose data', report.losses, 'problem'),
      report.ddl.length > 0 && [h('h2', {}, 'What would be done to the target'),
        h('pre', { class: 'ddl', tabindex: 0 }, long(report.ddl.map(s => `${s};`).join('\n\n'), 50000))],
      list('Notes', report.notes, 'notes'),
      list('Findings', report.findings?.map(f => `${f.object}: ${f.message}; ${f.advice}`), 'notes')
    ]
  ];
}

export function view(root) {
  let id = null;
  const box = h('div', {});
  root.append(h('div', { class: 'head' }, h('h1', {}, 'Structure'),
    h('button', {
      type: 'button', class: 'primary', id: 'compare',
      onclick: async () => { id = await start({ pipeline: 'analyze' }) ?? id; }
    }, 'Compare')), box);
  return async () => {
    if (!id) id = (await get('/api/runs?limit=200')).runs.find(r => r.command === 'analyze')?.run_id ?? null;
    const run = id ? await get(`/api/runs/${id}`) : null;
    redraw(box, run, r => r ? draw(r) : h('p', { class: 'empty' }, 'Not compared yet.'));
  };
}
