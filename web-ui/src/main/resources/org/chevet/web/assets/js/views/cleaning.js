// @ts-check
/** @import {Bed} from "../core/types.js" */
import { css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "../acts/acts.js";
import { nowMillis, tick } from "../core/clock.js";
import { go, route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board } from "../core/store.js";
import { serviceName } from "../i18n/describe.js";
import { duration } from "../i18n/format.js";
import { t } from "../i18n/index.js";
import "../components/elapsed.js";
import { ChevetElement } from "../components/element.js";
import { shared, tables } from "../components/styles.js";

/** Beds that wait for cleaning, the longest first, and those being cleaned. Fit for a phone. */
class CleaningView extends ChevetElement {
  static styles = [
    shared,
    tables,
    css`
      @media (max-width: 700px) {
        thead {
          display: none;
        }
        tr {
          display: grid;
          grid-template-columns: auto 1fr;
          align-items: baseline;
          border-bottom: 1px solid var(--line);
        }
        td {
          border: 0;
        }
        td.tight {
          width: auto;
        }
        td:nth-child(n + 3) {
          grid-column: 1 / -1;
          padding-top: 0;
          text-align: left;
        }
      }
    `,
  ];

  known = new Watch(this, board, (value) => value?.beds);
  route = new Watch(this, route, (value) => value.bed);
  tick = new Watch(this, tick);

  render() {
    const beds = [...(this.known.value?.values() ?? [])].sort((a, b) => a.since.localeCompare(b.since));
    const dirty = beds.filter((bed) => bed.state === "TO_CLEAN");
    const cleaning = beds.filter((bed) => bed.state === "CLEANING");
    return html`
      <header>
        <h2>${t("nav.cleaning")}</h2>
        <span class="quiet">${dirty.length === 0 ? "" : t("cleaning.median", { duration: duration(nowMillis() - Date.parse(dirty[Math.floor(dirty.length / 2)].since)) })}</span>
      </header>
      ${this.#table("toClean", dirty, ["startCleaning", "finishCleaning"])} ${this.#table("cleaning", cleaning, ["finishCleaning"])}
    `;
  }

  /** @param {string} name @param {Bed[]} beds @param {string[]} acts */
  #table(name, beds, acts) {
    return html`<h3>${t(`cleaning.${name}`, { count: beds.length })}</h3>
      <div class="frame">
        ${beds.length === 0
          ? html`<p class="empty">${t("cleaning.none")}</p>`
          : html`<table>
              <thead>
                <tr>
                  <th class="tight">${t("bed")}</th>
                  <th class="tight">${t(`cleaning.${name}.since`)}</th>
                  <th>${t("service")}</th>
                  <th></th>
                </tr>
              </thead>
              <tbody>
                ${repeat(
                  beds,
                  (bed) => bed.id,
                  (bed) =>
                    html`<tr data-bed=${bed.id} aria-current=${this.route.value === bed.id ? "true" : nothing}>
                      <td class="tight"><button class="link" @click=${() => go({ bed: bed.id })}>${bed.id}</button></td>
                      <td class="tight"><chevet-elapsed at=${bed.since}></chevet-elapsed></td>
                      <td>${serviceName(bed.service)} ${bed.contaminated ? html`<span class="tag warn">${t("bed.contaminated")}</span>` : ""} ${bed.reservation ? html`<span class="tag ring">${t("legend.reserved")}</span>` : ""}</td>
                      <td class="number"><chevet-acts row of=${bed.id} .ids=${acts} .subject=${{ bed }}></chevet-acts></td>
                    </tr>`,
                )}
              </tbody>
            </table>`}
      </div>`;
  }
}

customElements.define("chevet-cleaning", CleaningView);
