// @ts-check
import { css, html, LitElement } from "lit";
import { language, theme } from "../core/preferences.js";
import { Watch } from "../core/signal.js";
import { t } from "../i18n/index.js";

/** Lines closer than this share one label. */
const LABEL_PIXELS = 15;

/** The tokens that a canvas must be told by value. */
const INKS = /** @type {const} */ (["ink", "ink-2", "ink-3", "line", "line-2", "line-strong", "accent", "panel", "mark", "warn"]);

/** @typedef {Record<typeof INKS[number], string>} Inks */
/** @typedef {{name: string, value: number}} Line */

/** @type {Promise<any>|null} a megabyte that only those who open a chart pay for */
let library = null;

/** A canvas that ECharts draws on, drawn again when its size, the language or the colours change. */
export class Chart extends LitElement {
  static properties = { failed: { state: true } };

  static styles = css`
    :host {
      display: block;
      position: relative;
      min-width: 0;
    }
    div {
      position: absolute;
      inset: 0;
    }
    p {
      margin: 0;
      color: var(--ink-3);
    }
    i {
      display: none;
    }
  `;

  language = new Watch(this, language);
  theme = new Watch(this, theme);

  /** @type {any} */
  #chart = null;
  #dark = matchMedia("(prefers-color-scheme: dark)");
  #resized = new ResizeObserver(() => {
    this.#chart?.resize();
    this.repaint();
  });
  #repaint = () => this.repaint();

  constructor() {
    super();
    this.failed = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#resized.observe(this);
    this.#dark.addEventListener("change", this.#repaint);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.#dark.removeEventListener("change", this.#repaint);
    this.#chart?.dispose();
    this.#chart = null;
  }

  render() {
    return this.failed ? html`<p>${t("occupancy.noChart")}</p>` : html`<div aria-hidden="true"></div>`;
  }

  /** What was drawn no longer looks as it should. */
  repaint() {
    this.requestUpdate();
  }

  /** @param {() => object} option what ECharts is told, asked for once there is something to draw on */
  async draw(option) {
    if (this.#chart === null) {
      try {
        library ??= import("echarts");
        const echarts = await library;
        const place = this.renderRoot.querySelector("div");
        if (!this.isConnected || place === null) {
          return;
        }
        this.#chart ??= echarts.init(place, null, { renderer: "canvas" });
      } catch {
        library = null;
        this.failed = true;
        return;
      }
    }
    this.#chart.setOption(option(), { notMerge: true });
  }

  /** The tokens as colours of this moment: a canvas knows neither variables nor light-dark(). @returns {Inks} */
  inks() {
    const probe = document.createElement("i");
    this.renderRoot.append(probe);
    const inks = Object.fromEntries(
      INKS.map((name) => {
        probe.style.color = `var(--${name})`;
        return [name, getComputedStyle(probe).color];
      }),
    );
    probe.remove();
    return /** @type {any} */ (inks);
  }
}

/**
 * What stands at the end of each line; lines too close to each other are named together at the upper one.
 *
 * @template {Line} L
 * @param {L[]} lines the highest first
 * @param {number} pixelsPerBed
 * @returns {Map<L, string>}
 */
export function labelsOf(lines, pixelsPerBed) {
  /** @type {Map<L, string>} */
  const labels = new Map();
  /** @type {L|null} */
  let above = null;
  for (const line of lines) {
    const text = t(`occupancy.line.${line.name}`, { count: line.value });
    if (above !== null && (above.value - line.value) * pixelsPerBed < LABEL_PIXELS * (labels.get(above) ?? "").split("\n").length) {
      labels.set(above, `${labels.get(above)}\n${text}`);
    } else {
      labels.set(line, text);
      above = line;
    }
  }
  return labels;
}

/** The same box beside the pointer in every chart. @param {Inks} ink @param {string} font */
export function tooltip(ink, font) {
  return {
    trigger: "axis",
    renderMode: "richText",
    confine: true,
    transitionDuration: 0,
    backgroundColor: ink.panel,
    borderColor: ink["line-strong"],
    borderWidth: 1,
    padding: [7, 10],
    textStyle: { color: ink.ink, fontFamily: font, fontSize: 12, lineHeight: 17 },
  };
}
