// @ts-check
/** @import {Bar, PlannedStay, StayPlan, Unplaced} from "../core/stay-plan.js" @import {Problem} from "../core/types.js" */
import { css, html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { refused } from "../acts/act-form.js";
import { nowMillis, tick } from "../core/clock.js";
import { connection } from "../core/live.js";
import { filters } from "../core/preferences.js";
import { go, route } from "../core/route.js";
import { bedMatches, fold, query } from "../core/search.js";
import { Watch } from "../core/signal.js";
import { barsByBed, readStayPlan } from "../core/stay-plan.js";
import { board } from "../core/store.js";
import { person, specialty } from "../i18n/describe.js";
import { dateTime, day, fromLocalField, time, weekday } from "../i18n/format.js";
import { t } from "../i18n/index.js";
import { ruleText } from "../i18n/placement.js";
import { ChevetElement } from "../components/element.js";
import { shared } from "../components/styles.js";

const ROW_PIXELS = 26;
const GROUP_PIXELS = 32;
/** Rows kept drawn above and below what is seen. */
const ROWS_BEYOND = 12;
/** The least between two questions to the server. */
const ASK_MILLIS_MIN = 3_000;
const ASK_MILLIS_MAX = 60_000;
const DAY_MILLIS = 86_400_000;
const LINES_SHOWN = 5;

/**
 * @typedef {{top: number, height: number, service: import("../core/types.js").Service, beds: number, bed: null}
 *   | {top: number, height: number, service: import("../core/types.js").Service, bed: import("../core/types.js").Bed, firstOfRoom: boolean}} Row
 */

/** Who lies where over the coming two weeks, bed by bed; what is proposed, and who has no bed. It shows and decides nothing. */
class PlanView extends ChevetElement {
  static properties = {
    plan: { state: true },
    problem: { state: true },
    scrolled: { state: true },
    height: { state: true },
    cursor: { state: true },
    unfolded: { state: true },
  };

  static styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-rows: auto auto minmax(0, 1fr);
        height: 100%;
        min-height: 420px;
        padding: var(--s3);
        gap: var(--s2);
        --axis: 118px;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s2) var(--s3);
      }
      header select {
        width: auto;
        max-width: 220px;
        min-height: 28px;
        padding: 2px 4px;
        border-color: var(--line);
        color: var(--ink-2);
      }
      header select.on {
        border-color: var(--accent);
        color: var(--ink);
        font-weight: 600;
      }
      .spread {
        flex: 1;
      }
      .signs {
        display: flex;
        flex-wrap: wrap;
        gap: 4px var(--s3);
        color: var(--ink-2);
        font-size: var(--text-s);
      }
      .signs span {
        display: inline-flex;
        align-items: center;
        gap: 5px;
      }
      .signs i {
        width: 22px;
        height: 12px;
      }
      .lists {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(300px, 1fr));
        gap: var(--s2);
      }
      .list {
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel);
        padding: 6px 10px;
        max-height: 172px;
        overflow-y: auto;
      }
      .list.missing {
        border-left: 4px solid var(--warn);
      }
      .list h3 {
        margin: 0 0 2px;
      }
      .list li {
        display: flex;
        gap: var(--s2);
        align-items: baseline;
        min-height: 22px;
      }
      .list li > .when {
        flex: none;
        width: 150px;
        color: var(--ink-2);
        white-space: nowrap;
      }
      .list li > .why {
        color: var(--ink-2);
      }
      .list li > * {
        flex: none;
        white-space: nowrap;
      }
      .list li > .who,
      .list li > .why {
        flex: 0 1 auto;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .list li > .why {
        flex-shrink: 3;
      }
      .list[data-list="moves"] .when {
        width: 84px;
      }
      .chart {
        position: relative;
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel);
      }
      .days {
        position: sticky;
        top: 0;
        z-index: 4;
        display: flex;
        min-width: 820px;
        height: 34px;
        padding-left: var(--axis);
        background: var(--panel);
        border-bottom: 1px solid var(--line);
      }
      .days span {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        padding: 3px 0 0 5px;
        border-left: 1px solid var(--line);
        font-size: var(--text-s);
        line-height: 1.25;
        color: var(--ink-2);
        white-space: nowrap;
      }
      .days b {
        display: block;
        color: var(--ink);
      }
      .days .off,
      .grid .off {
        background: var(--raised);
      }
      .field {
        position: relative;
        min-width: 820px;
      }
      .grid {
        position: absolute;
        inset: 0 0 0 var(--axis);
        display: flex;
        pointer-events: none;
      }
      .grid span {
        flex: 1;
        border-left: 1px solid var(--line-2);
      }
      .now {
        position: absolute;
        top: 0;
        bottom: 0;
        z-index: 2;
        width: 0;
        border-left: 2px solid var(--mark);
        pointer-events: none;
      }
      .row {
        position: absolute;
        left: 0;
        right: 0;
        border-bottom: 1px solid var(--line-2);
      }
      .row.room {
        border-top: 1px solid var(--line);
      }
      .row.group {
        z-index: 3;
        background: var(--raised);
        border-bottom-color: var(--line);
        padding: 8px 10px 0;
        font-weight: 650;
        line-height: 1;
      }
      .row.group small {
        font-weight: 400;
        color: var(--ink-3);
        margin-left: var(--s2);
      }
      .name {
        position: sticky;
        left: 0;
        z-index: 1;
        display: block;
        width: var(--axis);
        height: 100%;
        padding: 0 8px 0 12px;
        border: 0;
        border-radius: 0;
        border-right: 1px solid var(--line);
        min-height: 0;
        background: var(--panel);
        text-align: left;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .name small {
        color: var(--ink-3);
      }
      .track {
        position: absolute;
        inset: 0 0 0 var(--axis);
        overflow: hidden;
      }
      .bar {
        position: absolute;
        top: 2px;
        bottom: 2px;
        min-width: 5px;
        min-height: 0;
        padding: 0 5px;
        border: 1px solid transparent;
        border-radius: 4px;
        overflow: hidden;
        text-align: left;
        white-space: nowrap;
        font-size: var(--text-s);
        line-height: 18px;
        background: var(--occupied);
        color: var(--ink);
      }
      .bar:focus-visible {
        z-index: 1;
        outline-offset: 0;
      }
      .here {
        background: var(--occupied);
      }
      .held {
        background: var(--reserved-bg);
        border: 1px solid var(--reserved);
        color: var(--reserved);
      }
      .planned {
        background: repeating-linear-gradient(135deg, var(--hatch) 0 4px, var(--panel) 4px 9px);
        border: 1px dashed var(--line-strong);
      }
      .moved {
        background: var(--panel);
        border: 2px solid var(--accent);
        color: var(--accent);
        font-weight: 600;
        line-height: 16px;
      }
      .late {
        background: var(--alarm-bg);
        border: 1px solid var(--alarm);
        color: var(--alarm);
        font-weight: 600;
      }
      /* Nobody said when it ends. */
      .open {
        border-right-color: transparent;
        mask-image: linear-gradient(to right, #000 35%, rgb(0 0 0 / 0.28));
      }
      .bar.chosen {
        outline: 2px solid var(--focus);
        z-index: 1;
      }
      .bar em {
        font-style: normal;
        font-weight: 600;
        color: var(--accent);
      }
      .none {
        padding: var(--s5);
        text-align: center;
        color: var(--ink-3);
      }
    `,
  ];

  known = new Watch(this, board);
  live = new Watch(this, connection, (value) => value.state === "live");
  filters = new Watch(this, filters);
  query = new Watch(this, query);
  route = new Watch(this, route);
  minute = new Watch(this, tick, () => Math.floor(nowMillis() / 60_000));

  constructor() {
    super();
    /** @type {StayPlan|null} */
    this.plan = null;
    /** @type {Problem|null} */
    this.problem = null;
    this.scrolled = 0;
    this.height = 600;
    /** The bar that Tab reaches. @type {string|null} */
    this.cursor = null;
    /** Which of the lists are shown whole. @type {Set<string>} */
    this.unfolded = new Set();
    /** @type {Row[]} */
    this.rows = [];
    /** @type {Map<string, Bar[]>} */
    this.bars = new Map();
  }

  #timer = 0;
  #asking = false;
  #askedAt = 0;

  connectedCallback() {
    super.connectedCallback();
    this.#look();
    this.#timer = setInterval(() => this.#look(), 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  /** Asks for the plan when it may have changed and somebody looks at it. */
  async #look() {
    const since = performance.now() - this.#askedAt;
    const news = this.plan === null || !this.plan.settled || this.plan.sequence !== this.known.value?.sequence;
    const due = this.#askedAt === 0 || (news && since >= ASK_MILLIS_MIN) || since >= ASK_MILLIS_MAX;
    if (this.#asking || !due || document.hidden || !this.live.value) {
      return;
    }
    this.#asking = true;
    const { hospital } = route.value;
    const answer = await readStayPlan();
    this.#asking = false;
    this.#askedAt = performance.now();
    if (!this.isConnected || hospital !== route.value.hospital) {
      return;
    }
    if (answer.ok) {
      this.plan = answer.value;
      this.problem = null;
    } else {
      this.problem = answer.problem;
    }
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    const known = this.known.value;
    if (this.plan !== null && (changed.has("plan") || this.bars.size === 0)) {
      this.bars = barsByBed(this.plan, this.#start(this.plan), this.#end(this.plan), nowMillis());
    }
    this.rows = known === null ? [] : this.#rowsOf(known);
  }

  /** @param {StayPlan} plan */
  #start(plan) {
    return Date.parse(fromLocalField(`${plan.firstNight}T06:00`) ?? plan.at);
  }

  /** @param {StayPlan} plan */
  #end(plan) {
    const last = new Date(Date.parse(`${plan.firstNight}T00:00:00Z`) + plan.nights * DAY_MILLIS).toISOString().slice(0, 10);
    return Date.parse(fromLocalField(`${last}T06:00`) ?? plan.at);
  }

  /** @param {import("../core/store.js").Board} known @returns {Row[]} */
  #rowsOf(known) {
    /** @type {Row[]} */
    const rows = [];
    let top = 0;
    const folded = fold(this.query.value);
    for (const service of known.services) {
      if (this.filters.value.service !== "" && service.id !== this.filters.value.service) {
        continue;
      }
      const beds = service.rooms.flatMap((room) => room.beds.filter((bed) => this.#isShown(bed, folded)).map((bed, i) => ({ bed, firstOfRoom: i === 0 })));
      if (beds.length === 0) {
        continue;
      }
      rows.push({ top, height: GROUP_PIXELS, service, beds: beds.length, bed: null });
      top += GROUP_PIXELS;
      for (const { bed, firstOfRoom } of beds) {
        rows.push({ top, height: ROW_PIXELS, service, bed, firstOfRoom });
        top += ROW_PIXELS;
      }
    }
    return rows;
  }

  /** A surge bed that is closed has nothing to show. @param {import("../core/types.js").Bed} bed @param {string} folded */
  #isShown(bed, folded) {
    const used = this.bars.has(bed.id);
    return (used || bed.state !== "CLOSED") && (folded === "" || bedMatches(bed, folded));
  }

  render() {
    const plan = this.plan;
    return html`${this.#head(plan)}
      <div class="lists">${plan === null ? "" : html`${this.#missing(plan)} ${this.#moves(plan)}`}${this.problem === null ? "" : refused(this.problem)}</div>
      ${plan === null ? html`<p class="none" role="status">${this.problem === null ? t("plan.loading") : ""}</p>` : this.#chart(plan)}`;
  }

  /** @param {StayPlan|null} plan */
  #head(plan) {
    const services = this.known.value?.services ?? [];
    const { service } = this.filters.value;
    return html`<header>
      <h2>${t("nav.plan")}</h2>
      <select class=${service === "" ? "" : "on"} aria-label=${t("service")} @change=${this.#filtered}>
        <option value="">${t("filter.service.all")}</option>
        ${services.map((one) => html`<option value=${one.id} ?selected=${one.id === service}>${one.name}</option>`)}
      </select>
      <span class="spread"></span>
      ${plan === null
        ? ""
        : html`<span class="quiet" data-testid="plan-basis"
            >${t("plan.at", { at: time(plan.at) })} · ${t("plan.cost", { cost: plan.costPoints, bound: plan.boundPoints })}${plan.settled ? "" : html` · ${t("plan.improving")}`}</span
          >`}
      <div class="signs">
        ${["here", "open", "late", "held", "planned", "moved"].map((sign) => html`<span><i class=${`bar-sign ${sign === "open" ? "here open" : sign}`}></i>${t(`plan.sign.${sign}`)}</span>`)}
      </div>
    </header>`;
  }

  /** @param {Event} event */
  #filtered(event) {
    filters.value = { ...filters.value, service: /** @type {HTMLSelectElement} */ (event.target).value };
  }

  /** Who has no bed, the first night first. @param {StayPlan} plan */
  #missing(plan) {
    const missing = plan.stays
      .flatMap((who) => who.unplaced.map((nights) => ({ who, nights })))
      .sort((a, b) => a.nights.from.localeCompare(b.nights.from));
    return html`<section class=${`list ${missing.length === 0 ? "" : "missing"}`} data-list="unplaced" aria-label=${t("plan.unplaced", { count: missing.length })}>
      <h3>${t("plan.unplaced", { count: missing.length })}</h3>
      ${missing.length === 0 ? html`<p class="quiet">${t("plan.unplaced.none")}</p>` : ""}
      ${this.#lines("unplaced", missing, ({ who, nights }) => this.#missingLine(plan, who, nights))}
    </section>`;
  }

  /** @param {StayPlan} plan @param {PlannedStay} who @param {Unplaced} nights */
  #missingLine(plan, who, nights) {
    const why = nights.hindrances.map((one) => t("plan.hindrance", { rule: ruleText(/** @type {any} */ (one)), count: one.beds })).join("; ");
    return html`<li data-unplaced=${who.stay ?? who.request ?? ""}>
      <span class="when">${day(nights.from)} · ${t("plan.nights", { count: nights.toNight - nights.fromNight })}</span>
      <button class="link who" @click=${() => open(who)}>${named(who)}</button>
      <span class="why" title=${why}>${why}</span>
    </li>`;
  }

  /** @param {StayPlan} plan */
  #moves(plan) {
    const byId = new Map(plan.stays.map((who) => [who.stay ?? who.request, who]));
    return html`<section class="list" data-list="moves" aria-label=${t("plan.moves", { count: plan.moves.length })}>
      <h3>${t("plan.moves", { count: plan.moves.length })}</h3>
      ${plan.moves.length === 0 ? html`<p class="quiet">${t("plan.moves.none")}</p>` : ""}
      ${this.#lines("moves", plan.moves, (move) => {
        const who = byId.get(move.stay ?? move.request);
        return html`<li data-move=${move.stay ?? move.request ?? ""}>
          <span class="when">${move.night === 0 ? t("plan.tonight") : day(this.#start(plan) + move.night * DAY_MILLIS)}</span>
          <button class="link who" @click=${() => who && open(who)}>${who === undefined ? "" : named(who)}</button>
          <span>${move.from} → <button class="link" @click=${() => this.#show(move.to)}>${move.to}</button></span>
        </li>`;
      })}
    </section>`;
  }

  /**
   * The first lines of a list, and on demand the others.
   * @template T
   * @param {string} name @param {T[]} all @param {(one: T) => unknown} line
   */
  #lines(name, all, line) {
    const whole = this.unfolded.has(name) || all.length <= LINES_SHOWN + 1;
    return html`<ul>${(whole ? all : all.slice(0, LINES_SHOWN)).map(line)}</ul>
      ${whole ? "" : html`<button class="link" @click=${() => (this.unfolded = new Set([...this.unfolded, name]))}>${t("plan.more", { count: all.length - LINES_SHOWN })}</button>`}`;
  }

  /** @param {StayPlan} plan */
  #chart(plan) {
    const rows = this.rows;
    const total = rows.length === 0 ? 0 : rows[rows.length - 1].top + rows[rows.length - 1].height;
    const start = this.#start(plan);
    const now = (nowMillis() - start) / (this.#end(plan) - start);
    const days = Array.from({ length: plan.nights }, (_, night) => start + night * DAY_MILLIS + DAY_MILLIS / 4);
    const seen = this.#seen();
    const cursor = this.#cursorIn(seen);
    return html`<div class="chart" @scroll=${this.#scrolledTo} @keydown=${this.#keyed} role="group" aria-label=${t("plan.label")}>
      <div class="days" aria-hidden="true">
        ${days.map((noon) => html`<span class=${isOff(noon) ? "off" : ""}>${weekday(noon)}<b>${dayNumber(noon)}</b></span>`)}
      </div>
      <div class="field" .style=${`height:${total}px`}>
        <div class="grid">${days.map((noon) => html`<span class=${isOff(noon) ? "off" : ""}></span>`)}</div>
        ${now >= 0 && now < 1 ? html`<div class="now" .style=${`left:calc(var(--axis) + (100% - var(--axis)) * ${now})`}></div>` : ""}
        ${repeat(
          seen,
          (row) => row.bed?.id ?? `service ${row.service.id}`,
          (row) => (row.bed === null ? this.#group(row) : this.#row(row, cursor)),
        )}
      </div>
      ${rows.length === 0 ? html`<p class="none">${t("board.none")}</p>` : ""}
    </div>`;
  }

  /** @param {Row} row */
  #group(row) {
    return html`<div class="row group" .style=${placed(row)}>${row.service.name}<small>${row.bed === null ? t("plan.beds", { count: row.beds }) : ""}</small></div>`;
  }

  /** @param {Row & {bed: import("../core/types.js").Bed}} row @param {string|null} cursor */
  #row(row, cursor) {
    const { bed } = row;
    return html`<div class=${`row ${"firstOfRoom" in row && row.firstOfRoom ? "room" : ""}`} .style=${placed(row)} data-row=${bed.id}>
      <button class="name" tabindex="-1" @click=${() => go({ bed: bed.id })}>${bed.id}${bed.state === "BLOCKED" ? html` <small>${t("state.BLOCKED")}</small>` : ""}</button>
      <div class="track">${(this.bars.get(bed.id) ?? []).map((bar) => this.#bar(bar, cursor))}</div>
    </div>`;
  }

  /** @param {Bar} bar @param {string|null} cursor */
  #bar(bar, cursor) {
    const { who, lying } = bar;
    const looks = ["bar", bar.late ? "late" : bar.look, lying.endKnown ? "" : "open", this.#isChosen(who) ? "chosen" : ""];
    const text = barInWords(bar);
    return html`<button
      class=${looks.join(" ")}
      .style=${`left:${bar.left * 100}%;width:${bar.width * 100}%`}
      data-bar=${bar.key}
      data-look=${bar.late ? "late" : bar.look}
      tabindex=${bar.key === cursor ? 0 : -1}
      title=${text}
      aria-label=${text}
      @focus=${() => (this.cursor = bar.key)}
      @click=${() => open(who)}
    >
      ${bar.cameFrom === null ? "" : html`↳ ${bar.cameFrom} `}${bar.late ? html`! ${t("plan.late")} ` : ""}${shortName(who)}${bar.goesTo === null ? "" : html` <em>→ ${bar.goesTo}</em>`}
    </button>`;
  }

  /** @param {PlannedStay} who */
  #isChosen(who) {
    const { stay, request } = this.route.value;
    return (stay !== undefined && stay === who.stay) || (request !== undefined && request === who.request);
  }

  // Only the rows that are seen are drawn.

  #seen() {
    const from = this.scrolled - ROWS_BEYOND * ROW_PIXELS;
    const to = this.scrolled + this.height + ROWS_BEYOND * ROW_PIXELS;
    return this.rows.filter((row) => row.top + row.height > from && row.top < to);
  }

  /** @param {Event} event */
  #scrolledTo(event) {
    const chart = /** @type {HTMLElement} */ (event.currentTarget);
    // By whole rows: nothing is drawn anew for a pixel.
    const scrolled = Math.floor(chart.scrollTop / (ROW_PIXELS * 4)) * ROW_PIXELS * 4;
    if (scrolled !== this.scrolled) {
      this.scrolled = scrolled;
    }
    this.height = chart.clientHeight;
  }

  updated() {
    const chart = this.renderRoot.querySelector(".chart");
    if (chart !== null && chart.clientHeight > this.height) {
      this.height = chart.clientHeight;
    }
  }

  // Keys: from bar to bar.

  /** @param {Row[]} seen @returns {string|null} */
  #cursorIn(seen) {
    const keys = seen.flatMap((row) => (row.bed === null ? [] : (this.bars.get(row.bed.id) ?? []).map((bar) => bar.key)));
    return this.cursor !== null && keys.includes(this.cursor) ? this.cursor : (keys[0] ?? null);
  }

  /** @param {KeyboardEvent} event */
  #keyed = (event) => {
    const key = /** @type {HTMLElement} */ (event.composedPath()[0]).dataset?.bar;
    if (key === undefined || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const next = this.#next(key, event.key);
    if (next !== null) {
      event.preventDefault();
      this.#focusBar(next);
    }
  };

  /** @param {string} key @param {string} pressed @returns {{row: Row, bar: Bar}|null} */
  #next(key, pressed) {
    const rows = this.rows.filter((row) => row.bed !== null && (this.bars.get(row.bed.id) ?? []).length > 0);
    const barsOf = (/** @type {Row} */ row) => (row.bed === null ? [] : (this.bars.get(row.bed.id) ?? []));
    const at = rows.findIndex((row) => barsOf(row).some((bar) => bar.key === key));
    if (at < 0) {
      return null;
    }
    const own = barsOf(rows[at]);
    const place = own.findIndex((bar) => bar.key === key);
    const inRow = (/** @type {number} */ i, /** @type {number} */ bar) => (rows[i] === undefined || barsOf(rows[i])[bar] === undefined ? null : { row: rows[i], bar: barsOf(rows[i])[bar] });
    const beside = (/** @type {number} */ i) => {
      const middle = own[place].left + Math.min(own[place].width, 0.02) / 2;
      const bars = rows[i] === undefined ? [] : barsOf(rows[i]);
      const nearest = bars.findLastIndex((bar) => bar.left <= middle);
      return inRow(i, Math.max(0, nearest));
    };
    switch (pressed) {
      case "ArrowRight":
        return inRow(at, place + 1) ?? inRow(at + 1, 0);
      case "ArrowLeft":
        return inRow(at, place - 1) ?? inRow(at - 1, at === 0 ? -1 : barsOf(rows[at - 1]).length - 1);
      case "ArrowDown":
        return beside(at + 1);
      case "ArrowUp":
        return beside(at - 1);
      case "PageDown":
        return beside(Math.min(rows.length - 1, at + 15));
      case "PageUp":
        return beside(Math.max(0, at - 15));
      case "Home":
        return inRow(0, 0);
      case "End":
        return inRow(rows.length - 1, 0);
      default:
        return null;
    }
  }

  /** @param {{row: Row, bar: Bar}} target */
  async #focusBar({ row, bar }) {
    this.#reveal(row);
    this.cursor = bar.key;
    await this.updateComplete;
    /** @type {HTMLElement|null} */ (this.renderRoot.querySelector(`[data-bar="${CSS.escape(bar.key)}"]`))?.focus({ preventScroll: true });
  }

  /** @param {string} bed */
  #show(bed) {
    const row = this.rows.find((one) => one.bed?.id === bed);
    const [bar] = this.bars.get(bed) ?? [];
    if (row !== undefined) {
      this.#reveal(row);
      if (bar !== undefined) {
        const moved = (this.bars.get(bed) ?? []).find((one) => one.look === "moved") ?? bar;
        this.#focusBar({ row, bar: moved });
      }
    }
  }

  /** @param {Row} row */
  #reveal(row) {
    const chart = this.renderRoot.querySelector(".chart");
    if (chart === null) {
      return;
    }
    const seen = chart.clientHeight - GROUP_PIXELS - ROW_PIXELS;
    if (row.top < chart.scrollTop + GROUP_PIXELS || row.top > chart.scrollTop + seen) {
      chart.scrollTop = Math.max(0, row.top - chart.clientHeight / 3);
      this.scrolled = chart.scrollTop;
    }
  }
}

/** @param {Row} row */
function placed({ top, height }) {
  return `top:${top}px;height:${height}px`;
}

/** @param {PlannedStay} who */
function open({ stay, request, kind }) {
  go(kind === "REQUESTED" && request !== undefined ? { request } : { stay });
}

/** What fits a bar. @param {PlannedStay} who */
function shortName(who) {
  return [who.initials ?? who.request, person(/** @type {any} */ (who))].filter(Boolean).join(", ");
}

/** @param {PlannedStay} who */
function named(who) {
  return [shortName(who), specialty(who.specialty)].filter(Boolean).join(" · ");
}

/** All that a bar shows. @param {Bar} bar */
function barInWords(bar) {
  const { who, lying } = bar;
  return [
    t("bed.named", { bed: lying.bed }),
    named(who),
    t(`plan.sign.${bar.look}`),
    t("plan.fromTo", { from: dateTime(lying.from), to: lying.endKnown ? dateTime(lying.to) : t("plan.sign.open") }),
    bar.late ? t("plan.lateSince", { at: dateTime(who.expectedDischarge ?? "") }) : "",
    bar.cameFrom === null ? "" : t("plan.cameFrom", { bed: bar.cameFrom }),
    bar.goesTo === null ? "" : t("plan.goesTo", { bed: bar.goesTo }),
    who.isolation ? t(`isolation.${who.isolation}`) : "",
  ]
    .filter(Boolean)
    .join(", ");
}

/** @param {number} noon */
function isOff(noon) {
  const name = new Date(noon).getUTCDay();
  return name === 0 || name === 6;
}

/** @param {number} noon */
function dayNumber(noon) {
  return day(noon).replace(/^\S+\s/, "");
}

customElements.define("chevet-plan", PlanView);
