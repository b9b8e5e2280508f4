// @ts-check
/** @import {Verdict} from "../core/proposals.js" @import {Problem} from "../core/types.js" */
import { css, html } from "lit";
import { refused } from "../acts/act-form.js";
import { held, take } from "../acts/take.js";
import { connection } from "../core/live.js";
import { questioned, readVerdict } from "../core/proposals.js";
import { go } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board } from "../core/store.js";
import { dateTime } from "../i18n/format.js";
import { t } from "../i18n/index.js";
import { facts, ruleText, whenUsable } from "../i18n/placement.js";
import { ChevetElement } from "../components/element.js";
import { shared } from "../components/styles.js";
import { account, partStyles } from "./proposal-parts.js";

/** Why not the bed that was pointed at on the board, while a request is chosen. */
export class WhyNot extends ChevetElement {
  static properties = { request: { type: String }, verdict: { state: true }, problem: { state: true }, busy: { state: true } };

  static styles = [
    shared,
    partStyles,
    css`
      :host {
        display: block;
      }
      section {
        margin-top: var(--s3);
        padding: 8px 10px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
      }
      h3 {
        margin-top: 0;
      }
      li {
        padding: 2px 0;
      }
      .buttons {
        display: flex;
        gap: 6px;
        margin-top: 8px;
      }
    `,
  ];

  bed = new Watch(this, questioned);
  requests = new Watch(this, board, (value) => value?.requests);
  live = new Watch(this, connection, (value) => value.state === "live");
  /** Another answer is asked for when the bed has changed. */
  cell = new Watch(this, board, (value) => value?.beds.get(questioned.value ?? "") ?? null);

  constructor() {
    super();
    this.request = "";
    /** @type {Verdict|null} */
    this.verdict = null;
    /** @type {Problem|null} */
    this.problem = null;
    this.busy = false;
  }

  #asked = "";
  /** @type {unknown} */
  #askedOf = null;

  disconnectedCallback() {
    super.disconnectedCallback();
    questioned.value = null;
  }

  willUpdate() {
    const bed = this.bed.value;
    const cell = board.value?.beds.get(bed ?? "") ?? null;
    const asked = `${this.request} ${bed}`;
    if (bed !== null && (asked !== this.#asked || cell !== this.#askedOf)) {
      if (asked !== this.#asked) {
        this.verdict = null;
      }
      this.#asked = asked;
      this.#askedOf = cell;
      this.#read(this.request, bed);
    }
  }

  /** @param {string} request @param {string} bed */
  async #read(request, bed) {
    const answer = await readVerdict(request, bed);
    if (this.#asked !== `${request} ${bed}`) {
      return;
    }
    this.problem = answer.ok ? null : answer.problem;
    this.verdict = answer.ok ? answer.value : null;
  }

  render() {
    const bed = this.bed.value;
    if (bed === null) {
      return "";
    }
    return html`<section aria-live="polite" data-why-not=${bed}>
      <h3>${t(this.verdict?.proposal ? "whyNot.fits" : "whyNot", { bed })}</h3>
      ${this.verdict === null ? "" : verdictInWords(this.verdict)} ${this.problem === null ? "" : refused(this.problem)}
      <div class="buttons">
        ${this.#mayTake ? html`<button class="primary" data-why-not="take" ?disabled=${this.busy || !this.live.value} @click=${() => this.#take()}>${this.#takeText()}</button>` : ""}
        <button @click=${() => go({ bed })}>${t("whyNot.open")}</button>
        <button class="plain" @click=${() => this.shut()}>${t("close")} <kbd>Esc</kbd></button>
      </div>
    </section>`;
  }

  /** Whether the bed fits and the request has none yet. */
  get #mayTake() {
    const request = board.value?.requests.find((one) => one.id === this.request);
    return this.verdict?.proposal != null && request !== undefined && !request.bed;
  }

  #takeText() {
    const from = this.verdict?.proposal ? held(this.verdict.proposal).from : null;
    return from === null ? t("whyNot.take") : t("whyNot.takeFrom", { from: dateTime(from) });
  }

  async #take() {
    const proposal = this.verdict?.proposal;
    if (!proposal) {
      return;
    }
    this.busy = true;
    const answer = await take(this.request, proposal);
    this.busy = false;
    if (answer?.ok) {
      this.shut();
    } else if (answer !== null) {
      this.problem = answer.problem;
    }
  }

  /** Whether there was an answer to put away. */
  shut() {
    const was = questioned.value !== null;
    questioned.value = null;
    this.#asked = "";
    return was;
  }

  /** It has no keys of its own. */
  press() {
    return false;
  }
}

/** @param {Verdict} verdict */
function verdictInWords({ obstacles, proposal, rank }) {
  if (proposal !== null) {
    return html`<p>${[rank === null ? "" : t("whyNot.rank", { rank }), whenUsable(proposal)].filter(Boolean).join(" · ")}</p>
      ${account(proposal)}`;
  }
  return html`<ul>
    ${obstacles.map((obstacle) => html`<li class="missed" data-rule=${obstacle.rule}><b aria-hidden="true">✖</b> ${ruleText(obstacle)} <span class="quiet">${facts(obstacle)}</span></li>`)}
  </ul>`;
}

customElements.define("chevet-why-not", WhyNot);
