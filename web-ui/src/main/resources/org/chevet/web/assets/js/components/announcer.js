// @ts-check
/** @import {Bed} from "../core/types.js" */
import { css, html } from "lit";
import { lastChange } from "../core/store.js";
import { anomalyInWords, bedInWords } from "../i18n/describe.js";
import { t } from "../i18n/index.js";
import { ChevetElement } from "./element.js";

const BATCH_MILLIS = 8000;
const NAMED_MAX = 2;

/** Says to screen readers what changed: in batches, as a hospital changes faster than anybody listens. */
class Announcer extends ChevetElement {
  static properties = { text: { state: true } };

  static styles = css`
    :host {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  `;

  constructor() {
    super();
    this.text = "";
  }

  /** @type {Map<string, Bed>} */
  #beds = new Map();
  /** @type {string[]} */
  #anomalies = [];
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  /** @type {() => void} */
  #stop = () => {};

  connectedCallback() {
    super.connectedCallback();
    this.#stop = lastChange.subscribe(() => this.#collect());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
    clearTimeout(this.#timer);
  }

  #collect() {
    for (const bed of lastChange.value?.beds ?? []) {
      this.#beds.set(bed.id, bed);
    }
    for (const anomaly of lastChange.value?.anomalies ?? []) {
      this.#anomalies.push(anomalyInWords(anomaly));
    }
    this.#timer ??= setTimeout(() => this.#say(), BATCH_MILLIS);
  }

  #say() {
    const beds = [...this.#beds.values()];
    const changes = beds.length <= NAMED_MAX ? beds.map(bedInWords) : [t("announce.beds", { count: beds.length })];
    this.text = [...this.#anomalies.slice(0, NAMED_MAX), ...changes].join(". ");
    this.#beds.clear();
    this.#anomalies = [];
    this.#timer = undefined;
  }

  render() {
    return html`<div aria-live="polite">${this.text}</div>`;
  }
}

customElements.define("chevet-announcer", Announcer);
