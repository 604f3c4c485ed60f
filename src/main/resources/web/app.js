import { ask, h, redraw } from './dom.js';
import { get, setToken } from './calls.js';
import { seconds } from './format.js';
import { view as overview } from './overview.js';
import { view as runs } from './runs.js';
import { view as sync } from './sync.js';
import { view as conflicts } from './conflicts.js';
import { view as structure } from './structure.js';
import { view as backups } from './backups.js';
import { errors, schedule } from './operations.js';

const VIEWS = [
  ['overview', 'Overview', overview], ['runs', 'Runs', runs], ['sync', 'Sync', sync], ['conflicts', 'Conflicts', conflicts],
  ['structure', 'Structure', structure], ['backups', 'Backups', backups], ['schedule', 'Schedule', schedule], ['errors', 'Errors', errors]
];
const main = document.getElementById('main');
const banner = document.getElementById('banner');
const BUSY = 1000;
const IDLE = 4000;
let refresh = null;
let shown = null;
let last = null;
let timer = null;
let asking = false;
let turn = 0;

/** The status as it was told last. */
const status = async () => last ?? (last = await get('/api/status'));

function show() {
  const [name, ...rest] = (location.hash.slice(1) || 'overview').split('/');
  const found = VIEWS.find(([key]) => key === name);
  // the skip link, for one, is no view
  if (!found) return;
  document.getElementById('views').replaceChildren(...VIEWS.map(([key, word]) => h('li', {},
    h('a', { href: `#${key}`, 'aria-current': key === found[0] ? 'page' : null }, word))));
  main.replaceChildren();
  document.title = `${found[1]} · Bactrian`;
  refresh = found[2](main, rest.length > 0 ? decodeURIComponent(rest.join('/')) : null, status);
  if (shown !== null) main.focus();
  shown = location.hash;
  poll();
}

function head(s) {
  const at = d => `${d.name}: ${d.database} on ${d.host}:${d.port}`;
  redraw(document.getElementById('pair'), [s.source, s.target], () => [at(s.source), h('span', { 'aria-label': ' to ' }, ' ⇄ '), at(s.target)]);
  const state = document.getElementById('state');
  const words = s.running.length === 0 ? 'idle' : s.running.map(r => `${r.command} is running`).join(', ');
  if (state.textContent !== words) state.textContent = words;
  state.className = `state ${s.running.length > 0 ? 'busy' : 'idle'}`;
  document.getElementById('footer').textContent = `Bactrian ${s.version}, up ${seconds((Date.now() - new Date(s.started_at)) / 1000)}`;
}

function problem(e) {
  const f = e.failure ?? { object: 'dashboard', message: e.message, hint: '' };
  const lost = e.status === 0;
  redraw(banner, [f, lost], () => [h('strong', {}, f.object), `: ${f.message}. `, f.hint, lost ? ' This page tries again by itself.' : '']);
  banner.hidden = false;
  if (lost) {
    document.getElementById('state').textContent = 'no connection';
    document.getElementById('state').className = 'state lost';
  }
}

async function login() {
  if (asking) return;
  asking = true;
  const form = await ask('Token', h('p', {}, h('label', {}, 'What bactrian.http.token is set to ',
    h('input', { type: 'password', name: 'token', id: 'token', autocomplete: 'current-password' }))), 'Go on');
  asking = false;
  if (form) setToken(form.get('token'));
  poll();
}

/** Asks the daemon, draws, and does so again in a while; not for a tab that nobody sees. */
async function poll() {
  clearTimeout(timer);
  if (document.hidden || asking) return;
  const mine = ++turn;
  try {
    last = await get('/api/status');
    head(last);
    await refresh(last);
    banner.hidden = true;
  } catch (e) {
    if (e.status === 401) {
      login();
      return;
    }
    problem(e);
  }
  if (mine === turn) timer = setTimeout(poll, last?.running.length > 0 ? BUSY : IDLE);
}

window.addEventListener('hashchange', show);
document.addEventListener('visibilitychange', () => { if (!document.hidden) poll(); });
// what was just asked for is seen at once
document.addEventListener('close', () => setTimeout(poll, 300), true);
document.addEventListener('submit', () => setTimeout(poll, 300), true);
document.addEventListener('click', e => { if (e.target.tagName === 'BUTTON') setTimeout(poll, 500); });
show();
