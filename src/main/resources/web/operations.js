import { ask, h, long, redraw, table } from './dom.js';
import { get, post } from './calls.js';
import { ago, time } from './format.js';
import { failure, told } from './told.js';

export function schedule(root) {
  const box = h('div', {});
  root.append(h('h1', {}, 'Schedule'), h('p', {}, 'These routes begin by themselves. They are in ',
    h('code', {}, 'routes/schedule.camel.yaml'), ': edit it and start the daemon again.'), box);
  return async () => {
    const data = await get('/api/schedule');
    redraw(box, [data.schedule, Math.floor(Date.now() / 10000)], ([list]) => table('Schedule', ['Route', 'What', 'When', 'State', 'Last', 'Next'],
      list.map(r => [r.route_id, r.description ?? '', h('code', {}, r.trigger),
        h('span', { class: `badge ${r.status === 'Started' ? 'ok' : ''}` }, r.status === 'Started' ? 'on' : 'off'),
        r.last_at ? ago(r.last_at) : '', time(r.next_at)]), 'No route begins by itself.'));
  };
}

async function retry(request, what) {
  try {
    const { run_id: id } = await post('/api/dead-letters/retry', request);
    told(`${what} again, in run ${id}.`);
  } catch (e) {
    failure(e);
  }
}

async function again(run) {
  if (await ask('Run it again?', h('p', {}, `What run ${run} was to do is done again; a copy goes on where it stopped.`), 'Run again', true)) {
    await retry({ run_id: run }, `Run ${run} is done`);
  }
}

/** One button a run, at its latest message. */
const againButton = (m, i, all) => all.findIndex(o => o.run_id === m.run_id) === i && m.run_id
  ? h('button', { type: 'button', 'data-key': m.run_id, onclick: () => again(m.run_id) }, 'Run again…') : '';

export function errors(root) {
  const box = h('div', {});
  const letters = h('div', {});
  root.append(h('h1', {}, 'Errors'), box,
    h('div', { class: 'head' }, h('h2', {}, 'Dead letters'), h('button', { type: 'button', onclick: () => retry({}, 'Refused rows are tried') }, 'Try refused rows again')), letters);
  return async () => {
    const data = await get('/api/errors?limit=100');
    redraw(box, [data.errors, Math.floor(Date.now() / 10000)], ([list]) => table('Errors', ['When', 'Run', 'Command', 'What', 'Hint'],
      list.map(e => [h('time', { title: time(e.at) }, ago(e.at)),
        h('a', { href: `#runs/${encodeURIComponent(e.run_id)}`, 'data-key': `${e.at}${e.run_id}` }, e.run_id), e.command,
        h('span', {}, h('strong', {}, e.error.object), ': ', long(e.error.message)), e.error.hint]), 'Nothing has failed.'));
    const dead = await get('/api/dead-letters?limit=100');
    redraw(letters, dead, ({ rows, messages }) => [
      table('Rows that a side refused', ['From', 'Table', 'Record', 'Operation', 'Since', 'Reason'],
        rows.map(r => [r.side, r.table, h('code', {}, long(r.record_id, 60)), r.operation, time(r.since), r.reason ?? '']), 'No row was refused.'),
      messages.length > 0 && [h('h3', {}, 'Messages of runs'),
        table('Messages of runs', ['When', 'Run', 'Route', 'What', 'Message', ''],
          messages.slice().reverse().map((m, i, all) => [time(m.failed_at), m.run_id ?? '', m.route, `${m.error.object}: ${m.error.message}`,
            h('details', {}, h('summary', {}, 'show'), h('pre', {}, long(JSON.stringify(m.message, null, 2), 5000))),
            againButton(m, i, all)]), '')]
    ]);
  };
}
