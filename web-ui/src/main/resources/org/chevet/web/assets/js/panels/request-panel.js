// @ts-check
import { css, html } from "lit";
import "../acts/acts.js";
import { go, route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board, findStay } from "../core/store.js";
import { heldInWords, needsInWords, serviceName, shortStay } from "../i18n/describe.js";
import { dateTime, duration } from "../i18n/format.js";
import { t, word } from "../i18n/index.js";
import "../components/elapsed.js";
import { ChevetElement } from "../components/element.js";
import { shared } from "../components/styles.js";
import { closer } from "./bed-panel.js";
import "./cascade.js";
import "./proposals.js";
import { panelStyles } from "./styles.js";
import "./why-not.js";

/** One bed request: who needs what, since when, and the bed kept for them. */
class RequestPanel extends ChevetElement {
  static styles = [
    shared,
    panelStyles,
    css`
      chevet-proposals,
      .counter {
        margin-top: var(--s3);
      }
      chevet-cascade,
      .beds {
        margin-top: 6px;
      }
      .beds {
        display: flex;
        justify-content: space-between;
        width: 100%;
        min-height: 32px;
        align-items: center;
      }
    `,
  ];

  known = new Watch(this, board, (value) => value?.requests);
  route = new Watch(this, route, (value) => value.request);
  view = new Watch(this, route, (value) => value.view);

  render() {
    const id = this.route.value;
    const known = board.value;
    const request = known?.requests.find((one) => one.id === id);
    if (known === null || request === undefined) {
      return html`<div class="head"><h2>${t("request.named", { request: id })}</h2>${closer()}</div><p>${t("request.gone")}</p>`;
    }
    const ofTransfer = known.transfers.some((one) => one.request === request.id);
    const answers = request.counterProposal ? ["acceptCounterProposal", "declineCounterProposal"] : [];
    const ids = [...answers, request.bed ? "releaseFor" : "reserveFor", ...(ofTransfer ? [] : ["cancelRequest"]), "refuseRequest", "counterPropose"];
    const found = request.stay ? findStay(known, request.stay) : null;
    return html`
      <div class="head"><h2>${t("request.named", { request: request.id })}</h2>${closer()}</div>
      <div class="tags">
        <span class=${request.priority === 1 ? "tag alarm" : "tag"}>${word("priority", String(request.priority))}</span>
        <span class="tag">${word("origin", request.origin)}</span>
        ${needsInWords(request.needs).map((need) => html`<span class="tag">${need}</span>`)}
      </div>
      <dl>
        <dt>${t("request.waits")}</dt>
        <dd><chevet-elapsed at=${request.requestedAt}></chevet-elapsed>, ${t("sinceAt", { at: dateTime(request.requestedAt) })}</dd>
        <dt>${t("request.neededAt")}</dt>
        <dd>${dateTime(request.neededAt)}</dd>
        <dt>${t("request.for")}</dt>
        <dd>
          ${request.stay
            ? html`<button class="link" @click=${() => go(found?.bed ? { bed: found.bed.id } : { stay: request.stay ?? undefined })}>
                ${found ? shortStay(found.cell) : request.stay}
              </button>`
            : [word("sex", request.needs.sex), request.needs.ageYears ? t("age", { count: request.needs.ageYears }) : ""].filter(Boolean).join(", ")}
        </dd>
        ${request.service ? html`<dt>${t("request.service")}</dt><dd>${serviceName(request.service)}</dd>` : ""}
        ${request.expectedLengthMinutes ? html`<dt>${t("request.length")}</dt><dd>${duration(request.expectedLengthMinutes * 60_000)}</dd>` : ""}
        ${request.note ? html`<dt>${t("field.note")}</dt><dd>${request.note}</dd>` : ""}
        <dt>${t("request.bed")}</dt>
        <dd>
          ${request.bed
            ? html`<button class="link" @click=${() => go({ bed: request.bed ?? undefined })}>${request.bed}</button>${request.reservedUntil ? html`, ${heldInWords(request)}` : ""}`
            : html`<span class="quiet">${t("request.noBed")}</span>`}
        </dd>
      </dl>
      ${negotiation(request)}
      ${request.bed
        ? ""
        : html`<chevet-proposals .request=${request}></chevet-proposals>
            <chevet-cascade .request=${request}></chevet-cascade>
            ${this.view.value === "board" ? "" : html`<button class="beds" @click=${() => go({ ...route.value, view: "board" })}>${t("whyNot.board")} <kbd>g</kbd></button>`}`}
      <chevet-why-not request=${request.id}></chevet-why-not>
      <h3>${t("acts")}</h3>
      <chevet-acts of=${request.id} .ids=${ids} .subject=${{ request }}></chevet-acts>
    `;
  }
}

/** What services answered. @param {import("../core/types.js").BedRequest} request */
function negotiation({ refusals = [], counterProposal }) {
  return html`${counterProposal
    ? html`<p class="counter">
        <span class="tag warn">! ${t("request.counterProposal")}</span>
        ${[serviceName(counterProposal.service), t("bed.named", { bed: counterProposal.bed }), counterProposal.from ? t("request.from", { at: dateTime(counterProposal.from) }) : "", counterProposal.note, counterProposal.by?.name]
          .filter(Boolean)
          .join(" · ")}
      </p>`
    : ""}
  ${refusals.length === 0
    ? ""
    : html`<h3>${t("request.refusals")}</h3>
        <ul>
          ${refusals.map(
            ({ service, bed, reason, text, at, by }) =>
              html`<li data-refusal=${reason}>
                <strong>${word("refusal", reason)}</strong> · ${[serviceName(service), bed ? t("bed.named", { bed }) : "", text].filter(Boolean).join(" · ")}
                <div class="quiet">${[dateTime(at), by?.name].filter(Boolean).join(" · ")}</div>
              </li>`,
          )}
        </ul>`}`;
}

customElements.define("chevet-request-panel", RequestPanel);
