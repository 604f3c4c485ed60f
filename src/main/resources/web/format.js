const WHOLE = new Intl.NumberFormat('en');

export const count = n => n === null || n === undefined ? '' : WHOLE.format(n);

export function bytes(n) {
  if (n === null || n === undefined) return '';
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let i = 0;
  while (n >= 1000 && i < units.length - 1) { n /= 1000; i++; }
  return `${i === 0 ? n : n.toFixed(1)} ${units[i]}`;
}

export function seconds(s) {
  if (s === null || s === undefined) return '';
  if (s < 60) return `${s < 10 ? s.toFixed(1) : Math.round(s)} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${Math.round(s % 60)} s`;
  if (s < 86400) return `${Math.floor(s / 3600)} h ${Math.round(s % 3600 / 60)} min`;
  return `${Math.floor(s / 86400)} d ${Math.round(s % 86400 / 3600)} h`;
}

/** A moment, in the reader's own time. */
export function time(text) {
  if (!text) return '';
  const at = new Date(/^\d{4}-\d\d-\d\d \d/.test(text) ? text.replace(' ', 'T') + 'Z' : text);
  return isNaN(at) ? text : at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}

export function ago(text) {
  if (!text) return 'never';
  const at = new Date(/^\d{4}-\d\d-\d\d \d/.test(text) ? text.replace(' ', 'T') + 'Z' : text);
  return isNaN(at) ? text : `${seconds(Math.max(0, (Date.now() - at) / 1000))} ago`;
}
