import { svg } from './dom.js';
import { count } from './format.js';

const WIDTH = 640;
const HEIGHT = 120;
const SHOWN = 120;

/** Rows a second over the last samples of what counts up. */
export class Rate {
  constructor() {
    this.key = null;
    this.samples = [];
  }

  /** Another key counts from zero again. */
  add(key, rows) {
    const now = performance.now();
    if (key !== this.key) {
      this.key = key;
      this.samples = [];
    } else {
      const seconds = (now - this.at) / 1000;
      if (seconds > 0.2) {
        this.samples.push(Math.max(0, (rows - this.rows) / seconds));
        if (this.samples.length > SHOWN) this.samples.shift();
      } else {
        return;
      }
    }
    this.at = now;
    this.rows = rows;
  }

  get last() {
    return this.samples.length ? this.samples[this.samples.length - 1] : 0;
  }

  draw() {
    const most = Math.max(1, ...this.samples);
    const x = i => i * WIDTH / (Math.max(24, this.samples.length) - 1);
    const y = v => HEIGHT - 4 - v / most * (HEIGHT - 12);
    const points = this.samples.map((v, i) => `${x(i).toFixed(1)},${y(v).toFixed(1)}`);
    const label = this.samples.length === 0 ? 'nothing to show yet' : `rows per second: now ${count(Math.round(this.last))}, at most ${count(Math.round(most))}`;
    const plot = svg('svg', {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'plot', role: 'img', 'aria-label': label,
      preserveAspectRatio: 'none'
    });
    for (const part of [0, 0.5, 1]) {
      plot.append(svg('line', { x1: 0, x2: WIDTH, y1: y(most * part), y2: y(most * part), class: 'grid' }));
    }
    if (points.length > 1) {
      plot.append(
        svg('polygon', { points: `0,${HEIGHT} ${points.join(' ')} ${x(points.length - 1)},${HEIGHT}`, class: 'area' }),
        svg('polyline', { points: points.join(' '), class: 'curve' }));
    }
    return [plot, label];
  }
}
