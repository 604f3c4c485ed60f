// Rows hold numbers with more digits than a double has: here a number stays the text that it is.

/** A number as it was written. */
export class Exact {
  constructor(text) { this.text = text; }
  toString() { return this.text; }
  toJSON() { return `#${this.text}`; }
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /\s*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;

/** Parses JSON; numbers become Exact. */
export function parse(text) {
  let at = 0;
  const match = pattern => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) throw new SyntaxError(`no JSON at ${at}`);
    at = pattern.lastIndex;
    return found[0];
  };
  const next = () => { match(SPACE); return text[at]; };
  const list = (end, item) => {
    at++;
    if (next() === end) { at++; return; }
    for (;;) {
      item();
      const c = next();
      at++;
      if (c === end) return;
      if (c !== ',') throw new SyntaxError(`no JSON at ${at}`);
    }
  };
  const value = () => {
    const c = next();
    if (c === '{') {
      const object = Object.create(null);
      list('}', () => {
        next();
        const name = JSON.parse(match(STRING));
        if (next() !== ':') throw new SyntaxError(`no JSON at ${at}`);
        at++;
        object[name] = value();
      });
      return object;
    }
    if (c === '[') {
      const array = [];
      list(']', () => array.push(value()));
      return array;
    }
    if (c === '"') return JSON.parse(match(STRING));
    for (const [word, meaning] of [['true', true], ['false', false], ['null', null]]) {
      if (text.startsWith(word, at)) { at += word.length; return meaning; }
    }
    return new Exact(match(NUMBER));
  };
  return value();
}

/** JSON text of a value that was parsed here. */
export function write(value) {
  if (value instanceof Exact) return value.text;
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    return `{${Object.keys(value).map(k => `${JSON.stringify(k)}:${write(value[k])}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

export const isNumber = text => new RegExp(`^${NUMBER.source}$`).test(text);
