// @ts-check
/** @import {StayCell} from "../core/types.js" */
import { css, html } from "lit";
import "../acts/acts.js";
import { HistoryOf } from "../core/history.js";
import { go, route } from "../core/route.js";
import { filters, NO_FILTERS } from "../core/preferences.js";
import { Watch } from "../core/signal.js";
import { board, findService, lackingBed } from "../core/store.js";
import { floorName, shortStay, specialty } from "../i18n/describe.js";
import { number, percent, t, word } from "../i18n/index.js";
import { ChevetElement } from "../components/element.js";
import "../components/occupancy-chart.js";
import { shared } from "../components/styles.js";
import { closer } from "./bed-panel.js";
import { panelStyles } from "./styles.js";

const HOURS = 168;

/** One service: its capacity in its four figures, its beds by state, and where staff and surge are set. */
class ServicePanel extends ChevetElement {
  static styles = [
    shared,
    panelStyles,
    css`
      .person {
        display: flex;
        justify-content: space-between;
        align-items: baseline;
        gap: var(--s2);
      }
      .recent {
        display: flex;
        justify-content: space-between;
        align-items: baseline;
        margin-top: var(--s4);
      }
      .recent h3 {
        margin: 0;
      }
      chevet-occupancy-chart {
        margin: 2px calc(-1 * var(--s2)) 0;
      }
    `,
  ];

  known = new Watch(this, board, (value) => (value === null ? null : findService(value, route.value.service ?? "")));
  route = new Watch(this, route, (value) => value.service);
  view = new Watch(this, route, (value) => value.view);
  history = new HistoryOf(this, () => {
    const service = this.route.value;
    // The screen of occupancy shows the same in large.
    return service === undefined || this.view.value === "occupancy" || this.known.value === null ? null : { service, hours: HOURS };
  });

  render() {
    const known = board.value;
    const service = known === null ? null : findService(known, this.route.value ?? "");
    if (service === null) {
      return html`<div class="head"><h2>${this.route.value}</h2>${closer()}</div><p>${t("service.unknown")}</p>`;
    }
    const { counts } = service;
    const ages = service.ages;
    return html`
      <div class="head"><h2>${service.name}</h2>${closer()}</div>
      <div class="sub">${[service.id, service.site, floorName(service.floor)].filter(Boolean).join(" · ")}</div>
      <dl>
        <dt>${t("service.capacity")}</dt>
        <dd>
          ${t("service.physical", { count: counts.physical })}<br />${t("service.openBeds", { count: counts.open })}<br />${t("service.staffed", { count: counts.staffed })}<br />${counts.surge > 0 ? t("service.surge", { open: counts.surgeOpen, all: counts.surge }) : t("service.noSurge")}
        </dd>
        <dt>${t("service.occupancy")}</dt>
        <dd>${t("service.rates", { open: percent(counts.occupied, counts.open), staffed: percent(counts.occupied, counts.staffed) })}</dd>
        <dt>${t("service.beds")}</dt>
        <dd>
          ${/** @type {const} */ (["occupied", "ready", "reserved", "toClean", "cleaning", "blocked", "closed"])
            .filter((state) => counts[state] > 0)
            .map((state, i) => html`${i > 0 ? html`<br />` : ""}${t(`service.${state}`, { count: counts[state] })}`)}
        </dd>
        <dt>${t("service.present")}</dt>
        <dd>${number(counts.present)}${counts.withoutBed > 0 ? html`, <strong>${t("service.withoutBed", { count: counts.withoutBed })}</strong>` : ""}</dd>
        <dt>${t("service.takes")}</dt>
        <dd>
          ${[
            word("level", service.levelOfCare),
            service.specialties.map(specialty).join(", "),
            service.sexPolicy === "MIXED" ? "" : word("sexPolicy", service.sexPolicy),
            ages && (ages.fromYears > 0 || ages.toYears < 130) ? t("service.ages", { from: ages.fromYears, to: ages.toYears }) : "",
          ]
            .filter(Boolean)
            .join(" · ")}
        </dd>
      </dl>
      ${people(t("kpi.withoutBed"), lackingBed(service))}
      ${people(t("service.outpatients"), service.withoutBed.filter((stay) => stay.class === "OUTPATIENT"))}
      ${this.view.value === "occupancy" || this.history.value?.service !== service.id
        ? ""
        : html`<div class="recent">
              <h3>${t("occupancy.recent")}</h3>
              <button class="link" @click=${() => go({ view: "occupancy", service: service.id })}>${t("occupancy.more")}</button>
            </div>
            <chevet-occupancy-chart small .history=${this.history.value} .occupied=${counts.occupied}></chevet-occupancy-chart>`}
      <h3>${t("acts")}</h3>
      <chevet-acts of=${service.id} .ids=${["staffed", ...(counts.surge > 0 ? ["surge"] : [])]} .subject=${{ service }}></chevet-acts>
      <h3>${t("board.label")}</h3>
      <button
        @click=${() => {
          filters.value = { ...NO_FILTERS, service: service.id };
          go({ view: "board", service: service.id });
        }}
      >
        ${t("service.only")}
      </button>
    `;
  }
}

/** @param {string} title @param {StayCell[]} stays */
function people(title, stays) {
  return stays.length === 0
    ? ""
    : html`<h3>${title}</h3>
        <ul>
          ${stays.map(
            (stay) =>
              html`<li class="person">
                <button class="link" @click=${() => go({ stay: stay.id })}>${shortStay(stay)}</button>
                <span class="quiet"><chevet-elapsed at=${stay.since}></chevet-elapsed></span>
              </li>`,
          )}
        </ul>`;
}

customElements.define("chevet-service-panel", ServicePanel);
