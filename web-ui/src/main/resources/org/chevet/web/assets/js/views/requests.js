// @ts-check
import { css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "../acts/acts.js";
import { go, route } from "../core/route.js";
import { query } from "../core/search.js";
import { Watch } from "../core/signal.js";
import { board, findStay } from "../core/store.js";
import { needsInWords, serviceName, shortStay, specialty } from "../i18n/describe.js";
import { dateTime } from "../i18n/format.js";
import { t, word } from "../i18n/index.js";
import "../components/elapsed.js";
import { ChevetElement } from "../components/element.js";
import { shared, tables } from "../components/styles.js";
import "./transfers.js";

/** Open bed requests: the most urgent first, then the longest waiting. */
class RequestsView extends ChevetElement {
  static styles = [
    shared,
    tables,
    css`
      .priority {
        display: inline-block;
        min-width: 26px;
        padding: 1px 5px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-s);
        font-weight: 650;
        text-align: center;
      }
      .vital {
        background: var(--alarm-bg);
        border-color: var(--alarm);
        color: var(--alarm);
      }
      .new {
        max-width: 640px;
        margin-bottom: var(--s3);
      }
    `,
  ];

  known = new Watch(this, board, (value) => value?.requests);
  route = new Watch(this, route, (value) => value.request);
  query = new Watch(this, query);

  render() {
    const requests = this.known.value ?? [];
    const waiting = requests.filter((request) => !request.bed).length;
    return html`
      <header>
        <h2>${t("nav.requests")}</h2>
        <span class="quiet">${t("requests.waiting", { count: waiting })} · ${t("requests.reserved", { count: requests.length - waiting })}</span>
      </header>
      <chevet-acts class="new" of="requests" .ids=${["requestBed", "register"]}></chevet-acts>
      <div class="frame">
        ${requests.length === 0
          ? html`<p class="empty">${t("requests.none")}</p>`
          : html`<table>
              <thead>
                <tr>
                  <th class="tight">${t("request.priority")}</th>
                  <th class="tight">${t("request.waits")}</th>
                  <th>${t("request.for")}</th>
                  <th>${t("request.needs")}</th>
                  <th class="tight">${t("request.neededAt")}</th>
                  <th class="tight">${t("request.bed")}</th>
                </tr>
              </thead>
              <tbody>
                ${repeat(
                  requests,
                  (request) => request.id,
                  (request) => this.#row(request),
                )}
              </tbody>
            </table>`}
      </div>
      <chevet-transfers></chevet-transfers>
    `;
  }

  /** @param {import("../core/types.js").BedRequest} request */
  #row(request) {
    const known = board.value;
    const found = request.stay && known ? findStay(known, request.stay) : null;
    const who = found ? shortStay(found.cell) : [word("sex", request.needs.sex), request.needs.ageYears ? t("age", { count: request.needs.ageYears }) : ""].filter(Boolean).join(", ");
    // The service that bears the specialty's name says nothing more.
    const wished = request.service && serviceName(request.service) !== specialty(request.needs.specialty);
    return html`<tr data-request=${request.id} aria-current=${this.route.value === request.id ? "true" : nothing}>
      <td class="tight"><span class=${request.priority === 1 ? "priority vital" : "priority"} title=${word("priority", String(request.priority))}>P${request.priority}</span></td>
      <td class="tight"><chevet-elapsed at=${request.requestedAt}></chevet-elapsed></td>
      <td>
        <button class="link" @click=${() => go({ request: request.id })}>${who}</button>
        <div class="quiet">${[word("origin", request.origin), found?.service?.name].filter(Boolean).join(" · ")}</div>
      </td>
      <td>${needsInWords(request.needs).join(" · ") || t("request.anyBed")}${wished ? html`<div class="quiet">${t("request.wished", { service: serviceName(request.service) })}</div>` : ""}</td>
      <td class="tight">${dateTime(request.neededAt)}</td>
      <td class="tight">
        ${request.bed
          ? html`<button class="link" @click=${() => go({ bed: request.bed ?? undefined })}>${request.bed}</button>${request.reservedUntil ? html`<div class="quiet">${t("until", { at: dateTime(request.reservedUntil) })}</div>` : ""}`
          : html`<button @click=${() => go({ request: request.id })}>${t("act.reserve")}</button>`}
      </td>
    </tr>`;
  }
}

customElements.define("chevet-requests", RequestsView);
