import { h, many, num, redraw, table } from './dom.js';
import { get } from './calls.js';
import { ago, count, seconds } from './format.js';
import { start } from './runs.js';

export function view(root) {
  const box = h('div', {});
  root.append(h('div', { class: 'head' }, h('h1', {}, 'Sync'),
    h('button', { type: 'button', class: 'primary', onclick: () => start({ pipeline: 'sync' }) }, 'Sync now')), box);
  return async s => {
    const sync = await get('/api/sync');
    redraw(box, [sync, s.sync], ([status, set]) => !status.set_up
      ? h('p', { class: 'empty' }, 'This pair is not set up: run ', h('code', {}, 'bactrian sync setup'), ' first.')
      : [
        h('p', {}, `${set.direction}, ${set.strategy}, `,
          set.interval_seconds > 0 ? `every ${set.interval_seconds} s` : 'not automatic',
          `; last round with changes ${ago(status.last_round)}; the remote clock is ${status.clock_offset} s ahead.`),
        many(status.tables, 300, tables => table('Tables', ['Table', 'Local → remote', 'Remote → local', 'Oldest',
          'Conflicts', 'Refused', 'Proven equal', ''],
        tables.map(t => [t.table, num(count(t.pending_local)), num(count(t.pending_remote)),
          num(t.oldest_seconds === null ? '' : seconds(t.oldest_seconds)), num(count(t.conflicts)), num(count(t.errors)),
          t.proven_equal ? ago(t.proven_equal) : '',
          t.paused ? h('span', {}, h('span', { class: 'badge failed' }, 'paused'), ` ${t.paused} `,
            t.remedy && h('code', {}, t.remedy)) : h('span', { class: 'badge ok' }, 'syncs')]), 'No tables.'))
      ]);
  };
}
