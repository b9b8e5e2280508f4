// @ts-check
/** @import {Bed} from "../core/types.js" */
import { css, html } from "lit";
import { isToday } from "../i18n/format.js";
import { bedInWords, bedTooltip } from "../i18n/describe.js";
import { ChevetElement } from "./element.js";

/** The same letters in every language: a ward has one board, and its people learn one set of signs. */
export const LETTERS = Object.freeze({
  READY: "L",
  RESERVED: "R",
  OCCUPIED: "O",
  TO_CLEAN: "N",
  CLEANING: "N",
  BLOCKED: "B",
  CLOSED: "F",
});

const MARK_MILLIS = 2000;

/**
 * One bed of the board: a letter in a shape, and small signs in its corners. Redrawn only when its own bed changes. What
 * it stands for is in its attributes too (`bed`, `state`), for style sheets and tests.
 */
export class BedCell extends ChevetElement {
  static properties = {
    bed: { attribute: false },
    /** The day at the hospital: whether a discharge is today's depends on it. */
    today: { attribute: false },
    sample: { type: Boolean },
  };

  static styles = css`
    :host {
      display: grid;
      place-items: center;
      position: relative;
      width: var(--cell);
      height: var(--cell);
      border-radius: 4px;
      font: 650 11px/1 var(--font);
      cursor: pointer;
      user-select: none;
      background: var(--occupied);
      color: var(--occupied-ink);
    }
    :host([sample]) {
      cursor: inherit;
      width: 20px;
      height: 20px;
      font-size: 10px;
    }
    :host(:focus-visible) {
      outline: 2px solid var(--focus);
      outline-offset: 1px;
      z-index: 2;
    }
    svg {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
      fill: none;
      stroke: currentColor;
      stroke-width: 1.6;
    }
    b {
      position: relative;
      font-weight: inherit;
    }
    :host([state="READY"]) {
      background: none;
      color: var(--free);
    }
    :host([state="READY"]) svg {
      fill: var(--free-bg);
    }
    :host([state="RESERVED"]) {
      background: none;
      color: var(--reserved);
    }
    :host([state="RESERVED"]) svg {
      fill: var(--reserved-bg);
      stroke-dasharray: 1.6 2.6;
      stroke-linecap: round;
      stroke-width: 2;
    }
    :host([state="TO_CLEAN"]),
    :host([state="CLEANING"]) {
      background: none;
      color: var(--dirty);
    }
    :host([state="TO_CLEAN"]) b,
    :host([state="CLEANING"]) b {
      top: 3px;
    }
    :host([state="TO_CLEAN"]) svg {
      fill: var(--dirty-bg);
    }
    :host([state="CLEANING"]) .half {
      fill: var(--dirty-bg);
      stroke: none;
    }
    :host([state="BLOCKED"]),
    :host([state="CLOSED"]) {
      background: repeating-linear-gradient(135deg, var(--hatch) 0 3px, transparent 3px 6px);
      color: var(--unusable);
    }
    :host([state="BLOCKED"]) svg,
    :host([state="CLOSED"]) svg {
      opacity: 0.45;
      stroke-width: 1.4;
    }
    :host([state="BLOCKED"]) b,
    :host([state="CLOSED"]) b {
      padding: 0 1px;
      border-radius: 2px;
      background: var(--panel);
    }
    :host([isolated]) {
      box-shadow:
        inset 0 0 0 1.5px var(--ink-2),
        inset 0 0 0 3px var(--panel),
        inset 0 0 0 4px var(--ink-2);
    }
    :host([anomaly]) {
      background: var(--alarm-bg);
      color: var(--alarm);
      box-shadow: inset 0 0 0 1.5px var(--alarm);
    }
    :host([selected]) {
      outline: 2px solid var(--focus);
      outline-offset: 1px;
      z-index: 1;
    }
    :host([dim]) {
      opacity: 0.22;
    }
    :host([leave]) b {
      opacity: 0.65;
      text-decoration: underline dotted;
    }
    sup {
      position: absolute;
      right: 1px;
      top: 1px;
      min-width: 7px;
      font: 700 9px/9px var(--mono);
      text-align: center;
      border-radius: 2px;
      color: var(--free);
    }
    /* Half of a hospital leaves some day: quiet, or it hides those who leave today. */
    sup.later {
      font-weight: 400;
      color: var(--ink-2);
    }
    :host([isolated]) sup {
      right: 0;
      top: 0;
      padding: 0 0 1px 1px;
      background: var(--panel);
    }
    .surge,
    .alarm {
      position: absolute;
      left: -1px;
      width: 9px;
      text-align: center;
      border-radius: 2px;
    }
    .surge {
      top: -1px;
      font: 700 10px/9px var(--mono);
      background: var(--panel);
      color: var(--ink-2);
    }
    .alarm {
      bottom: -1px;
      font: 800 9px/11px var(--mono);
      background: var(--alarm);
      color: var(--panel);
    }
    :host([marked])::after {
      content: "";
      position: absolute;
      inset: -3px;
      border-radius: 6px;
      border: 2px solid var(--mark);
      pointer-events: none;
      animation: fade 2s ease-out forwards;
    }
    .held {
      position: absolute;
      right: -1px;
      bottom: -1px;
      width: 9px;
      text-align: center;
      border-radius: 2px;
      font: 700 9px/10px var(--mono);
      background: var(--reserved);
      color: var(--panel);
    }
    @keyframes fade {
      60% {
        opacity: 1;
      }
      100% {
        opacity: 0;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      :host([marked])::after {
        animation: none;
      }
    }
    @media (forced-colors: active) {
      :host {
        border: 1px solid;
      }
    }
  `;

  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #unmark;

  constructor() {
    super();
    /** @type {Bed} */
    this.bed = /** @type {any} */ (undefined);
    this.today = "";
    this.sample = false;
    this.addEventListener("pointerenter", () => {
      if (!this.sample) {
        this.title = bedTooltip(this.bed);
      }
    });
  }

  connectedCallback() {
    super.connectedCallback();
    if (!this.sample) {
      this.setAttribute("role", "button");
      this.setAttribute("tabindex", this.getAttribute("tabindex") ?? "-1");
    }
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    const before = /** @type {Bed|undefined} */ (changed.get("bed"));
    if (before !== undefined && before.id === this.bed.id) {
      this.#mark();
    }
    const { id, state, stays = [], surge, anomaly } = this.bed;
    this.setAttribute("state", state);
    this.toggleAttribute("isolated", stays.some((stay) => stay.isolation));
    this.toggleAttribute("leave", stays.length > 0 && stays.every((stay) => stay.status === "ON_LEAVE"));
    this.toggleAttribute("anomaly", anomaly);
    this.toggleAttribute("surge", surge ?? false);
    if (!this.sample) {
      this.setAttribute("bed", id);
      this.setAttribute("aria-label", bedInWords(this.bed));
    }
  }

  /** Movement is information: what changed shows it for two seconds. */
  #mark() {
    clearTimeout(this.#unmark);
    this.toggleAttribute("marked", true);
    this.#unmark = setTimeout(() => this.removeAttribute("marked"), MARK_MILLIS);
  }

  render() {
    const { state, stays = [], surge, anomaly, reservation } = this.bed;
    const leaving = stays.find((stay) => stay.expectedDischarge !== undefined)?.expectedDischarge;
    return html`${shapeOf(state)}<b>${LETTERS[state]}</b>
      ${leaving === undefined ? "" : isToday(leaving) ? html`<sup>S</sup>` : html`<sup class="later">s</sup>`}
      ${surge ? html`<span class="surge">+</span>` : ""}${anomaly ? html`<span class="alarm">!</span>` : ""}
      ${reservation !== undefined && state !== "RESERVED" ? html`<span class="held">R</span>` : ""}`;
  }
}

/** @param {Bed["state"]} state */
function shapeOf(state) {
  switch (state) {
    case "READY":
    case "RESERVED":
      return html`<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10.6" /></svg>`;
    case "TO_CLEAN":
      return html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 1.6 23 22.4H1Z" stroke-linejoin="round" /></svg>`;
    case "CLEANING":
      return html`<svg viewBox="0 0 24 24" aria-hidden="true">
        <path class="half" d="M12 1.6V22.4H1Z" />
        <path d="M12 1.6 23 22.4H1Z" stroke-linejoin="round" />
      </svg>`;
    case "BLOCKED":
      return html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M2 2 22 22M22 2 2 22" /></svg>`;
    case "CLOSED":
      return html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M0 12H24" /></svg>`;
    case "OCCUPIED":
      return "";
  }
}

customElements.define("chevet-bed", BedCell);
