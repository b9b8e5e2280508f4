// @ts-check
import { css, html, svg } from "lit";
import { ChevetElement } from "./element.js";

/**
 * Who goes from which bed to which, over the board; the bed that is freed at last has a ring. For the eye only: the panel says it in words.
 *
 * @typedef {{x: number, y: number}} Point
 * @typedef {{start: Point|null, end: Point, number: number, state: string}} Line `start` is null of the bed that is freed at last
 */
export class Moves extends ChevetElement {
  static properties = { lines: { attribute: false } };

  static styles = css`
    :host {
      position: absolute;
      inset: 0;
      pointer-events: none;
      z-index: 2;
    }
    svg {
      width: 100%;
      height: 100%;
      overflow: visible;
    }
    path,
    .ring {
      fill: none;
      stroke: var(--accent);
      stroke-width: 2;
    }
    .halo {
      stroke: var(--panel);
      stroke-width: 6;
    }
    .tip {
      fill: var(--accent);
      stroke: none;
    }
    .number circle {
      fill: var(--accent);
      stroke: var(--panel);
      stroke-width: 1.5;
    }
    text {
      fill: var(--on-accent);
      font: 700 11px/1 var(--font);
      text-anchor: middle;
      dominant-baseline: central;
    }
    .done:not(.number) {
      opacity: 0.45;
    }
    .done.number circle {
      fill: var(--ink-3);
    }
    .done.number text {
      fill: var(--panel);
    }
    .changed path:not(.halo),
    .changed .ring {
      stroke: var(--warn);
      stroke-dasharray: 4 4;
    }
    .changed.number circle {
      fill: var(--warn);
    }
    .changed .tip {
      fill: var(--warn);
    }
  `;

  constructor() {
    super();
    /** @type {Line[]} */
    this.lines = [];
  }

  render() {
    const signs = this.lines.map(({ start, end, number, state }) => (start === null ? ring(end, number, state) : arrow(start, end, number, state)));
    // The numbers last: no way may cover one.
    return signs.length === 0 ? "" : html`<svg aria-hidden="true">${signs.map(({ way }) => way)}${signs.map(({ badge }) => badge)}</svg>`;
  }
}

const CELL_PIXELS = 15;
const BEND_PIXELS_MAX = 46;

/** @param {Point} from @param {Point} to @param {number} number @param {string} state */
function arrow(from, to, number, state) {
  const length = Math.max(1, Math.hypot(to.x - from.x, to.y - from.y));
  const bend = Math.min(BEND_PIXELS_MAX, length * 0.25);
  const over = { x: (from.x + to.x) / 2 + ((to.y - from.y) / length) * bend * 2, y: (from.y + to.y) / 2 - ((to.x - from.x) / length) * bend * 2 };
  const start = towards(from, over, CELL_PIXELS);
  const end = towards(to, over, CELL_PIXELS);
  const way = `M${start.x} ${start.y}Q${over.x} ${over.y} ${end.x} ${end.y}`;
  const turn = (Math.atan2(to.y - over.y, to.x - over.x) * 180) / Math.PI;
  return {
    way: svg`<g class=${state} data-move=${number}>
      <path class="halo" d=${way} /><path d=${way} />
      <path class="tip" d="M4 0L-7 -5V5Z" transform="translate(${end.x} ${end.y}) rotate(${turn})" />
    </g>`,
    badge: badge({ x: (start.x + 2 * over.x + end.x) / 4, y: (start.y + 2 * over.y + end.y) / 4 }, number, state),
  };
}

/** @param {Point} at @param {number} number @param {string} state */
function ring(at, number, state) {
  return {
    way: svg`<g class=${state} data-move=${number}><circle class="ring" cx=${at.x} cy=${at.y} r="17" /></g>`,
    badge: badge({ x: at.x + 14, y: at.y - 14 }, number, state),
  };
}

/** @param {Point} at @param {number} number @param {string} state */
function badge({ x, y }, number, state) {
  return svg`<g class="number ${state}"><circle cx=${x} cy=${y} r="9" /><text x=${x} y=${y}>${number}</text></g>`;
}

/** @param {Point} from @param {Point} to @param {number} pixels */
function towards(from, to, pixels) {
  const length = Math.max(1, Math.hypot(to.x - from.x, to.y - from.y));
  return { x: from.x + ((to.x - from.x) / length) * pixels, y: from.y + ((to.y - from.y) / length) * pixels };
}

customElements.define("chevet-moves", Moves);
