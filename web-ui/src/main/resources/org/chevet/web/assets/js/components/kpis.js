// @ts-check
/** @import {Figures} from "../core/figures.js" */
import { css, html } from "lit";
import { nowMillis, tick } from "../core/clock.js";
import { filters, NO_FILTERS } from "../core/preferences.js";
import { figuresOf } from "../core/figures.js";
import { go } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board } from "../core/store.js";
import { duration } from "../i18n/format.js";
import { number, t } from "../i18n/index.js";
import { ChevetElement } from "./element.js";
import { shared } from "./styles.js";

/** The hospital in six figures. Each leads to what it counts. */
class Kpis extends ChevetElement {
  static styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(6, minmax(0, 1fr));
        gap: 10px;
      }
      button {
        display: flex;
        flex-direction: column;
        align-items: stretch;
        border-radius: var(--radius);
        padding: 7px 11px 8px;
        text-align: left;
      }
      button[aria-pressed="true"] {
        border-color: var(--accent);
        box-shadow: inset 0 0 0 1px var(--accent);
      }
      small {
        display: block;
        color: var(--ink-2);
      }
      strong {
        display: block;
        font-size: 21px;
        font-weight: 650;
        line-height: 1.25;
      }
      strong span {
        font-size: var(--text);
        font-weight: 400;
        color: var(--ink-3);
      }
      em {
        display: block;
        font-style: normal;
        font-size: var(--text-s);
        color: var(--ink-3);
      }
      small,
      strong {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .act strong {
        color: var(--free);
      }
      .hot strong {
        color: var(--warn);
      }
      @media (max-width: 1400px) {
        :host {
          gap: 6px;
        }
        button {
          padding: 6px 8px;
        }
      }
      @media (max-width: 1000px) {
        :host {
          grid-template-columns: repeat(3, minmax(0, 1fr));
        }
      }
    `,
  ];

  known = new Watch(this, board);
  tick = new Watch(this, tick);
  filters = new Watch(this, filters);

  render() {
    const known = this.known.value;
    if (known === null) {
      return "";
    }
    const figures = figuresOf(known);
    return html`
      ${this.#tile("occupied", "", html`${number(figures.occupied)} <span>/ ${number(figures.open)}</span>`, t("kpi.staffed", { count: figures.staffed }))}
      ${this.#tile("ready", figures.ready > 0 ? "act" : "", number(figures.ready), t("kpi.isolable", { count: figures.isolable }))}
      ${this.#tile("waiting", figures.waiting > 0 ? "hot" : "", number(figures.waiting), waitText(figures))}
      ${this.#tile("withoutBed", figures.withoutBed > 0 ? "hot" : "", number(figures.withoutBed), t("kpi.inServices", { count: figures.servicesShort }))}
      ${this.#tile("leaving", "", number(figures.leaving), leavingText(figures))}
      ${this.#tile("toClean", "", number(figures.toClean), figures.dirtySince === Infinity ? t("kpi.noneWaiting") : t("kpi.longest", { duration: duration(nowMillis() - figures.dirtySince) }))}
    `;
  }

  /**
   * @param {string} name
   * @param {string} tone
   * @param {unknown} figure
   * @param {string} detail
   */
  #tile(name, tone, figure, detail) {
    const pressed = name in FILTERED ? String(this.filters.value.show === name) : undefined;
    return html`<button class=${tone} data-kpi=${name} aria-pressed=${pressed ?? "false"} @click=${() => open(name)}>
      <small>${t(`kpi.${name}`)}</small><strong>${figure}</strong><em title=${detail}>${detail}</em>
    </button>`;
  }
}

/** Figures that narrow the board; the others lead to their list. */
const FILTERED = { occupied: 1, ready: 1, withoutBed: 1 };
/** @type {Record<string, import("../core/route.js").Route["view"]>} */
const LISTS = { waiting: "requests", leaving: "discharges", toClean: "cleaning" };

/** @param {string} name */
function open(name) {
  if (name in LISTS) {
    go({ view: LISTS[name] });
    return;
  }
  filters.value = filters.value.show === name ? { ...filters.value, show: "" } : { ...NO_FILTERS, show: name };
}

/** @param {Figures} figures */
function leavingText(figures) {
  const tomorrow = t("kpi.tomorrow", { count: figures.leavingTomorrow });
  return figures.overdue > 0 ? `${t("kpi.overdue", { count: figures.overdue })} · ${tomorrow}` : tomorrow;
}

/** @param {Figures} figures */
function waitText(figures) {
  if (figures.waiting === 0) {
    return t("kpi.noneWaiting");
  }
  return [
    figures.vital > 0 ? t("kpi.vital", { count: figures.vital }) : "",
    t("kpi.longest", { duration: duration(nowMillis() - figures.waitingSince) }),
  ]
    .filter(Boolean)
    .join(" · ");
}

customElements.define("chevet-kpis", Kpis);
