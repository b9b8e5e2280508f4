// @ts-check
import { css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { refused } from "../acts/act-form.js";
import "../acts/acts.js";
import { held, take } from "../acts/take.js";
import { connection } from "../core/live.js";
import { questioned } from "../core/proposals.js";
import { lineOf, planWanted, queuePlan, readQueuePlan } from "../core/queue-plan.js";
import { go, route } from "../core/route.js";
import { query } from "../core/search.js";
import { Watch } from "../core/signal.js";
import { board, findStay, reached } from "../core/store.js";
import { heldInWords, needsInWords, serviceName, shortStay, specialty } from "../i18n/describe.js";
import { dateTime, time } from "../i18n/format.js";
import { t, word } from "../i18n/index.js";
import { whenUsable } from "../i18n/placement.js";
import { explain } from "../i18n/refusal.js";
import "../components/elapsed.js";
import { ChevetElement } from "../components/element.js";
import { shared, tables } from "../components/styles.js";
import "./transfers.js";

/** Of those who get the beds that somebody else would have fitted. */
const OTHERS_SHOWN = 3;

/**
 * Open bed requests: the most urgent first, then the longest waiting. On demand beside each what the plan for the whole queue has for it, to be
 * taken line by line; what the world has overtaken is marked.
 */
class RequestsView extends ChevetElement {
  static properties = { busy: { state: true }, problem: { state: true }, lost: { state: true } };

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
      .plan {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s1) var(--s3);
        margin-bottom: var(--s3);
      }
      .who {
        white-space: nowrap;
      }
      td.planned .line {
        display: flex;
        justify-content: space-between;
        align-items: center;
        gap: var(--s3);
      }
      td.planned .line button:not(.link) {
        white-space: nowrap;
      }
      .stale .link {
        text-decoration: line-through;
      }
      .planned .tag {
        white-space: normal;
      }
    `,
  ];

  known = new Watch(this, board, (value) => value?.requests);
  route = new Watch(this, route, (value) => value.request);
  query = new Watch(this, query);
  plan = new Watch(this, queuePlan);
  wanted = new Watch(this, planWanted);
  /** Whether a planned bed is still to be had is on the board. */
  beds = new Watch(this, board, (value) => value?.beds);
  live = new Watch(this, connection, (value) => value.state === "live");

  constructor() {
    super();
    this.busy = false;
    /** Why there is no plan, or why a line could not be taken. @type {import("../core/types.js").Problem|null} */
    this.problem = null;
    /** Lines that were refused, and why. @type {Record<string, import("../core/types.js").Problem>} */
    this.lost = {};
  }

  get #plan() {
    return this.plan.value?.hospital === route.value.hospital ? this.plan.value : null;
  }

  updated() {
    if (planWanted.value && board.value !== null) {
      planWanted.value = false;
      this.#ask();
    }
  }

  render() {
    const requests = this.known.value ?? [];
    const waiting = requests.filter((request) => !request.bed).length;
    return html`
      <header>
        <h2>${t("nav.requests")}</h2>
        <span class="quiet">${t("requests.waiting", { count: waiting })} · ${t("requests.reserved", { count: requests.length - waiting })}</span>
        <span class="spread"></span>
        ${this.#plan === null ? html`<button data-plan="ask" ?disabled=${this.busy || !this.live.value || waiting === 0} @click=${() => this.#ask()}>${t("plan.ask")} <kbd>q</kbd></button>` : ""}
      </header>
      <chevet-acts class="new" of="requests" .ids=${["requestBed", "register"]}></chevet-acts>
      ${this.#plan === null || board.value === null ? "" : this.#summary(this.#plan, requests, board.value)} ${this.problem === null ? "" : refused(this.problem)}
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
                  ${this.#plan === null ? "" : html`<th>${t("plan")}</th>`}
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
    const who = whoWaits(request, found);
    // The service that bears the specialty's name says nothing more.
    const wished = request.service && serviceName(request.service) !== specialty(request.needs.specialty);
    return html`<tr data-request=${request.id} aria-current=${this.route.value === request.id ? "true" : nothing}>
      <td class="tight"><span class=${request.priority === 1 ? "priority vital" : "priority"} title=${word("priority", String(request.priority))}>P${request.priority}</span></td>
      <td class="tight"><chevet-elapsed at=${request.requestedAt}></chevet-elapsed></td>
      <td>
        <button class="link who" @click=${() => go({ request: request.id })}>${who}</button>
        <div class="quiet">${[word("origin", request.origin), found?.service?.name].filter(Boolean).join(" · ")}</div>
      </td>
      <td>${needsInWords(request.needs).join(" · ") || t("request.anyBed")}${wished ? html`<div class="quiet">${t("request.wished", { service: serviceName(request.service) })}</div>` : ""}</td>
      <td class="tight">${dateTime(request.neededAt)}</td>
      <td class="tight">
        ${request.bed
          ? html`<button class="link" @click=${() => go({ bed: request.bed ?? undefined })}>${request.bed}</button>${request.reservedUntil ? html`<div class="quiet">${heldInWords(request)}</div>` : ""}`
          : html`<button @click=${() => go({ request: request.id })}>${t("act.reserve")}</button>`}
      </td>
      ${this.#plan === null || known === null ? "" : this.#planned(this.#plan, request, known)}
    </tr>`;
  }

  /** @param {import("../core/queue-plan.js").QueuePlan} plan @param {import("../core/types.js").BedRequest[]} requests @param {import("../core/store.js").Board} known */
  #summary(plan, requests, known) {
    const overtaken = requests.filter((request) => this.#stateOf(plan, request, known) === "stale").length;
    const added = requests.filter((request) => !request.bed && this.#stateOf(plan, request, known) === "new").length;
    return html`<div class="plan" data-plan="shown">
      <strong>${t("plan.of", { at: time(plan.at) })}</strong>
      <span>${t("plan.placed", { count: plan.placed.length })} · ${t("plan.unplaced", { count: plan.unplaced.length })} · ${t("proposal.points", { count: plan.costPoints })}</span>
      <span class=${plan.proven ? "tag" : "tag warn"} data-proven=${plan.proven}>${plan.proven ? t("plan.proven") : plan.gapPoints === null ? t("plan.notProven") : t("plan.gap", { count: plan.gapPoints })}</span>
      ${overtaken + added === 0 ? "" : html`<span class="tag warn" role="status" data-plan="overtaken">! ${[overtaken === 0 ? "" : t("plan.overtaken", { count: overtaken }), added === 0 ? "" : t("plan.added", { count: added })].filter(Boolean).join(", ")}</span>`}
      <button class=${overtaken + added === 0 ? "" : "primary"} data-plan="again" ?disabled=${this.busy || !this.live.value} @click=${() => this.#ask()}>${t("plan.again")} <kbd>q</kbd></button>
      <button class="plain" @click=${() => this.#forget()}>${t("close")}</button>
    </div>`;
  }

  /** @param {import("../core/queue-plan.js").QueuePlan} plan @param {import("../core/types.js").BedRequest} request @param {import("../core/store.js").Board} known */
  #stateOf(plan, request, known) {
    return request.id in this.lost ? "stale" : lineOf(plan, request, known).state;
  }

  /** @param {import("../core/queue-plan.js").QueuePlan} plan @param {import("../core/types.js").BedRequest} request @param {import("../core/store.js").Board} known */
  #planned(plan, request, known) {
    const { proposal, unplaced } = lineOf(plan, request, known);
    const state = this.#stateOf(plan, request, known);
    if (proposal === null) {
      const why = unplaced === null ? (request.bed ? "" : t("plan.new")) : t(`plan.why.${unplaced.reason}`, { requests: unplaced.insteadOf.slice(0, OTHERS_SHOWN).map((id) => inFewWords(id, known)).join(" · ") });
      return html`<td class="planned quiet" data-planned=${state}>${why}</td>`;
    }
    const lost = this.lost[request.id];
    const { from } = held(proposal);
    return html`<td class="planned ${state}" data-planned=${state}>
      <div class="line">
        <span><button class="link" title=${t("plan.look")} @click=${() => this.#look(request.id, proposal.bed)}>${proposal.bed}</button> ${serviceName(proposal.service)}</span>
        ${state === "open" ? html`<button data-plan="take" ?disabled=${this.busy || !this.live.value} @click=${() => this.#take(request.id, proposal)}>${from === null ? t("plan.take") : t("plan.takeFrom", { from: dateTime(from) })}</button>` : ""}
      </div>
      <div class="quiet">${state === "taken" ? t("plan.taken") : `${whenUsable(proposal)} · ${t("proposal.points", { count: proposal.costPoints })}`}</div>
      ${state === "stale" ? html`<span class="tag warn" data-rule=${lost?.rule ?? ""}>! ${lost === undefined ? t("plan.stale") : explain(lost).what}</span>` : ""}
    </td>`;
  }

  async #ask() {
    if (this.busy || !this.live.value || !this.known.value?.some((request) => !request.bed)) {
      return;
    }
    this.busy = true;
    const answer = await readQueuePlan();
    if (answer.ok) {
      await reached(answer.value.sequence);
    }
    this.busy = false;
    this.problem = answer.ok ? null : answer.problem;
    if (answer.ok) {
      this.lost = {};
      queuePlan.value = answer.value;
    }
  }

  #forget() {
    queuePlan.value = null;
    this.problem = null;
    this.lost = {};
  }

  /** @param {string} request @param {import("../core/proposals.js").Proposal} proposal */
  async #take(request, proposal) {
    this.busy = true;
    const answer = await take(request, proposal);
    this.busy = false;
    this.problem = answer === null || answer.ok || answer.problem.status === 409 ? null : answer.problem;
    if (answer !== null && !answer.ok && answer.problem.status === 409) {
      this.lost = { ...this.lost, [request]: answer.problem };
    }
  }

  /** The bed on the board, with what speaks for and against it. @param {string} request @param {string} bed */
  #look(request, bed) {
    go({ view: "board", request });
    questioned.value = bed;
  }
}

/** @param {import("../core/types.js").BedRequest} request @param {ReturnType<typeof findStay>} found */
function whoWaits({ needs }, found) {
  return found ? shortStay(found.cell) : [word("sex", needs.sex), needs.ageYears ? t("age", { count: needs.ageYears }) : ""].filter(Boolean).join(", ");
}

/** "P1 Femme, 70 ans" @param {string} id @param {import("../core/store.js").Board} known */
function inFewWords(id, known) {
  const request = known.requests.find((one) => one.id === id);
  return request === undefined ? id : `${t("priority.short", { priority: request.priority })} ${whoWaits(request, request.stay ? findStay(known, request.stay) : null)}`;
}

customElements.define("chevet-requests", RequestsView);
