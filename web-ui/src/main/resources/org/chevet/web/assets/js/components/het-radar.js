// @ts-check
import { css, html, svg } from "lit";
import { t } from "../i18n/index.js";
import { ChevetElement } from "./element.js";

const SIDES = 6;
const LEVEL_MAX = 4;
const RADIUS = 70;
const LABEL_RADIUS = 94;

/** HET1 to HET6 of yesterday on six axes; the table beside it says the same. A level that is not known leaves the shape open. */
class HetRadar extends ChevetElement {
  static properties = { levels: { attribute: false } };

  static styles = css`
    svg {
      width: 100%;
      max-width: 260px;
    }
    .ring {
      fill: none;
      stroke: var(--line);
    }
    .limit {
      fill: none;
      stroke: var(--warn);
      stroke-dasharray: 3 3;
    }
    .shape {
      fill: var(--line-2);
      fill-opacity: 0.6;
    }
    .side {
      stroke: var(--ink);
      stroke-width: 1.5;
    }
    .level {
      fill: var(--ink);
    }
    .unknown {
      fill: var(--ink-3);
    }
    text {
      fill: var(--ink-2);
      font-size: 10px;
      text-anchor: middle;
      dominant-baseline: middle;
    }
  `;

  constructor() {
    super();
    /** @type {(number|null)[]} */
    this.levels = [];
  }

  render() {
    const points = this.levels.map((level, i) => (level === null ? null : point(i, (level / LEVEL_MAX) * RADIUS)));
    return html`<svg viewBox="-110 -100 220 200" role="img" aria-label=${t("tension.het")}>
      ${[1, 2, LEVEL_MAX].map((level) => svg`<polygon class="ring" points=${ring(level)} />`)}
      <polygon class="limit" points=${ring(3)} />
      ${points.length > 0 && !points.includes(null) ? svg`<polygon class="shape" points=${points.join(" ")} />` : ""}
      ${points.map((at, i) => side(at, points[(i + 1) % points.length]))}
      ${points.map((at) => (at === null ? "" : dot(at)))}
      ${this.levels.map((level, i) => {
        const [x, y] = point(i, LABEL_RADIUS).split(",");
        return svg`<text class=${level === null ? "unknown" : ""} x=${x} y=${y}>HET ${i + 1}${level === null ? " ?" : ""}</text>`;
      })}
    </svg>`;
  }
}

/** @param {number} level */
function ring(level) {
  return Array.from({ length: SIDES }, (_, i) => point(i, (level / LEVEL_MAX) * RADIUS)).join(" ");
}

/** @param {string|null} from @param {string|null} to */
function side(from, to) {
  if (from === null || to === null) {
    return "";
  }
  const [x1, y1] = from.split(",");
  const [x2, y2] = to.split(",");
  return svg`<line class="side" x1=${x1} y1=${y1} x2=${x2} y2=${y2} />`;
}

/** @param {string} at */
function dot(at) {
  const [x, y] = at.split(",");
  return svg`<circle class="level" cx=${x} cy=${y} r="2.5" />`;
}

/** @param {number} side @param {number} radius */
function point(side, radius) {
  const angle = (side / SIDES) * 2 * Math.PI - Math.PI / 2;
  return `${(Math.cos(angle) * radius).toFixed(1)},${(Math.sin(angle) * radius).toFixed(1)}`;
}

customElements.define("chevet-het-radar", HetRadar);
