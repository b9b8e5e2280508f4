// @ts-check
/** @import {InterhospitalTransfer} from "../core/types.js" */
import { css, html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "../acts/acts.js";
import { actsOfTransfer } from "../acts/catalogue.js";
import { hospitals, refreshHospitals } from "../core/hospitals.js";
import { go } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board, findStay } from "../core/store.js";
import { needsInWords, person, serviceName, shortStay } from "../i18n/describe.js";
import { dateTime } from "../i18n/format.js";
import { t, word } from "../i18n/index.js";
import "../components/elapsed.js";
import { ChevetElement } from "../components/element.js";
import { shared, tables } from "../components/styles.js";

const OPEN = new Set(["ASKED", "OFFERED", "ACCEPTED", "DEPARTED"]);

/** Transfers between this hospital and others: those that wait for somebody first, each with the next steps that are this side's. */
class Transfers extends ChevetElement {
  static styles = [
    shared,
    tables,
    css`
      :host {
        display: block;
        padding: 0;
        margin-top: var(--s4);
      }
      .state {
        font-weight: 650;
      }
      .over {
        color: var(--ink-3);
        font-weight: 400;
      }
      .warn {
        color: var(--warn);
        font-weight: 600;
      }
      td.acts {
        min-width: 230px;
      }
      .frame {
        overflow-x: auto;
      }
    `,
  ];

  known = new Watch(this, board, (value) => value?.transfers);
  hospitals = new Watch(this, hospitals);

  connectedCallback() {
    super.connectedCallback();
    refreshHospitals();
  }

  updated() {
    const named = new Set(this.hospitals.value.map((one) => one.id));
    if (this.known.value?.some((transfer) => !named.has(transfer.hospital))) {
      refreshHospitals();
    }
  }

  render() {
    const transfers = [...(this.known.value ?? [])].sort(
      (a, b) => Number(OPEN.has(b.state)) - Number(OPEN.has(a.state)) || a.priority - b.priority || b.askedAt.localeCompare(a.askedAt),
    );
    if (transfers.length === 0 && this.hospitals.value.length < 2) {
      return "";
    }
    return html`
      <header>
        <h2>${t("transfers")}</h2>
        <span class="quiet">${t("transfers.open", { count: transfers.filter((one) => OPEN.has(one.state)).length })}</span>
      </header>
      <div class="frame">
        ${transfers.length === 0
          ? html`<p class="empty">${t("transfers.none")}</p>`
          : html`<table>
              <thead>
                <tr>
                  <th class="tight">${t("request.priority")}</th>
                  <th>${t("transfer.other")}</th>
                  <th>${t("request.for")}</th>
                  <th>${t("transfer.state")}</th>
                  <th>${t("transfer.acts")}</th>
                </tr>
              </thead>
              <tbody>
                ${repeat(
                  transfers,
                  (transfer) => transfer.id,
                  (transfer) => this.#row(transfer),
                )}
              </tbody>
            </table>`}
      </div>
    `;
  }

  /** @param {InterhospitalTransfer} transfer */
  #row(transfer) {
    const open = OPEN.has(transfer.state);
    const other = this.hospitals.value.find((one) => one.id === transfer.hospital);
    const gone = this.hospitals.value.length > 0 && other === undefined;
    return html`<tr data-transfer=${transfer.id} data-state=${transfer.state}>
      <td class="tight">P${transfer.priority}</td>
      <td>
        ${t(`transfer.side.${transfer.side}`, { hospital: other?.name ?? transfer.hospital })}
        ${transfer.heard || (!open && !gone) ? "" : html`<div class="warn">${t(gone ? "transfer.noHospital" : "transfer.unheard")}</div>`}
      </td>
      <td>${this.#who(transfer)}<div class="quiet">${needsInWords(transfer.needs).join(" · ")}</div>${transfer.note ? html`<div class="quiet">${transfer.note}</div>` : ""}</td>
      <td>
        <span class=${open ? "state" : "over"}>${word("transfer.state", transfer.state)}</span> <span class="quiet">· <chevet-elapsed at=${transfer.since}></chevet-elapsed></span>
        ${this.#bed(transfer)}${this.#outcome(transfer)}
      </td>
      <td class="acts">
        <chevet-acts row of=${transfer.id} called=${this.#text(transfer)} .ids=${actsOfTransfer(transfer)} .subject=${{ transfer, stay: this.#cell(transfer) }}></chevet-acts>
      </td>
    </tr>`;
  }

  /** @param {InterhospitalTransfer} transfer */
  #cell({ stay }) {
    return stay && board.value ? findStay(board.value, stay)?.cell : undefined;
  }

  /** @param {InterhospitalTransfer} transfer */
  #text(transfer) {
    const cell = this.#cell(transfer);
    return cell ? shortStay(cell) : [transfer.initials, person({ sex: transfer.needs.sex, age: transfer.needs.ageYears })].filter(Boolean).join(", ");
  }

  /** @param {InterhospitalTransfer} transfer */
  #who(transfer) {
    const text = this.#text(transfer);
    return transfer.stay
      ? html`<button class="link" @click=${() => openStay(transfer.stay ?? "")}>${text || t("transfer.stayThere", { stay: transfer.stay })}</button>`
      : text;
  }

  /** @param {InterhospitalTransfer} transfer */
  #bed({ offer, side, state }) {
    if (offer === null) {
      return state === "DEPARTED" ? html`<div class="warn">${t("transfer.bedMissing")}</div>` : "";
    }
    // Who is on the way has it for as long as the way takes.
    const text = state === "DEPARTED" ? t("bed.named", { bed: offer.bed }) : t("transfer.bed", { bed: offer.bed, at: dateTime(offer.until) });
    return side === "RECEIVING"
      ? html`<div><button class="link" @click=${() => go({ bed: offer.bed })}>${text}</button> <span class="quiet">${serviceName(offer.service)}</span></div>`
      : html`<div class="quiet">${text} · ${offer.service}</div>`;
  }

  /** @param {InterhospitalTransfer} transfer */
  #outcome({ outcome, state }) {
    if (outcome === null) {
      return "";
    }
    const lost = OPEN.has(state) ? t("transfer.bedLost") : outcome.kind === "ARRIVAL_TAKEN_BACK" ? t("transfer.arrivalTakenBack") : "";
    const why = outcome.cause ? t(`transfer.cause.${outcome.cause}`) : outcome.reason ? t("transfer.reason", { reason: outcome.reason }) : "";
    const where = outcome.whereabouts ? word("whereabouts", outcome.whereabouts) : "";
    const stay = outcome.stay ? t("transfer.stayThere", { stay: outcome.stay }) : "";
    const text = [lost, why, where, stay].filter(Boolean).join(" · ");
    return text === "" ? "" : html`<div class=${lost ? "warn" : "quiet"}>${text}</div>`;
  }
}

/** @param {string} stay */
function openStay(stay) {
  const found = board.value === null ? null : findStay(board.value, stay);
  go(found?.bed ? { bed: found.bed.id } : { stay });
}

customElements.define("chevet-transfers", Transfers);
