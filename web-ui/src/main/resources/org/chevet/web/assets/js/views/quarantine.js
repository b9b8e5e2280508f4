// @ts-check
/** @import {Problem, QuarantineCause, Quarantined} from "../core/types.js" */
import { css, html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { refused } from "../acts/act-form.js";
import { freshKey, perform, post } from "../core/api.js";
import { connection } from "../core/live.js";
import { actor } from "../core/preferences.js";
import { go, route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board } from "../core/store.js";
import { causeText } from "../i18n/describe.js";
import { dateTime } from "../i18n/format.js";
import { t } from "../i18n/index.js";
import { ChevetElement } from "../components/element.js";
import { shared, tables } from "../components/styles.js";

/** As the server takes them in one request. */
const REPLAYED_AT_ONCE_MAX = 500;

/** @typedef {{message: string, outcome: "DONE"|"STILL_WRONG"|"FEED_GONE"|"NOT_NOW"|"DISCARDED", reason?: string, cause?: QuarantineCause}} Outcome */

/** Messages that could not be understood, kept whole: read, mended, replayed, or discarded with a reason; one or many. */
class QuarantineView extends ChevetElement {
  static properties = {
    chosen: { state: true },
    outcomes: { state: true },
    busy: { state: true },
    discarding: { state: true },
    problem: { state: true },
  };

  static styles = [
    shared,
    tables,
    css`
      .outcome {
        display: block;
        margin-top: 2px;
        font-weight: 600;
        color: var(--warn);
      }
      .summary {
        display: flex;
        flex-wrap: wrap;
        gap: 4px var(--s4);
        align-items: center;
        margin-bottom: var(--s3);
        padding: 7px 12px;
        border: 1px solid var(--line);
        border-left: 4px solid var(--accent);
        border-radius: var(--radius);
        background: var(--panel);
      }
      .summary .spread {
        flex: 1;
      }
      .form .row {
        display: flex;
        gap: 8px;
        margin-top: 8px;
      }
      td.choose {
        padding-right: 0;
      }
      input[type="checkbox"] {
        width: 18px;
        height: 18px;
        margin: 3px;
      }
    `,
  ];

  known = new Watch(this, board, (value) => value?.quarantine);
  route = new Watch(this, route, (value) => value.message);
  live = new Watch(this, connection, (value) => value.state === "live");

  constructor() {
    super();
    /** @type {ReadonlySet<string>} */
    this.chosen = new Set();
    /** @type {Outcome[]} */
    this.outcomes = [];
    this.busy = false;
    this.discarding = false;
    /** @type {Problem|null} */
    this.problem = null;
  }

  render() {
    const messages = this.known.value ?? [];
    const chosen = messages.filter((message) => this.chosen.has(message.id));
    const meant = chosen.length === 0 ? messages : chosen;
    const idle = this.live.value && !this.busy && messages.length > 0;
    return html`
      <header>
        <h2>${t("nav.quarantine")}</h2>
        <span class="quiet">${t("quarantine.why")}</span>
        <span class="spread"></span>
        ${messages.length === 0
          ? ""
          : html`<button class="primary" data-testid="replay" ?disabled=${!idle} @click=${() => this.#replay(meant)}>
                ${t(chosen.length === 0 ? "quarantine.replayAll" : "quarantine.replayChosen", { count: meant.length })}
              </button>
              <button data-testid="discard" ?disabled=${!idle || chosen.length === 0} title=${chosen.length === 0 ? t("quarantine.chooseFirst") : ""} @click=${() => (this.discarding = !this.discarding)}>
                ${chosen.length === 0 ? t("quarantine.discard") : t("quarantine.discardChosen", { count: chosen.length })}
              </button>`}
      </header>
      ${this.problem === null ? "" : refused(this.problem)} ${this.discarding && chosen.length > 0 ? this.#discardForm(chosen) : ""} ${this.#summary()}
      <div class="frame">
        ${messages.length === 0
          ? html`<p class="empty">${t("quarantine.none")}</p>`
          : html`<table>
              <thead>
                <tr>
                  <th class="tight"><input type="checkbox" aria-label=${t("quarantine.chooseAll")} .checked=${live(chosen.length === messages.length)} @change=${() => (this.chosen = new Set(chosen.length === messages.length ? [] : messages.map((one) => one.id)))} /></th>
                  <th class="tight">${t("message.received")}</th>
                  <th class="tight">${t("message.feed")}</th>
                  <th class="tight">${t("message")}</th>
                  <th>${t("message.reason")}</th>
                </tr>
              </thead>
              <tbody>
                ${repeat(
                  messages,
                  (message) => message.id,
                  (message) => this.#row(message),
                )}
              </tbody>
            </table>`}
      </div>
    `;
  }

  /** @param {Quarantined} message */
  #row(message) {
    const outcome = this.outcomes.find((one) => one.message === message.id);
    return html`<tr data-message=${message.id} aria-current=${this.route.value === message.id ? "true" : nothing}>
      <td class="tight choose"><input type="checkbox" aria-label=${t("quarantine.choose", { message: message.messageId })} .checked=${live(this.chosen.has(message.id))} @change=${() => this.#toggle(message.id)} /></td>
      <td class="tight">${dateTime(message.receivedAt)}</td>
      <td class="tight">${message.feed}</td>
      <td class="tight"><button class="link" @click=${() => go({ message: message.id })}>${message.messageId || message.id}</button></td>
      <td>
        ${causeText(message)}
        ${outcome === undefined ? "" : html`<span class="outcome">${t(`outcome.${outcome.outcome}`)}${outcome.reason && outcome.reason !== message.reason ? ` : ${causeText(outcome)}` : ""}</span>`}
      </td>
    </tr>`;
  }

  /** What came of the last replay, by outcome. */
  #summary() {
    if (this.busy) {
      return html`<div class="summary" role="status">${t("quarantine.busy")}</div>`;
    }
    if (this.outcomes.length === 0) {
      return "";
    }
    const kinds = /** @type {const} */ (["DONE", "DISCARDED", "STILL_WRONG", "FEED_GONE", "NOT_NOW"]);
    return html`<div class="summary" role="status" data-testid="outcomes">
      ${kinds.map((kind) => {
        const count = this.outcomes.filter((one) => one.outcome === kind).length;
        return count === 0 ? "" : html`<span>${t(`outcome.${kind}.count`, { count })}</span>`;
      })}
      <span class="spread"></span><button class="plain" @click=${() => (this.outcomes = [])}>${t("close")}</button>
    </div>`;
  }

  /** @param {Quarantined[]} chosen */
  #discardForm(chosen) {
    return html`<form class="form" @submit=${(/** @type {SubmitEvent} */ event) => this.#discard(event, chosen)}>
      <p>${t("quarantine.discard.will", { count: chosen.length })}</p>
      <label>${t("field.why")}<input type="text" name="why" required maxlength="500" autocomplete="off" /></label>
      <div class="row">
        <button type="submit">${t("quarantine.discardChosen", { count: chosen.length })}</button>
        <button type="button" class="plain" @click=${() => (this.discarding = false)}>${t("close")}</button>
      </div>
    </form>`;
  }

  /** @param {string} id */
  #toggle(id) {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(id)) {
      chosen.add(id);
    }
    this.chosen = chosen;
  }

  /** @param {Quarantined[]} messages */
  async #replay(messages) {
    if (!this.#begin()) {
      return;
    }
    const ids = messages.map((message) => message.id);
    for (let from = 0; from < ids.length && this.problem === null; from += REPLAYED_AT_ONCE_MAX) {
      const answer = await post("/quarantine/replay", { messages: ids.slice(from, from + REPLAYED_AT_ONCE_MAX) }, freshKey());
      if (answer.ok) {
        const { outcomes } = /** @type {{outcomes: Outcome[]}} */ (/** @type {unknown} */ (answer.value));
        this.outcomes = [...this.outcomes, ...outcomes];
      } else {
        this.problem = answer.problem;
      }
    }
    this.#end();
  }

  /** @param {SubmitEvent} event @param {Quarantined[]} messages */
  async #discard(event, messages) {
    event.preventDefault();
    const reason = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("why") ?? "").trim();
    if (reason === "" || !this.#begin()) {
      return;
    }
    for (const message of messages) {
      const answer = await perform("DiscardQuarantined", { message: message.id, reason }, freshKey());
      if (answer.ok) {
        this.outcomes = [...this.outcomes, { message: message.id, outcome: "DISCARDED" }];
      } else {
        this.problem = answer.problem;
        break;
      }
    }
    this.discarding = false;
    this.#end();
  }

  #begin() {
    if (actor.value === null) {
      go({ ...route.value, aside: "identity" });
      return false;
    }
    this.busy = true;
    this.problem = null;
    this.outcomes = [];
    return true;
  }

  #end() {
    this.busy = false;
    this.chosen = new Set();
  }
}

customElements.define("chevet-quarantine", QuarantineView);
