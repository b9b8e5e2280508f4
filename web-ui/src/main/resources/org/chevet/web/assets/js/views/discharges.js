// @ts-check
/** @import {Bed, StayCell} from "../core/types.js" */
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { nowMillis, tick } from "../core/clock.js";
import { heldOf, losses, readyStays } from "../core/held.js";
import { go, route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board } from "../core/store.js";
import { serviceName, shortStay } from "../i18n/describe.js";
import { dayKey, duration, isToday, time, day } from "../i18n/format.js";
import { decimal, t, word } from "../i18n/index.js";
import { barrierTag } from "../components/barrier.js";
import "../components/elapsed.js";
import { ChevetElement } from "../components/element.js";
import { shared, tables } from "../components/styles.js";

const DAY = 24 * 3_600_000;

/** Who leaves when: the overdue and today's first, then those who could and do not, then day by day. */
class DischargesView extends ChevetElement {
  static styles = [shared, tables];

  known = new Watch(this, board, (value) => value?.services);
  route = new Watch(this, route, (value) => value.bed);
  tick = new Watch(this, tick, () => Math.floor(nowMillis() / 60_000));

  render() {
    const here = [...(board.value?.beds.values() ?? [])].flatMap((bed) => (bed.stays ?? []).map((stay) => ({ bed, stay })));
    const ready = board.value === null ? [] : readyStays(board.value);
    const leaving = here
      .filter(({ stay }) => stay.expectedDischarge !== undefined)
      .sort((a, b) => (a.stay.expectedDischarge ?? "").localeCompare(b.stay.expectedDischarge ?? ""));
    const today = leaving.filter(({ stay }) => isToday(stay.expectedDischarge ?? "") || dayKey(stay.expectedDischarge ?? "") < dayKey(nowMillis()));
    const later = leaving.slice(today.length);
    return html`
      <header>
        <h2>${t("nav.discharges")}</h2>
        <span class="quiet">${t("discharges.ready", { count: ready.length })}</span>
      </header>
      ${this.#table("today", today)} ${this.#held(heldOf(ready))} ${this.#table("later", later)}
    `;
  }

  /** Who could leave and does not, what for, and what that costs. @param {import("../core/held.js").Held[]} held */
  #held(held) {
    return html`<h3>${t("discharges.held", { count: held.length })}</h3>
      <div class="frame">
        ${held.length === 0
          ? html`<p class="empty">${t("discharges.held.none")}</p>`
          : html`<table class="held">
              <thead>
                <tr>
                  <th class="tight">${t("discharges.readySince")}</th>
                  <th class="tight">${t("bed")}</th>
                  <th>${t("discharges.who")}</th>
                  <th>${t("service")}</th>
                  <th class="tight">${t("stay.plan")}</th>
                  <th>${t("stay.barriers")}</th>
                </tr>
              </thead>
              <tbody>
                ${repeat(
                  held,
                  ({ stay }) => stay.id,
                  ({ stay, barriers, bed, service }) =>
                    html`<tr aria-current=${bed !== null && this.route.value === bed ? "true" : nothing} data-stay=${stay.id}>
                      <td class="tight"><chevet-elapsed at=${stay.medicallyReadyAt}></chevet-elapsed></td>
                      <td class="tight"><button class="link" @click=${() => go(bed === null ? { stay: stay.id } : { bed })}>${bed ?? t("withoutBed")}</button></td>
                      <td>${shortStay(stay)}</td>
                      <td>${serviceName(service)}</td>
                      <td class="tight">${stay.expectedDischarge === undefined ? "" : this.#when(stay)}</td>
                      <td><div class="tags">${barriers.map(barrierTag)}</div></td>
                    </tr>`,
                )}
              </tbody>
            </table>`}
      </div>
      ${held.length === 0 ? "" : this.#losses(held)}`;
  }

  /** @param {import("../core/held.js").Held[]} held */
  #losses(held) {
    return html`<h3>${t("discharges.losses")}</h3>
      <div class="frame">
        <table class="losses">
          <thead>
            <tr>
              <th>${t("discharges.barrier")}</th>
              <th class="tight number">${t("discharges.patients")}</th>
              <th class="tight number">${t("discharges.lostDays")}</th>
              <th>${t("discharges.byService")}</th>
            </tr>
          </thead>
          <tbody>
            ${losses(held, nowMillis()).map(
              ({ kind, patients, lostMillis, services }) =>
                html`<tr data-barrier=${kind}>
                  <td>${word("barrier", kind)}</td>
                  <td class="tight number">${patients}</td>
                  <td class="tight number">${decimal(lostMillis / DAY)}</td>
                  <td>${services.map((one) => t("discharges.lostThere", { service: serviceName(one.service), count: one.patients, days: decimal(one.lostMillis / DAY) })).join(" · ")}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p class="quiet">${t("discharges.losses.why")}</p>`;
  }

  /** @param {string} name @param {{bed: Bed, stay: StayCell}[]} leaving */
  #table(name, leaving) {
    return html`<h3>${t(`discharges.${name}`, { count: leaving.length })}</h3>
      <div class="frame">
        ${leaving.length === 0
          ? html`<p class="empty">${t("discharges.none")}</p>`
          : html`<table>
              <thead>
                <tr>
                  <th class="tight">${t("discharges.when")}</th>
                  <th class="tight">${t("bed")}</th>
                  <th>${t("discharges.who")}</th>
                  <th>${t("service")}</th>
                  <th class="tight">${t("stay.here")}</th>
                  <th>${t("discharges.signs")}</th>
                </tr>
              </thead>
              <tbody>
                ${repeat(
                  leaving,
                  ({ stay }) => stay.id,
                  ({ bed, stay }) =>
                    html`<tr aria-current=${this.route.value === bed.id ? "true" : nothing}>
                      <td class="tight">${this.#when(stay)}</td>
                      <td class="tight"><button class="link" @click=${() => go({ bed: bed.id })}>${bed.id}</button></td>
                      <td>${shortStay(stay)}</td>
                      <td>${serviceName(bed.service)}</td>
                      <td class="tight"><chevet-elapsed at=${stay.since}></chevet-elapsed></td>
                      <td>
                        ${stay.medicallyReady ? html`<span class="tag">${t("stay.medicallyReady")}</span>` : ""}
                        ${(stay.barriers ?? []).map(barrierTag)}
                        ${stay.closed ? html`<span class="tag">${t("stay.closed")}</span>` : ""}
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>`}
      </div>`;
  }

  /** @param {StayCell} stay */
  #when(stay) {
    const expected = stay.expectedDischarge ?? "";
    const late = nowMillis() - Date.parse(expected);
    return late > 0
      ? html`<span class="tag warn" title=${`${day(expected)}, ${time(expected)}`}>${t("discharges.late", { duration: duration(late) })}</span>`
      : isToday(expected)
        ? time(expected)
        : `${day(expected)}, ${time(expected)}`;
  }
}

customElements.define("chevet-discharges", DischargesView);
