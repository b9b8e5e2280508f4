// @ts-check
/** @import {Debrief, Drill} from "../core/drill.js" @import {Moment} from "./debrief.js" @import {Board} from "../core/store.js" @import {Problem, Service} from "../core/types.js" */
import { css, html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { refused } from "../acts/act-form.js";
import { read } from "../core/api.js";
import { boardOf, lackingBed } from "../core/store.js";
import { shortStay } from "../i18n/describe.js";
import { dateTime, dayKey, time } from "../i18n/format.js";
import { t } from "../i18n/index.js";
import "../components/bed.js";
import { ChevetElement } from "../components/element.js";
import { shared, tables } from "../components/styles.js";
import { momentsOf } from "./debrief.js";

const MINUTE = 60_000;
/** The first look waits until the server has read the drill's past, each question no longer than any other. */
const QUESTIONS_MAX = 12;

/** The drill once more, at the minute that a slider says. */
class DrillReplay extends ChevetElement {
  static properties = {
    debrief: { attribute: false },
    drill: { attribute: false },
    at: { state: true },
    shown: { state: true },
    problem: { state: true },
  };

  static styles = [
    shared,
    tables,
    css`
      .bar {
        display: grid;
        grid-template-columns: auto 1fr auto auto;
        gap: var(--s2);
        align-items: center;
        margin: var(--s2) 0;
      }
      .bar input {
        min-height: 24px;
        padding: 0;
        accent-color: var(--accent);
      }
      .marks {
        grid-column: 2;
        position: relative;
        height: 20px;
        margin: 0 8px;
        border-top: 1px solid var(--line);
      }
      .marks i {
        position: absolute;
        top: 0;
        width: 3px;
        height: 9px;
        margin-left: -1px;
        padding: 0;
        border: 0;
        border-radius: 1px;
        background: var(--accent);
      }
      .marks .inject {
        top: 10px;
        background: var(--drill);
      }
      .services {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(240px, 1fr));
        gap: var(--s2);
        margin-bottom: var(--s3);
      }
      .service {
        padding: 5px 10px 9px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel);
      }
      .beds {
        display: flex;
        flex-wrap: wrap;
        gap: 3px;
        margin-top: 4px;
      }
      .lacking {
        color: var(--warn);
        font-size: var(--text-s);
      }
      .moments {
        max-height: 40vh;
        overflow: auto;
      }
      tr.later {
        color: var(--ink-3);
      }
      tr.last td {
        background: var(--drill-bg);
      }
    `,
  ];

  #asking = false;

  constructor() {
    super();
    /** @type {Debrief} */
    this.debrief = /** @type {any} */ (undefined);
    /** @type {Drill} */
    this.drill = /** @type {any} */ (undefined);
    /** @type {number} the minute that is asked for, in milliseconds since 1970 */
    this.at = 0;
    /** The board, and of when it is. @type {{at: number, board: Board}|null} */
    this.shown = null;
    /** @type {Problem|null} */
    this.problem = null;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("debrief")) {
      this.at = Math.min(Math.max(this.at, this.#from), this.#until);
      this.#look();
    }
  }

  get #from() {
    return Date.parse(this.debrief.from);
  }

  get #until() {
    return Date.parse(this.debrief.until);
  }

  /** @param {number} at */
  #go(at) {
    this.at = Math.min(Math.max(at, this.#from), this.#until);
    this.#look();
  }

  /** One question at a time; the last minute asked for is the one that is shown in the end. */
  async #look() {
    if (this.#asking) {
      return;
    }
    this.#asking = true;
    let asked = NaN;
    for (let questions = 0; asked !== this.at && questions < QUESTIONS_MAX; ) {
      asked = this.at;
      const answer = await read(`/drill/board?at=${encodeURIComponent(new Date(asked).toISOString())}`);
      this.problem = answer.ok ? null : answer.problem;
      if (answer.ok) {
        this.shown = { at: asked, board: boardOf(answer.value, this.shown?.board ?? null) };
        questions = 0;
      } else {
        questions = answer.problem.status === 0 ? questions + 1 : QUESTIONS_MAX;
        asked = NaN;
      }
    }
    this.#asking = false;
  }

  render() {
    const moments = momentsOf(this.debrief, this.drill);
    const before = moments.findLast(({ at }) => at < this.at);
    const after = moments.find(({ at }) => at > this.at);
    const { shown } = this;
    return html`<section data-testid="replay">
      <h3>${t("replay")}</h3>
      <p class="quiet">${t("replay.why")}</p>
      ${this.problem === null ? "" : refused(this.problem)} ${this.#bar(moments, before, after)}
      ${shown === null ? html`<p class="empty">${t("board.loading")}</p>` : whole(shown.at, shown.board)}
      <h3>${t("replay.timeline")}</h3>
      <div class="frame moments" data-testid="moments">${this.#table(moments)}</div>
    </section>`;
  }

  /** @param {Moment[]} moments @param {Moment|undefined} before @param {Moment|undefined} after */
  #bar(moments, before, after) {
    const from = this.#from;
    const length = Math.max(1, this.#until - from);
    return html`<div class="bar">
      <button ?disabled=${before === undefined} @click=${() => before !== undefined && this.#go(before.at)} title=${t("replay.before")} aria-label=${t("replay.before")}>◀</button>
      <input
        type="range"
        min="0"
        max=${Math.ceil(length / MINUTE)}
        .value=${String(Math.ceil((this.at - from) / MINUTE))}
        aria-label=${t("replay.at")}
        aria-valuetext=${dateTime(this.at)}
        @input=${(/** @type {Event} */ event) => this.#go(from + Number(/** @type {HTMLInputElement} */ (event.target).value) * MINUTE)}
      />
      <button ?disabled=${after === undefined} @click=${() => after !== undefined && this.#go(after.at)} title=${t("replay.after")} aria-label=${t("replay.after")}>▶</button>
      <strong>${dateTime(this.at)}</strong>
      <div class="marks" aria-hidden="true">
        ${moments.map(
          (moment) =>
            html`<i class=${moment.inject ? "inject" : ""} .style=${`left:${(100 * (moment.at - from)) / length}%`} title=${`${time(moment.at)} ${moment.what}`} @click=${() => this.#go(moment.at)}></i>`,
        )}
      </div>
    </div>`;
  }

  /** @param {Moment[]} moments */
  #table(moments) {
    if (moments.length === 0) {
      return html`<p class="empty">${t("replay.none")}</p>`;
    }
    const last = moments.findLastIndex(({ at }) => at <= this.at);
    return html`<table>
      <tbody>
        ${moments.map(
          (moment, i) => html`<tr class=${i > last ? "later" : i === last ? "last" : ""}>
            <td class="tight"><button class="link" @click=${() => this.#go(moment.at)}>${dateTime(moment.at)}</button></td>
            <td class="tight">${moment.by}</td>
            <td>${moment.what}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

/** To be looked at only: its beds are those of then. @param {number} at @param {Board} board */
function whole(at, board) {
  const occupied = board.services.reduce((sum, service) => sum + service.counts.occupied, 0);
  const open = board.services.reduce((sum, service) => sum + service.counts.open, 0);
  return html`<p data-testid="replay-counts" data-at=${new Date(at).toISOString()}>
      ${t("replay.occupied", { occupied, open })} · ${t("replay.requests", { count: board.requests.length })}
    </p>
    <div class="services" inert>
      ${repeat(
        board.services,
        (service) => service.id,
        (service) => serviceThen(service, at),
      )}
    </div>`;
}

/** @param {Service} service @param {number} at */
function serviceThen(service, at) {
  const lacking = lackingBed(service);
  return html`<div class="service">
    <strong>${service.name}</strong> <span class="quiet">${service.counts.occupied} / ${service.counts.open}</span>
    ${lacking.length === 0 ? "" : html`<div class="lacking">${t("service.withoutBed", { count: lacking.length })}: ${lacking.map(shortStay).join(", ")}</div>`}
    <div class="beds">
      ${repeat(
        service.rooms.flatMap((room) => room.beds),
        (bed) => bed.id,
        (bed) => html`<chevet-bed .bed=${bed} .today=${dayKey(at)}></chevet-bed>`,
      )}
    </div>
  </div>`;
}

customElements.define("chevet-drill-replay", DrillReplay);
