import { parse } from './exact.js';

const TOKEN = 'bactrian.token';

/** What the server said was wrong, or that it did not answer (status 0). */
export class CallError extends Error {
  constructor(status, failure) {
    super(failure.message);
    this.status = status;
    this.failure = failure;
  }
}

export const setToken = token => sessionStorage.setItem(TOKEN, token);

async function call(path, options = {}, exact = false) {
  const headers = { ...options.headers };
  const token = sessionStorage.getItem(TOKEN);
  if (token) headers.Authorization = `Bearer ${token}`;
  let response;
  try {
    response = await fetch(path, { ...options, headers, signal: AbortSignal.timeout(60000) });
  } catch {
    throw new CallError(0, { object: 'daemon', message: 'does not answer', hint: 'is it running?' });
  }
  const text = await response.text();
  let body;
  try {
    body = exact && response.ok ? parse(text) : JSON.parse(text);
  } catch {
    body = { error: { object: path, message: `HTTP ${response.status}`, hint: '' } };
  }
  if (!response.ok) {
    throw new CallError(response.status,
      body.error ?? { object: path, message: `HTTP ${response.status}`, hint: '' });
  }
  return body;
}

export const get = path => call(path);

/** With numbers as they are written. */
export const getExact = path => call(path, {}, true);

/** Posts JSON: an object, or a text that is JSON already. */
export const post = (path, body) => call(path, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body)
});
