import { h, redraw } from './dom.js';
import { get } from './calls.js';
import { bytes, count, seconds } from './format.js';
import { Rate } from './plot.js';
import { listOf, starter } from './runs.js';

const STAGES = [
  ['analyze', 'Analyze', 'compare structures'],
  ['backup', 'Backup', 'save what will change'],
  ['structure', 'Structure', 'make tables equal'],
  ['copy', 'Data', 'carry the rows'],
  ['verify', 'Verify', 'prove them equal']
];
const rate = new Rate();

function pipeline(run) {
  const stages = run?.stages ?? [];
  const last = stages[stages.length - 1]?.stage;
  return h('ol', { class: 'pipeline', 'aria-label': 'Pipeline' }, STAGES.map(([stage, word, what]) => {
    const done = stages.find(s => s.stage === stage);
    const running = done && stage === last && run.result === 'running';
    return h('li', { class: running ? 'running' : done ? 'done' : '', 'aria-current': running ? 'step' : null },
      h('strong', {}, word), h('span', {}, running ? 'running' : done ? seconds(done.seconds) : what));
  }));
}

function progress(run) {
  const stage = run.stages[run.stages.length - 1];
  if (!stage) return h('p', {}, `${run.command} is starting…`);
  const byBytes = stage.expected_rows === 0 && stage.expected_bytes > 0;
  const done = byBytes ? stage.bytes : stage.rows;
  const expected = byBytes ? stage.expected_bytes : stage.expected_rows;
  const part = expected > 0 ? Math.min(1, done / expected) : null;
  const left = part > 0.02 ? stage.seconds / part * (1 - part) : null;
  return [
    h('p', {}, h('a', { href: `#runs/${run.run_id}` }, run.command), ` · ${stage.stage}`,
      stage.table && [' · ', h('code', {}, stage.table)]),
    h('progress', part === null ? { 'aria-label': 'Progress' } : { max: 1, value: part, 'aria-label': 'Progress' }),
    h('p', { class: 'small' }, [
      `${count(stage.rows)} rows`, stage.bytes > 0 && bytes(stage.bytes),
      part !== null && `${Math.floor(part * 100)} %`, seconds(stage.seconds),
      left !== null && `about ${seconds(left)} left`].filter(Boolean).join(' · '))
  ];
}

export function view(root, argument, status) {
  const figure = h('div', { class: 'card wide' });
  const now = h('div', { class: 'card' });
  const plot = h('figure', { class: 'card' });
  const waits = h('div', { class: 'card wide facts-row' });
  const recent = h('div', { class: 'card wide' });
  root.append(h('h1', { class: 'unseen' }, 'Overview'), figure, h('div', { class: 'pair-of-cards' }, now, plot),
    h('section', { class: 'card wide' }, h('h2', {}, 'Start a run'), starter(status)), waits, recent);
  return async s => {
    const run = s.running[0];
    const { runs } = await get('/api/runs?limit=8');
    const replication = run ?? (runs.find(r => r.command === 'replicate')
      && await get(`/api/runs/${runs.find(r => r.command === 'replicate').run_id}`));
    redraw(figure, replication ?? null, r => pipeline(r));
    redraw(now, s.running, running => [h('h2', {}, 'Now'),
      running.length === 0 ? h('p', { class: 'empty' }, 'Nothing is running.') : running.map(progress)]);
    const stage = run?.stages[run.stages.length - 1];
    if (stage) rate.add(`${run.run_id}/${stage.stage}`, stage.rows);
    const [drawn, label] = rate.draw();
    plot.replaceChildren(h('h2', {}, 'Rate'), drawn, h('figcaption', { class: 'small' }, label));
    redraw(recent, [runs, Math.floor(Date.now() / 10000)], ([list]) => [h('h2', {}, 'Last runs'), listOf(list)]);
    let sync = null;
    try {
      sync = await get('/api/sync');
    } catch (e) {
      redraw(waits, String(e), () => h('p', { class: 'problem' }, `${e.failure.object}: ${e.failure.message}`));
    }
    if (sync) redraw(waits, sync, facts);
  };
}

function facts(sync) {
  if (!sync.set_up) return h('p', { class: 'empty' }, 'Sync is not set up: ', h('code', {}, 'bactrian sync setup'));
  const sum = f => sync.tables.reduce((n, t) => n + f(t), 0);
  const age = Math.max(0, ...sync.tables.map(t => t.oldest_seconds ?? 0));
  const pending = sum(t => t.pending_local + t.pending_remote);
  return [
    ['Changes to carry', count(pending), pending > 0 ? `oldest ${seconds(age)}` : 'all carried', '#sync'],
    ['Changes in conflict', count(sum(t => t.conflicts)), 'wait for a decision', '#conflicts'],
    ['Refused rows', count(sum(t => t.errors)), 'dead letters', '#errors'],
    ['Tables in sync', `${sync.tables.filter(t => !t.paused).length} of ${sync.tables.length}`,
      `remote clock ${sync.clock_offset} s ahead`, '#sync']
  ].map(([name, value, more, to]) => h('a', { class: 'fact', href: to },
    h('span', {}, name), h('strong', {}, value), h('small', {}, more)));
}
