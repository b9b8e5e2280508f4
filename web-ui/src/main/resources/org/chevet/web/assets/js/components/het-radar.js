// @ts-check
import { css, html, svg } from "lit";
import { t } from "../i18n/index.js";
import { ChevetElement } from "./element.js";

const SIDES = 6;
const LEVEL_MAX = 4;
const RADIUS = 70;
const LABEL_RADIUS = 86;

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
      stroke: var(--ink);
      stroke-width: 1.5;
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
    const known = this.levels.map((level, i) => (level === null ? null : point(i, (level / LEVEL_MAX) * RADIUS))).filter((at) => at !== null);
    return html`<svg viewBox="-110 -100 220 200" role="img" aria-label=${t("tension.het")}>
      ${[1, 2, LEVEL_MAX].map((level) => svg`<polygon class="ring" points=${ring(level)} />`)}
      <polygon class="limit" points=${ring(3)} />
      ${known.length > 2 ? svg`<polygon class="shape" points=${known.join(" ")} />` : ""}
      ${this.levels.map((_, i) => {
        const [x, y] = point(i, LABEL_RADIUS).split(",");
        return svg`<text x=${x} y=${y}>HET ${i + 1}</text>`;
      })}
    </svg>`;
  }
}

/** @param {number} level */
function ring(level) {
  return Array.from({ length: SIDES }, (_, i) => point(i, (level / LEVEL_MAX) * RADIUS)).join(" ");
}

/** @param {number} side @param {number} radius */
function point(side, radius) {
  const angle = (side / SIDES) * 2 * Math.PI - Math.PI / 2;
  return `${(Math.cos(angle) * radius).toFixed(1)},${(Math.sin(angle) * radius).toFixed(1)}`;
}

customElements.define("chevet-het-radar", HetRadar);
