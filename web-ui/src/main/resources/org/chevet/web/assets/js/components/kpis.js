// @ts-check
/** @import {Board} from "../core/store.js" */
import { css, html } from "lit";
import { nowMillis, tick } from "../core/clock.js";
import { filters, NO_FILTERS } from "../core/preferences.js";
import { go } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board, lackingBed } from "../core/store.js";
import { duration, isToday } from "../i18n/format.js";
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
        display: block;
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
      strong,
      em {
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
    const figures = count(known);
    return html`
      ${this.#tile("occupied", "", html`${number(figures.occupied)} <span>/ ${number(figures.open)}</span>`, t("kpi.staffed", { count: figures.staffed }))}
      ${this.#tile("ready", figures.ready > 0 ? "act" : "", number(figures.ready), t("kpi.isolable", { count: figures.isolable }))}
      ${this.#tile("waiting", figures.waiting > 0 ? "hot" : "", number(figures.waiting), waitText(figures))}
      ${this.#tile("withoutBed", figures.withoutBed > 0 ? "hot" : "", number(figures.withoutBed), t("kpi.inServices", { count: figures.servicesShort }))}
      ${this.#tile("leaving", "", number(figures.leaving), t("kpi.ofExpected", { count: figures.expected }))}
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

/** @param {Board} known */
function count(known) {
  const figures = {
    occupied: 0,
    open: 0,
    staffed: 0,
    ready: 0,
    isolable: 0,
    withoutBed: 0,
    servicesShort: 0,
    toClean: 0,
    dirtySince: Infinity,
    leaving: 0,
    expected: 0,
    waiting: 0,
    vital: 0,
    waitingSince: Infinity,
  };
  for (const service of known.services) {
    figures.occupied += service.counts.occupied;
    figures.open += service.counts.open;
    figures.staffed += service.counts.staffed;
    figures.ready += service.counts.ready;
    figures.toClean += service.counts.toClean;
    const lacking = lackingBed(service).length;
    figures.withoutBed += lacking;
    figures.servicesShort += lacking > 0 ? 1 : 0;
    for (const room of service.rooms) {
      const alone = room.isolation !== "NONE" && room.beds.every((bed) => bed.state !== "OCCUPIED");
      for (const bed of room.beds) {
        if (bed.state === "READY" && alone) {
          figures.isolable += 1;
        }
        if (bed.state === "TO_CLEAN") {
          figures.dirtySince = Math.min(figures.dirtySince, Date.parse(bed.since));
        }
        for (const stay of bed.stays ?? []) {
          if (stay.expectedDischarge !== undefined) {
            figures.expected += 1;
            figures.leaving += isToday(stay.expectedDischarge) ? 1 : 0;
          }
        }
      }
    }
  }
  for (const request of known.requests) {
    if (!request.bed) {
      figures.waiting += 1;
      figures.vital += request.priority === 1 ? 1 : 0;
      figures.waitingSince = Math.min(figures.waitingSince, Date.parse(request.requestedAt));
    }
  }
  return figures;
}

/** @param {ReturnType<typeof count>} figures */
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
