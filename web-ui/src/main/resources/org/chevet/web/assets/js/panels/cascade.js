// @ts-check
/** @import {Cascade, Step} from "../core/cascade.js" */
import { css, html } from "lit";
import { refused } from "../acts/act-form.js";
import { held, move, take } from "../acts/take.js";
import { cascade, readCascade, seen, stepsOf } from "../core/cascade.js";
import { ranking } from "../core/proposals.js";
import { Watch } from "../core/signal.js";
import { board, findStay, reached } from "../core/store.js";
import { serviceName, shortStay } from "../i18n/describe.js";
import { dateTime, time } from "../i18n/format.js";
import { t } from "../i18n/index.js";
import { whenUsable } from "../i18n/placement.js";
import { explain } from "../i18n/refusal.js";
import { shared } from "../components/styles.js";
import { AskedPanel } from "./asked-panel.js";
import { askedStyles, chip, partStyles } from "./proposal-parts.js";

/**
 * The moves that free a bed for a request, when somebody asks for them: one act after another, each once the board shows that the one before is
 * done. What the world does not allow any more is not offered; then they are computed again.
 *
 * @extends {AskedPanel<Cascade>}
 */
class CascadePanel extends AskedPanel {
  static properties = {
    night: { state: true },
  };

  static styles = [
    shared,
    partStyles,
    askedStyles,
    css`
      li {
        display: grid;
        grid-template-columns: 20px minmax(0, 1fr) auto;
        gap: 2px 6px;
        padding: 6px 8px 7px;
        border: 1px solid var(--line);
        border-radius: var(--radius-s);
        margin-bottom: 5px;
      }
      li.open,
      li.waits {
        border-color: var(--accent);
        box-shadow: inset 3px 0 0 var(--accent);
      }
      li.done,
      li.later {
        color: var(--ink-2);
      }
      .no {
        display: grid;
        place-items: center;
        width: 18px;
        height: 18px;
        border-radius: 50%;
        border: 1px solid var(--line-strong);
        font: 650 11px/1 var(--font);
      }
      .open .no,
      .waits .no {
        background: var(--accent);
        border-color: var(--accent);
        color: var(--on-accent);
      }
      .what {
        font-weight: 600;
      }
      .points {
        white-space: nowrap;
      }
      .below {
        grid-column: 2 / -1;
      }
      .below button {
        display: flex;
        justify-content: space-between;
        align-items: center;
        gap: var(--s2);
        width: 100%;
        min-height: 30px;
        margin-top: 5px;
        text-align: left;
      }
      .warned button {
        margin-top: 6px;
      }
      .night {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: 24px;
        margin-top: 4px;
        font-size: var(--text);
      }
    `,
  ];

  known = new Watch(this, board);
  ranking = new Watch(this, ranking);

  constructor() {
    super(cascade, "[data-cascade=ask]");
    this.night = false;
  }

  /** By which rule of the hospital a step was refused: the moves after it make no sense any more. */
  get #refusal() {
    return this.problem?.status === 409 ? this.problem : null;
  }

  render() {
    const shown = this.shown;
    if (shown === null) {
      const nothingFits = this.ranking.value?.request === this.request.id && this.ranking.value.proposals.length === 0;
      return html`<button class=${nothingFits ? "ask primary" : "ask"} data-cascade="ask" ?disabled=${this.busy || !this.live.value} @click=${() => this.ask()}>
          <span>${t("cascade.ask")}</span><kbd>m</kbd>
        </button>
        ${this.problem === null ? "" : refused(this.problem)}`;
    }
    return html`<header>
        <h3>${t("cascade")}</h3>
        <span class="quiet">${t("proposals.at", { at: time(shown.at) })} <button class="link" ?disabled=${this.busy} @click=${() => this.ask()}>${t("proposals.again")} <kbd>m</kbd></button></span>
      </header>
      ${this.#answer(shown)} ${this.#nightChoice()}`;
  }

  /** @param {Cascade} shown */
  #answer(shown) {
    const known = this.known.value;
    if (shown.cascade === null) {
      return html`<p data-cascade="none"><strong>${t(shown.proven ? "cascade.none" : "cascade.none.notProven")}</strong></p>`;
    }
    if (known === null) {
      return "";
    }
    const steps = stepsOf(shown, known);
    const { moves, harmPoints } = shown.cascade;
    return html`<p class="quiet">
        ${moves.length === 0 ? t("cascade.unneeded") : t("cascade.harm", { count: moves.length, points: t("proposal.points", { count: harmPoints }) })}
        ${shown.proven ? "" : t("cascade.notProven")}
      </p>
      ${this.#stopped(steps)}
      <ol>
        ${steps.map((step, i) => this.#step(step, i))}
      </ol>`;
  }

  /** That the world changed under the plan, or why the act was refused; what is done stays done. @param {Step[]} steps */
  #stopped(steps) {
    const problem = this.#refusal;
    if (problem === null && !steps.some((step) => step.state === "changed")) {
      return this.problem === null ? "" : refused(this.problem);
    }
    return html`<div class="warned" role="alert" data-cascade="changed" data-rule=${problem?.rule ?? ""}>
      <strong>${t("cascade.changed")}</strong>${problem === null ? t("cascade.changed.board") : explain(problem).what}
      ${steps.some((step) => step.state === "done") ? t("cascade.changed.done") : ""}
      <div><button class="primary" ?disabled=${this.busy || !this.live.value} @click=${() => this.ask()}>${t("cascade.again")} <kbd>m</kbd></button></div>
    </div>`;
  }

  /** @param {Step} step @param {number} i */
  #step(step, i) {
    const state = this.#refusal !== null && step.state !== "done" ? "changed" : step.state;
    const { to } = step;
    return html`<li class=${state} data-step=${i + 1} data-state=${state} aria-current=${state === "open" || state === "waits" ? "step" : "false"}>
      <span class="no">${state === "done" ? html`<span aria-hidden="true">✔</span>` : i + 1}</span>
      <span class="what">${this.#what(step)}</span>
      <span class="points">${step.stay === null ? "" : t("proposal.points", { count: to.costPoints })}</span>
      <div class="below">
        <span class="quiet">${serviceName(to.service)}${state === "done" ? ` · ${t("cascade.done")}` : ""}</span>
        ${state === "done" || state === "changed" ? "" : html`<div class="chips">${to.readiness === "READY" ? "" : html`<span>${whenUsable(to)}</span>`}${to.parts.filter((part) => part.points > 0).map(chip)}</div>`}
        ${state === "waits" ? html`<p>${t(`cascade.waits.${this.known.value?.beds.get(to.bed)?.state}`, { bed: to.bed })}</p>` : ""}
        ${state === "open"
          ? html`<button class="primary" data-cascade="accept" ?disabled=${this.busy || !this.live.value} @click=${() => this.accept()}>
              <span>${step.stay === null ? reserveInWords(to) : t("cascade.moved", { bed: to.bed })}</span><kbd>a</kbd>
            </button>`
          : ""}
      </div>
    </li>`;
  }

  /** @param {Step} step */
  #what({ stay, from, to }) {
    return stay === null ? t("cascade.step.reserve", { bed: to.bed, request: this.request.id }) : t("cascade.step.move", { who: this.#who(stay), from, to: to.bed });
  }

  /** @param {string} stay */
  #who(stay) {
    const found = this.known.value === null ? null : findStay(this.known.value, stay);
    return found === null ? stay : shortStay(found.cell);
  }

  #nightChoice() {
    return html`<label class="night"
      ><input
        type="checkbox"
        name="night"
        .checked=${this.night}
        ?disabled=${this.busy}
        @change=${(/** @type {Event} */ event) => {
          this.night = /** @type {HTMLInputElement} */ (event.target).checked;
          this.ask();
        }}
      />${t("cascade.night")}</label
    >`;
  }

  /** Asks for the moves as things stand now. */
  async ask() {
    if (!this.live.value || this.busy) {
      return;
    }
    this.busy = true;
    const { id } = this.request;
    const answer = await readCascade(id, this.night);
    if (answer.ok) {
      await reached(answer.value.sequence);
    }
    this.busy = false;
    if (!this.isConnected || id !== this.request.id || board.value === null) {
      return;
    }
    this.problem = answer.ok ? null : answer.problem;
    if (answer.ok) {
      ranking.value = null;
      cascade.value = seen(answer.value, board.value);
    }
  }

  /** Does the step whose turn it is. */
  async accept() {
    const shown = this.shown;
    const step = shown === null || this.known.value === null ? undefined : stepsOf(shown, this.known.value).find((one) => one.state === "open");
    if (step === undefined || this.#refusal !== null || this.busy || !this.live.value) {
      return;
    }
    this.busy = true;
    const { stay, to } = step;
    const answer = await (stay === null ? take(this.request.id, to) : move(stay, this.#who(stay), to.bed));
    this.busy = false;
    this.problem = answer === null || answer.ok ? null : answer.problem;
  }

  /** Whether the key was for the moves. @param {string} key */
  press(key) {
    if (key === "m") {
      this.ask();
    } else if (key === "a" && this.shown?.cascade) {
      this.accept();
    } else {
      return false;
    }
    return true;
  }

  forget() {
    super.forget();
    this.night = false;
  }
}

/** @param {import("../core/proposals.js").Proposal} to */
function reserveInWords(to) {
  const { from } = held(to);
  return from === null ? t("cascade.reserve", { bed: to.bed }) : t("cascade.reserveFrom", { bed: to.bed, from: dateTime(from) });
}

customElements.define("chevet-cascade", CascadePanel);
