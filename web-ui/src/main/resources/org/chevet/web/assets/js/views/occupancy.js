// @ts-check
/** @import {History, Hour} from "../core/history.js" */
import { css, html } from "lit";
import { HistoryOf } from "../core/history.js";
import { go, route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board } from "../core/store.js";
import { day, dayKey, time } from "../i18n/format.js";
import { number, percent, t } from "../i18n/index.js";
import { explain } from "../i18n/refusal.js";
import { ChevetElement } from "../components/element.js";
import "../components/occupancy-chart.js";
import { overTime, shared, tables } from "../components/styles.js";

const PERIODS = /** @type {const} */ ([48, 168, 672]);
/** Up to here the table has a line for each hour, beyond one for each day. */
const HOURS_TOLD_MAX = 48;

/** How full the hospital, or a service, was and is. */
class OccupancyView extends ChevetElement {
  static properties = { hours: { state: true } };

  static styles = [
    shared,
    tables,
    overTime,
    css`
      .periods {
        display: flex;
      }
      .periods button {
        border-radius: 0;
      }
      .periods button + button {
        border-left: 0;
      }
      .periods button:first-child {
        border-radius: var(--radius-s) 0 0 var(--radius-s);
      }
      .periods button:last-child {
        border-radius: 0 var(--radius-s) var(--radius-s) 0;
      }
      .periods button[aria-pressed="true"] {
        background: var(--accent);
        border-color: var(--accent);
        color: var(--on-accent);
        font-weight: 600;
      }
      .chart {
        margin-bottom: var(--s4);
        padding: var(--s3) var(--s2) var(--s2) var(--s3);
        overflow: hidden;
      }
      chevet-occupancy-chart {
        height: clamp(320px, 54vh, 520px);
      }
      td:first-child {
        white-space: nowrap;
      }
      th.number,
      td.number {
        text-align: right;
        white-space: nowrap;
      }
      tbody tr.day > td {
        background: var(--raised);
        font-weight: 600;
      }
    `,
  ];

  known = new Watch(this, board, (value) => value?.services);
  route = new Watch(this, route, chosenService);
  history = new HistoryOf(this, () => (board.value === null ? null : { service: this.route.value, hours: this.hours }));

  constructor() {
    super();
    /** @type {typeof PERIODS[number]} */
    this.hours = 168;
  }

  render() {
    const services = this.known.value;
    if (services === undefined) {
      return html`<p class="empty">${t("board.loading")}</p>`;
    }
    const chosen = this.route.value;
    const counted = services.filter((service) => chosen === null || service.id === chosen).map((service) => service.counts);
    const occupied = counted.reduce((sum, counts) => sum + counts.occupied, 0);
    const history = this.history.value?.service === chosen ? this.history.value : null;
    return html`
      <header>
        <h2>${t("nav.occupancy")}</h2>
        <select aria-label=${t("filter.service")} @change=${(/** @type {Event} */ event) => go({ service: /** @type {HTMLSelectElement} */ (event.target).value || undefined })}>
          <option value="" ?selected=${chosen === null}>${t("occupancy.whole")}</option>
          ${services.map((service) => html`<option value=${service.id} ?selected=${service.id === chosen}>${service.name}</option>`)}
        </select>
        <span class="spread"></span>
        <div class="periods" role="group" aria-label=${t("occupancy.period")}>
          ${PERIODS.map(
            (hours) => html`<button aria-pressed=${this.hours === hours} @click=${() => (this.hours = hours)}>${t(`occupancy.period.${hours}`)}</button>`,
          )}
        </div>
      </header>
      ${this.history.problem === null ? "" : html`<p role="alert">${explain(this.history.problem).what}</p>`}
      ${history === null ? html`<p class="empty">${t("board.loading")}</p>` : this.#told(history, occupied)}
    `;
  }

  /** @param {History} history @param {number} occupied */
  #told(history, occupied) {
    const { open, staffed } = history.capacity;
    const all = [...history.hours.map((hour) => hour.occupied), occupied];
    return html`
      <div class="figures">
        <span>${t("occupancy.occupied")} <b>${number(occupied)}</b> / ${number(open)} (${percent(occupied, open)})</span>
        <span>${t("occupancy.staffed")} <b>${number(staffed)}</b> (${percent(occupied, staffed)})</span>
        <span>${t("occupancy.lowest")} <b>${number(Math.min(...all))}</b></span>
        <span>${t("occupancy.highest")} <b>${number(Math.max(...all))}</b></span>
        <span>${t("occupancy.entries")} <b>${number(sum(history.hours, "entries"))}</b></span>
        <span>${t("occupancy.exits")} <b>${number(sum(history.hours, "exits"))}</b></span>
      </div>
      <div class="frame chart"><chevet-occupancy-chart .history=${history} .occupied=${occupied}></chevet-occupancy-chart></div>
      ${this.hours <= HOURS_TOLD_MAX ? byHour(history.hours) : byDay(history.hours)}
    `;
  }
}

/** The service whose figures are shown: the one chosen, or that of the bed chosen. @param {import("../core/route.js").Route} shown */
function chosenService(shown) {
  return shown.service ?? board.value?.beds.get(shown.bed ?? "")?.service ?? null;
}

/** @param {Hour[]} hours */
function byHour(hours) {
  return html`<div class="frame">
    <table>
      <thead>
        <tr>
          <th>${t("occupancy.hour")}</th>
          <th class="number">${t("occupancy.occupied")}</th>
          <th class="number">${t("service.present")}</th>
          <th class="number">${t("occupancy.entries")}</th>
          <th class="number">${t("occupancy.exits")}</th>
        </tr>
      </thead>
      <tbody>
        ${hours.toReversed().map(
          (hour) =>
            html`<tr>
              <td>${day(hour.at)}, ${time(hour.at)}</td>
              <td class="number">${number(hour.occupied)}</td>
              <td class="number">${number(hour.present)}</td>
              <td class="number">${number(hour.entries)}</td>
              <td class="number">${number(hour.exits)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** @param {Hour[]} hours */
function byDay(hours) {
  const days = Map.groupBy(hours, (hour) => dayKey(hour.at));
  return html`<div class="frame">
    <table>
      <thead>
        <tr>
          <th>${t("occupancy.day")}</th>
          <th class="number">${t("occupancy.atMidnight")}</th>
          <th class="number">${t("occupancy.lowest")}</th>
          <th class="number">${t("occupancy.highest")}</th>
          <th class="number">${t("occupancy.entries")}</th>
          <th class="number">${t("occupancy.exits")}</th>
        </tr>
      </thead>
      <tbody>
        ${[...days.values()].toReversed().map((ofDay) => {
          const all = ofDay.map((hour) => hour.occupied);
          const midnight = ofDay.find((hour) => time(hour.at) === "00:00");
          const low = Math.min(...all);
          const high = Math.max(...all);
          return html`<tr>
            <td>${day(ofDay[0].at)}</td>
            <td class="number">${midnight === undefined ? "–" : number(midnight.occupied)}</td>
            <td class="number">${number(low)} <span class="quiet">${at(ofDay, low)}</span></td>
            <td class="number">${number(high)} <span class="quiet">${at(ofDay, high)}</span></td>
            <td class="number">${number(sum(ofDay, "entries"))}</td>
            <td class="number">${number(sum(ofDay, "exits"))}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

/** @param {Hour[]} hours @param {number} occupied */
function at(hours, occupied) {
  const found = hours.find((hour) => hour.occupied === occupied);
  return found === undefined ? "" : t("occupancy.atHour", { at: time(found.at) });
}

/** @param {Hour[]} hours @param {"entries"|"exits"} what */
function sum(hours, what) {
  return hours.reduce((all, hour) => all + hour[what], 0);
}

customElements.define("chevet-occupancy", OccupancyView);
