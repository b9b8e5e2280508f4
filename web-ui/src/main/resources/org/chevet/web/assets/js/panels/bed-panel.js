// @ts-check
/** @import {Bed} from "../core/types.js" */
import { css, html } from "lit";
import { actsOfBed } from "../acts/catalogue.js";
import "../acts/acts.js";
import { closePanel, go, route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board, findService } from "../core/store.js";
import { anomalyInWords, equipment, floorName, heldInWords, needsInWords } from "../i18n/describe.js";
import { dateTime } from "../i18n/format.js";
import { t, word } from "../i18n/index.js";
import "../components/elapsed.js";
import { ChevetElement } from "../components/element.js";
import { shared } from "../components/styles.js";
import { panelStyles } from "./styles.js";
import "./stay-section.js";

/** One bed: how it stands and since when, who lies in it, what can be done. */
class BedPanel extends ChevetElement {
  static styles = [
    shared,
    panelStyles,
    css`
      .state {
        font-weight: 600;
      }
    `,
  ];

  known = new Watch(this, board, (value) => value?.beds.get(route.value.bed ?? "") ?? null);
  route = new Watch(this, route, (value) => value.bed);
  anomalies = new Watch(this, board, (value) => value?.anomalies);

  render() {
    const id = this.route.value;
    const known = board.value;
    const bed = known?.beds.get(id ?? "");
    if (known === null || known === undefined || id === undefined) {
      return "";
    }
    if (bed === undefined) {
      return html`<div class="head"><h2>${t("bed.named", { bed: id })}</h2>${closer()}</div>
        <p>${t("bed.unknown")}</p>`;
    }
    const service = findService(known, bed.service);
    const room = service?.rooms.find((one) => one.id === bed.room);
    const acts = actsOfBed(bed);
    const stays = bed.stays ?? [];
    return html`
      <div class="head">
        <h2>${t("bed.named", { bed: bed.id })}</h2>
        ${closer()}
      </div>
      <div class="sub">
        <button class="link" @click=${() => go({ service: bed.service })}>${service?.name}</button>${[service?.site, floorName(service?.floor)]
          .filter(Boolean)
          .map((place) => html` · ${place}`)}
      </div>
      ${known.anomalies
        .filter((anomaly) => anomaly.bed === bed.id)
        .map((anomaly) => html`<p class="tags"><span class="tag alarm">! ${anomalyInWords(anomaly)}</span></p>`)}
      <dl>
        <dt>${t("bed.state")}</dt>
        <dd><span class="state">${word("state", bed.state)}</span>, ${t("sinceAt", { at: dateTime(bed.since) })} (<chevet-elapsed at=${bed.since}></chevet-elapsed>)</dd>
        ${bed.block
          ? html`<dt>${t("bed.block")}</dt>
              <dd>
                ${word("block", bed.block.reason)}${bed.block.note ? html`: ${bed.block.note}` : ""}${bed.block.expectedEnd
                  ? html`, ${t("until", { at: dateTime(bed.block.expectedEnd) })}`
                  : ""}
              </dd>`
          : ""}
        ${this.#reservation(bed)}
        ${bed.condition && bed.state !== bed.condition ? html`<dt>${t("bed.condition")}</dt><dd>${word("state", bed.condition)}</dd>` : ""}
        ${bed.contaminated ? html`<dt>${t("bed.condition")}</dt><dd>${t("bed.contaminated")}</dd>` : ""}
        ${room ? html`<dt>${t("room")}</dt><dd>${roomInWords(room)}</dd>` : ""}
        ${bed.equipment?.length ? html`<dt>${t("bed.equipment")}</dt><dd>${bed.equipment.map(equipment).join(", ")}</dd>` : ""}
        ${bed.surge ? html`<dt>${t("bed.kind")}</dt><dd>${t("bed.surge")}</dd>` : ""}
      </dl>
      ${stays.map((stay) => html`<chevet-stay-section class="stay" .stay=${stay} .bed=${bed}></chevet-stay-section>`)}
      ${acts.length === 0 && stays.length > 0
        ? ""
        : html`<h3>${t("acts")}</h3>`}
      <chevet-acts of=${bed.id} .ids=${acts} .subject=${{ bed }} ?main=${stays.length === 0}></chevet-acts>
    `;
  }

  /** @param {Bed} bed */
  #reservation(bed) {
    if (!bed.reservation) {
      return "";
    }
    const { request: id, until } = bed.reservation;
    const request = board.value?.requests.find((one) => one.id === id);
    return html`<dt>${t("bed.reservation")}</dt>
      <dd>
        <button class="link" @click=${() => go({ request: id })}>${t("request.named", { request: id })}</button>, ${request ? heldInWords(request) : t("until", { at: dateTime(until) })}
        ${request ? html`<br />${[t("priority.short", { priority: request.priority }), ...needsInWords(request.needs)].join(" · ")}` : ""}
      </dd>`;
  }
}

/** @param {import("../core/types.js").Room} room */
function roomInWords(room) {
  return [
    room.id,
    room.capacity === 1 ? t("room.single") : t("room.places", { count: room.capacity }),
    room.capacity === 1 ? "" : word("sexPolicy", room.sexPolicy),
    room.isolation === "NONE" ? "" : word("ability", room.isolation),
  ]
    .filter(Boolean)
    .join(", ");
}

export function closer() {
  return html`<button class="plain" @click=${closePanel}>${t("close")} <kbd>Esc</kbd></button>`;
}

customElements.define("chevet-bed-panel", BedPanel);
