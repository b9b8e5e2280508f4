// @ts-check
/** @import {Proposal, Ranking} from "../core/proposals.js" @import {Problem} from "../core/types.js" */
import { css, html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { refused } from "../acts/act-form.js";
import { held, take } from "../acts/take.js";
import { cascade } from "../core/cascade.js";
import { ranking, readProposals, reasons } from "../core/proposals.js";
import { Watch } from "../core/signal.js";
import { board } from "../core/store.js";
import { serviceName } from "../i18n/describe.js";
import { dateTime, time } from "../i18n/format.js";
import { t } from "../i18n/index.js";
import { facts, ruleText, whenUsable } from "../i18n/placement.js";
import { explain } from "../i18n/refusal.js";
import { shared } from "../components/styles.js";
import { AskedPanel } from "./asked-panel.js";
import { account, askedStyles, chip, partStyles } from "./proposal-parts.js";

/**
 * The best beds for a request, when somebody asks for them: advice shown unasked biases who decides. Taking one reserves it; if it was taken
 * meanwhile, the list is made afresh and says so.
 *
 * @extends {AskedPanel<Ranking>}
 */
export class Proposals extends AskedPanel {
  static properties = {
    chosen: { state: true },
    unfolded: { state: true },
    lost: { state: true },
  };

  static styles = [
    shared,
    partStyles,
    askedStyles,
    css`
      li {
        border: 1px solid var(--line);
        border-radius: var(--radius-s);
        margin-bottom: 5px;
      }
      li.chosen {
        border-color: var(--accent);
        box-shadow: inset 3px 0 0 var(--accent);
      }
      .line {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: 2px var(--s2);
        width: 100%;
        border: 0;
        background: none;
        padding: 5px 8px 6px 10px;
        text-align: left;
      }
      .line:focus-visible {
        outline-offset: -2px;
      }
      .bed {
        font-weight: 650;
      }
      .where {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        color: var(--ink-2);
      }
      .total {
        font-weight: 650;
        white-space: nowrap;
      }
      .chips {
        grid-column: 1 / -1;
      }
      .more {
        padding: 2px 8px 8px 10px;
      }
      .take {
        display: flex;
        justify-content: space-between;
        align-items: center;
        width: calc(100% - 18px);
        margin: 0 8px 8px 10px;
        min-height: 30px;
      }
      .none li {
        padding: 5px 8px;
      }
    `,
  ];

  cascade = new Watch(this, cascade);
  beds = new Watch(this, board, (value) => value?.beds);

  constructor() {
    super(ranking, "[data-proposals=ask]");
    /** Which line the keyboard is on. */
    this.chosen = 0;
    /** @type {string|null} the bed whose account is shown */
    this.unfolded = null;
    /** What was refused, and why. @type {{bed: string, problem: Problem}|null} */
    this.lost = null;
  }

  render() {
    const shown = this.shown;
    return html`${shown === null
      ? html`<button class=${this.cascade.value === null ? "ask primary" : "ask"} data-proposals="ask" ?disabled=${this.busy || !this.live.value} @click=${() => this.ask()}><span>${t("proposals.ask")}</span><kbd>p</kbd></button>`
      : this.#list(shown)}
    ${this.problem === null ? "" : refused(this.problem)}`;
  }

  /** @param {Ranking} shown */
  #list(shown) {
    return html`<header>
        <h3>${t("proposals")}</h3>
        <span class="quiet">${t("proposals.at", { at: time(shown.at) })} <button class="link" @click=${() => this.ask()}>${t("proposals.again")} <kbd>p</kbd></button></span>
      </header>
      ${this.lost === null ? "" : this.#told(this.lost, shown)}
      ${shown.proposals.length === 0
        ? nothingFits(shown)
        : html`<ol @keydown=${this.#keyed}>
            ${repeat(
              shown.proposals,
              (proposal) => proposal.bed,
              (proposal, i) => this.#line(proposal, i, shown.proposals),
            )}
          </ol>`}`;
  }

  /** @param {Proposal} proposal @param {number} i @param {Proposal[]} all */
  #line(proposal, i, all) {
    const chosen = i === this.chosen;
    const open = this.unfolded === proposal.bed;
    const taken = proposal.readiness === "READY" && this.beds.value?.get(proposal.bed)?.state !== "READY";
    return html`<li class=${chosen ? "chosen" : ""} data-proposal=${proposal.bed}>
      <button class="line" aria-expanded=${open} tabindex=${chosen ? 0 : -1} @focus=${() => (this.chosen = i)} @click=${() => (this.unfolded = open ? null : proposal.bed)}>
        <span class="bed">${proposal.bed}</span><span class="where">${serviceName(proposal.service)}</span><span class="total">${t("proposal.points", { count: proposal.costPoints })}</span>
        <span class="chips">${taken ? html`<span class="tag warn">! ${t("proposal.taken")}</span>` : html`<span>${whenUsable(proposal)}</span>`}${reasons(proposal, all).map(chip)}</span>
      </button>
      ${open ? html`<div class="more">${account(proposal)}</div>` : ""} ${chosen ? this.#take(proposal) : ""}
    </li>`;
  }

  /** @param {Proposal} proposal */
  #take(proposal) {
    const { from, until } = held(proposal);
    return html`<button class="take primary" data-proposals="accept" ?disabled=${this.busy || !this.live.value} @click=${() => this.accept()}>
      <span>${from === null ? t("proposals.accept", { until: dateTime(until) }) : t("proposals.acceptFrom", { from: dateTime(from), until: dateTime(until) })}</span><kbd>a</kbd>
    </button>`;
  }

  /** @param {{bed: string, problem: Problem}} lost @param {Ranking} shown */
  #told({ bed, problem }, shown) {
    const next = shown.proposals[0]?.bed;
    return html`<div class="warned" role="alert" data-rule=${problem.rule ?? ""}>
      <strong>${t("proposals.lost", { bed })}</strong>${explain(problem).what} ${next === undefined ? t("proposals.lost.none") : t("proposals.lost.next", { bed: next })}
    </div>`;
  }

  /** Asks for the best beds as things stand now. */
  async ask() {
    if (!this.live.value) {
      return;
    }
    await this.#read(null);
  }

  /**
   * Reads the beds as they stand now. What was lost is told with the new list only: the old one begins with the lost bed.
   * @param {{bed: string, problem: Problem}|null} lost
   */
  async #read(lost) {
    this.busy = true;
    this.problem = null;
    this.lost = null;
    const { id } = this.request;
    const answer = await readProposals(id);
    this.busy = false;
    if (!this.isConnected || id !== this.request.id) {
      return;
    }
    if (!answer.ok) {
      this.problem = lost?.problem ?? answer.problem;
      return;
    }
    cascade.value = null;
    ranking.value = answer.value;
    this.lost = lost;
    this.chosen = 0;
    this.unfolded = null;
    await this.updateComplete;
    this.#focus(0);
  }

  /** Reserves the bed of the chosen line. */
  async accept() {
    const proposal = this.shown?.proposals[this.chosen];
    if (proposal === undefined || this.busy || !this.live.value) {
      return;
    }
    this.busy = true;
    const answer = await take(this.request.id, proposal);
    this.busy = false;
    if (answer === null || answer.ok) {
      this.forget();
    } else if (answer.problem.status === 409) {
      await this.#read({ bed: proposal.bed, problem: answer.problem });
    } else {
      this.problem = answer.problem;
    }
  }

  /** Whether the key was for the proposals. @param {string} key */
  press(key) {
    if (key === "p") {
      this.ask();
    } else if (key === "a" && this.shown !== null) {
      this.accept();
    } else {
      return false;
    }
    return true;
  }

  forget() {
    super.forget();
    this.lost = null;
    this.unfolded = null;
    this.chosen = 0;
  }

  /** @param {KeyboardEvent} event */
  #keyed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      this.#focus(this.chosen + step);
    }
  }

  /** @param {number} line */
  #focus(line) {
    /** @type {HTMLElement|undefined} */ (this.renderRoot.querySelectorAll("button.line")[line])?.focus();
  }
}

/** The nearest to possible, and when a bed will come. @param {Ranking} shown */
function nothingFits(shown) {
  const { firstToCome } = shown;
  return html`<div class="none" data-proposals="none">
    <p><strong>${t("proposals.none")}</strong></p>
    ${firstToCome === null ? "" : html`<p>${t("proposals.first", { bed: firstToCome.bed, at: dateTime(firstToCome.usableAt) })}</p>`}
    ${shown.nearest.length === 0 ? "" : html`<h3>${t("proposals.nearest")}</h3>`}
    <ul>
      ${shown.nearest.map(
        ({ bed, obstacles }) => html`<li>
          <strong>${bed}</strong>
          ${obstacles.map((obstacle) => html`<div class="missed"><b aria-hidden="true">✖</b> ${ruleText(obstacle)} <span class="quiet">${facts(obstacle)}</span></div>`)}
        </li>`,
      )}
    </ul>
  </div>`;
}

customElements.define("chevet-proposals", Proposals);
