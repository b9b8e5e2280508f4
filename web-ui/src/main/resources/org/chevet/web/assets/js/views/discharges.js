// @ts-check
/** @import {Bed, StayCell} from "../core/types.js" */
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { nowMillis, tick } from "../core/clock.js";
import { go, route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board } from "../core/store.js";
import { serviceName, shortStay } from "../i18n/describe.js";
import { dayKey, duration, isToday, time, day } from "../i18n/format.js";
import { t } from "../i18n/index.js";
import "../components/elapsed.js";
import { ChevetElement } from "../components/element.js";
import { shared, tables } from "../components/styles.js";

/** Who leaves when: the overdue and today's first, then day by day. */
class DischargesView extends ChevetElement {
  static styles = [shared, tables];

  known = new Watch(this, board, (value) => value?.services);
  route = new Watch(this, route, (value) => value.bed);
  tick = new Watch(this, tick, () => Math.floor(nowMillis() / 60_000));

  render() {
    const leaving = [...(board.value?.beds.values() ?? [])]
      .flatMap((bed) => (bed.stays ?? []).map((stay) => ({ bed, stay })))
      .filter(({ stay }) => stay.expectedDischarge !== undefined)
      .sort((a, b) => (a.stay.expectedDischarge ?? "").localeCompare(b.stay.expectedDischarge ?? ""));
    const today = leaving.filter(({ stay }) => isToday(stay.expectedDischarge ?? "") || dayKey(stay.expectedDischarge ?? "") < dayKey(nowMillis()));
    const later = leaving.slice(today.length);
    return html`
      <header>
        <h2>${t("nav.discharges")}</h2>
        <span class="quiet">${t("discharges.ready", { count: leaving.filter(({ stay }) => stay.medicallyReady).length })}</span>
      </header>
      ${this.#table("today", today)} ${this.#table("later", later)}
    `;
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
