// @ts-check
/** @import {Bed, Service, StayCell} from "../core/types.js" */
import { css, html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { cascade, stepsOf } from "../core/cascade.js";
import { nowMillis, tick } from "../core/clock.js";
import { answerPick, pick } from "../core/pick.js";
import { filters, NO_FILTERS, roomNumbers } from "../core/preferences.js";
import { questioned, ranking } from "../core/proposals.js";
import { go, route } from "../core/route.js";
import { bedMatches, fold, query, serviceMatches } from "../core/search.js";
import { Signal, Watch } from "../core/signal.js";
import { atEmergency, board, lackingBed, placeUnknown } from "../core/store.js";
import { floorName, shortStay } from "../i18n/describe.js";
import { dayKey, isToday } from "../i18n/format.js";
import { t } from "../i18n/index.js";
import "../components/elapsed.js";
import { ChevetElement } from "../components/element.js";
import "../components/kpis.js";
import "../components/legend.js";
import "../components/moves.js";
import "../components/service-card.js";
import { shared } from "../components/styles.js";

const COLUMN_PIXELS_MIN = 240;
const COLUMN_GAP_PIXELS = 10;
/** What a card is as high as, about: enough to share the cards out between columns without ever moving them later. */
const CARD_PIXELS = 72;
const ROW_PIXELS = 31;
const NUMBER_PIXELS = 10;
const BEDS_PER_ROW = 7.5;

/** What the board can be narrowed to, beside places. @type {Record<string, (bed: Bed) => boolean>} */
const SHOWN = {
  occupied: (bed) => bed.state === "OCCUPIED",
  ready: (bed) => bed.state === "READY",
  reserved: (bed) => bed.state === "RESERVED",
  cleaning: (bed) => bed.state === "TO_CLEAN" || bed.state === "CLEANING",
  unusable: (bed) => bed.state === "BLOCKED" || bed.state === "CLOSED",
  isolated: (bed) => bed.stays?.some((stay) => stay.isolation) ?? false,
  leaving: (bed) => bed.stays?.some((stay) => stay.expectedDischarge !== undefined && isToday(stay.expectedDischarge)) ?? false,
  outlier: (bed) => bed.stays?.some((stay) => stay.outlier) ?? false,
  anomaly: (bed) => bed.anomaly,
};

/** @param {StayCell} stay */
function toStay(stay) {
  return html`<button @click=${() => go({ stay: stay.id })}>${shortStay(stay)}</button>`;
}

/** The main screen: every bed of the hospital, by service. */
class BoardView extends ChevetElement {
  static styles = [
    shared,
    css`
      :host {
        display: block;
        padding: var(--s3);
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s2);
        margin: 10px 0 var(--s2);
      }
      .bar select {
        width: auto;
        max-width: 210px;
        min-height: 28px;
        padding: 2px 4px;
        border-color: var(--line);
        color: var(--ink-2);
      }
      .bar select.on {
        border-color: var(--accent);
        color: var(--ink);
        font-weight: 600;
      }
      .bar .spread {
        flex: 1;
      }
      @media (max-width: 1400px) {
        .bar select {
          max-width: 180px;
        }
      }
      chevet-legend {
        margin-bottom: var(--s3);
      }
      .pick {
        position: sticky;
        top: 0;
        z-index: 3;
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--s3);
        margin-bottom: var(--s3);
        padding: 8px 12px;
        border-radius: var(--radius);
        background: var(--accent);
        color: var(--on-accent);
        font-weight: 600;
      }
      .asking {
        margin-bottom: var(--s3);
        padding: 6px 12px;
        border: 1px solid var(--accent);
        border-radius: var(--radius);
        background: var(--panel);
      }
      .stage {
        position: relative;
      }
      .columns {
        display: flex;
        align-items: flex-start;
        gap: 10px;
      }
      .column {
        flex: 1 1 0;
        min-width: 0;
        display: flex;
        flex-direction: column;
        gap: 10px;
      }
      .elsewhere {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px var(--s2);
        margin-bottom: var(--s3);
        padding: 6px 12px;
        border: 1px solid var(--line);
        border-left: 4px solid var(--alarm);
        border-radius: var(--radius);
        background: var(--panel);
      }
      .elsewhere.emergency {
        border-left-color: var(--line);
      }
      .emergency summary {
        cursor: pointer;
      }
      .emergency > div {
        display: flex;
        flex-wrap: wrap;
        gap: 4px var(--s2);
        padding-top: var(--s1);
      }
      .elsewhere button {
        border: 0;
        min-height: 24px;
        padding: 1px 7px;
        background: var(--bg);
      }
      .none {
        padding: var(--s5);
        text-align: center;
        color: var(--ink-3);
      }
    `,
  ];

  known = new Watch(this, board);
  shown = new Watch(this, route, (value) => value.bed ?? null);
  filters = new Watch(this, filters);
  query = new Watch(this, query);
  pick = new Watch(this, pick);
  request = new Watch(this, route, (value) => value.request);
  questioned = new Watch(this, questioned);
  ranking = new Watch(this, ranking);
  cascade = new Watch(this, cascade);
  today = new Watch(this, tick, () => dayKey(nowMillis()));
  numbers = new Watch(this, roomNumbers);
  /** How many columns fit. */
  columns = new Watch(this, new Signal(4));

  #resized = new ResizeObserver(([entry]) => {
    const { width } = entry.contentRect;
    this.#drawMoves();
    this.columns.signal.value = Math.max(1, Math.floor((width + COLUMN_GAP_PIXELS) / (COLUMN_PIXELS_MIN + COLUMN_GAP_PIXELS)));
  });
  /** @type {HTMLElement|null} the one bed that Tab reaches */
  #cursor = null;
  /** @type {string|null} the bed last scrolled to */
  #scrolledTo = null;

  connectedCallback() {
    super.connectedCallback();
    this.#resized.observe(this);
    this.addEventListener("click", this.#clicked);
    this.addEventListener("keydown", this.#keyed);
    this.addEventListener("focusin", this.#focused);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  /** @returns {((bed: Bed) => boolean)|null} */
  #suits() {
    const asked = this.pick.value;
    const proposed = this.#proposed();
    const folded = fold(this.query.value);
    const show = SHOWN[this.filters.value.show];
    if (asked === null && proposed === null && folded === "" && show === undefined) {
      return null;
    }
    const named = new Set((this.known.value?.services ?? []).filter((service) => serviceMatches(service, folded)).map((service) => service.id));
    return (bed) =>
      (asked === null || asked.suits(bed)) &&
      (proposed === null || proposed.has(bed.id)) &&
      (folded === "" || named.has(bed.service) || bedMatches(bed, folded)) &&
      (show === undefined || show(bed));
  }

  /** The beds proposed for the request chosen, or those of the moves that free one, which are then the ones meant; null while none are. */
  #proposed() {
    const beds = this.#steps().flatMap(({ from, to }) => (from === null ? [to.bed] : [from, to.bed]));
    const shown = this.ranking.value;
    if (beds.length === 0 && shown !== null && shown.request === this.request.value) {
      beds.push(...shown.proposals.map(({ bed }) => bed));
    }
    return beds.length === 0 ? null : new Set(beds);
  }

  /** Of the moves asked for, for the request chosen. */
  #steps() {
    const asked = this.cascade.value;
    return asked === null || this.known.value === null || asked.request !== this.request.value ? [] : stepsOf(asked, this.known.value);
  }

  /** Once the cards are drawn: where the beds are is only known then. */
  #drawMoves() {
    const steps = this.#steps();
    requestAnimationFrame(() => {
      const stage = this.renderRoot.querySelector(".stage");
      const moves = /** @type {import("../components/moves.js").Moves|null} */ (this.renderRoot.querySelector("chevet-moves"));
      if (stage === null || moves === null) {
        return;
      }
      const origin = stage.getBoundingClientRect();
      const middle = (/** @type {string} */ bed) => {
        const at = this.#cell(bed)?.getBoundingClientRect();
        return at === undefined ? null : { x: at.left + at.width / 2 - origin.left, y: at.top + at.height / 2 - origin.top };
      };
      moves.lines = steps.flatMap(({ from, to, state }, i) => {
        const start = from === null ? null : middle(from);
        const end = middle(to.bed);
        return end === null || (from !== null && start === null) ? [] : [{ start, end, number: i + 1, state }];
      });
    });
  }

  /** @param {Service[]} services */
  #inPlace(services) {
    const { site, floor, service, show } = this.filters.value;
    return services.filter(
      (one) =>
        (site === "" || one.site === site) &&
        (floor === "" || one.floor === floor) &&
        (service === "" || one.id === service) &&
        (show !== "withoutBed" || lackingBed(one).length > 0),
    );
  }

  render() {
    const known = this.known.value;
    if (known === null) {
      return html`<p class="none">${t("board.loading")}</p>`;
    }
    const services = this.#inPlace(known.services);
    const suits = this.#suitsOnce();
    const { show, ...place } = this.filters.value;
    const columns = this.#columnsOf(services);
    const unknown = placeUnknown(known);
    const emergency = atEmergency(known);
    const asked = new Set(known.requests.map((request) => request.stay));
    return html`
      <chevet-kpis></chevet-kpis>
      <div class="bar">
        ${this.#place("site", known.services)} ${this.#place("floor", known.services)} ${this.#serviceChoice(known.services)}
        <select
          class=${show === "" ? "" : "on"}
          aria-label=${t("filter.show")}
          @change=${(/** @type {Event} */ event) => this.#filter({ show: valueOf(event) })}
        >
          <option value="" ?selected=${show === ""}>${t("filter.show.all")}</option>
          ${[...Object.keys(SHOWN), "withoutBed"].map((name) => html`<option value=${name} ?selected=${show === name}>${t(`filter.show.${name}`)}</option>`)}
        </select>
        ${show !== "" || Object.values(place).some((value) => value !== "")
          ? html`<button @click=${() => this.#filter(NO_FILTERS)}>${t("filter.clear")}</button>`
          : ""}
        <span class="spread"></span>
        <button class="plain" aria-pressed=${this.numbers.value} @click=${() => (roomNumbers.value = !roomNumbers.value)}>
          ${t(this.numbers.value ? "board.hideNumbers" : "board.showNumbers")}
        </button>
      </div>
      <chevet-legend></chevet-legend>
      ${this.pick.value === null
        ? ""
        : html`<div class="pick" role="status">
            <span>${this.pick.value.text}</span><button @click=${() => answerPick(null)}>${t("cancel")} <kbd>Esc</kbd></button>
          </div>`}
      ${this.request.value === undefined || this.pick.value !== null
        ? ""
        : html`<div class="asking" role="status">
            <span><strong>${t("request.named", { request: this.request.value })}</strong> · ${t("whyNot.hint")}</span>
          </div>`}
      ${unknown.length === 0
        ? ""
        : html`<div class="elsewhere"><strong>${t("board.elsewhere", { count: unknown.length })}</strong> ${unknown.map(toStay)}</div>`}
      ${emergency.length === 0
        ? ""
        : html`<details class="elsewhere emergency" data-testid="emergency">
            <summary>
              <strong>${t("board.emergency", { count: emergency.length })}</strong> ·
              ${t("board.emergency.waiting", { count: emergency.filter((stay) => asked.has(stay.id)).length })}
            </summary>
            <div>${emergency.map(toStay)}</div>
          </details>`}
      ${services.length === 0 ? html`<p class="none">${t("board.none")}</p>` : ""}
      <div class="stage">
       <div class="columns" role="group" aria-label=${t("board.label")}>
        ${columns.map(
          (column) =>
            html`<div class="column">
              ${repeat(
                column,
                (service) => service.id,
                (service) =>
                  html`<chevet-service-card
                    .service=${service}
                    .suits=${suits}
                    .today=${this.today.value}
                    .selected=${this.#selectedOf(service)}
                  ></chevet-service-card>`,
              )}
            </div>`,
        )}
       </div>
       <chevet-moves></chevet-moves>
      </div>
    `;
  }

  updated() {
    this.#placeCursor();
    this.#drawMoves();
    const [proposed] = this.#proposed() ?? [];
    const bed = this.shown.value ?? proposed ?? null;
    if (bed !== this.#scrolledTo) {
      this.#scrolledTo = bed;
      if (bed !== null) {
        // The cards draw themselves after this view.
        requestAnimationFrame(() => this.#cell(bed)?.scrollIntoView({ block: "nearest" }));
      }
    }
  }

  #suitsFor = /** @type {unknown[]} */ ([]);
  /** @type {((bed: Bed) => boolean)|null} */
  #suitsKept = null;

  /** The same function while nothing it depends on changed, so that cards are not redrawn for nothing. */
  #suitsOnce() {
    const on = [this.pick.value, this.query.value, this.filters.value.show, this.today.value, this.ranking.value, this.cascade.value, this.request.value];
    if (on.some((value, i) => value !== this.#suitsFor[i])) {
      this.#suitsFor = on;
      this.#suitsKept = this.#suits();
    }
    return this.#suitsKept;
  }

  /** @param {Service} service */
  #selectedOf(service) {
    const bed = this.questioned.value ?? this.shown.value;
    return bed !== null && this.known.value?.beds.get(bed)?.service === service.id ? bed : null;
  }

  /**
   * Shares the cards out: in the file's order down each column, columns of about one height. By the number of beds alone,
   * so that no card moves when a patient does.
   *
   * @param {Service[]} services
   * @returns {Service[][]}
   */
  #columnsOf(services) {
    const count = this.columns.value;
    const rowPixels = ROW_PIXELS + (this.numbers.value ? NUMBER_PIXELS : 0);
    const heights = services.map((service) => CARD_PIXELS + rowPixels * Math.ceil(service.rooms.flatMap((room) => room.beds).length / BEDS_PER_ROW));
    let rest = heights.reduce((sum, height) => sum + height, 0);
    /** @type {Service[][]} */
    const columns = [[]];
    let filled = 0;
    services.forEach((service, i) => {
      const columnsLeft = count - columns.length + 1;
      if (filled > 0 && columns.length < count && filled + heights[i] / 2 > (rest + filled) / columnsLeft) {
        columns.push([]);
        filled = 0;
      }
      columns[columns.length - 1].push(service);
      filled += heights[i];
      rest -= heights[i];
    });
    while (columns.length < count) {
      columns.push([]);
    }
    return columns;
  }

  /**
   * @param {"site"|"floor"} level
   * @param {Service[]} services
   */
  #place(level, services) {
    const site = this.filters.value.site;
    const within = level === "floor" && site !== "" ? services.filter((service) => service.site === site) : services;
    const names = [...new Set(within.map((service) => service[level]).filter(Boolean))];
    const chosen = this.filters.value[level];
    return names.length < 2 && chosen === ""
      ? ""
      : html`<select
          class=${chosen === "" ? "" : "on"}
          aria-label=${t(`filter.${level}`)}
          @change=${(/** @type {Event} */ event) => this.#filter(level === "site" ? { site: valueOf(event), floor: "", service: "" } : { floor: valueOf(event), service: "" })}
        >
          <option value="" ?selected=${chosen === ""}>${t(`filter.${level}.all`)}</option>
          ${names.map((name) => html`<option value=${name ?? ""} ?selected=${chosen === name}>${level === "floor" ? floorName(name) : name}</option>`)}
        </select>`;
  }

  /** @param {Service[]} services */
  #serviceChoice(services) {
    const { site, floor, service: chosen } = this.filters.value;
    const within = services.filter((service) => (site === "" || service.site === site) && (floor === "" || service.floor === floor));
    return html`<select
      class=${chosen === "" ? "" : "on"}
      aria-label=${t("filter.service")}
      @change=${(/** @type {Event} */ event) => this.#filter({ service: valueOf(event) })}
    >
      <option value="" ?selected=${chosen === ""}>${t("filter.service.all")}</option>
      ${within.map((service) => html`<option value=${service.id} ?selected=${chosen === service.id}>${service.name}</option>`)}
    </select>`;
  }

  /** @param {Partial<import("../core/preferences.js").Filters>} change */
  #filter(change) {
    filters.value = { ...filters.value, ...change };
  }

  // The keyboard: one bed is in the Tab order; arrows go from bed to bed as the eye does.

  #cells() {
    return Array.from(this.renderRoot.querySelectorAll("chevet-service-card")).flatMap((card) =>
      Array.from(/** @type {any} */ (card).renderRoot.querySelectorAll("chevet-bed")),
    );
  }

  /** @param {string} id */
  #cell(id) {
    return this.#cells().find((cell) => cell.bed.id === id) ?? null;
  }

  async #placeCursor() {
    if (this.#cursor?.isConnected) {
      return;
    }
    await new Promise(requestAnimationFrame);
    this.#moveCursor(this.#cells()[0] ?? null);
  }

  /** @param {HTMLElement|null} cell */
  #moveCursor(cell) {
    if (cell === null || cell === this.#cursor) {
      return;
    }
    if (this.#cursor !== null) {
      this.#cursor.tabIndex = -1;
    }
    cell.tabIndex = 0;
    this.#cursor = cell;
  }

  /** Puts the keyboard on the board: on this bed, or where it was. @param {string} [bed] */
  focusBed(bed) {
    const cell = bed === undefined ? (this.#cursor ?? this.#cells()[0]) : this.#cell(bed);
    cell?.scrollIntoView({ block: "nearest" });
    cell?.focus();
  }

  /** @param {Event} event */
  #focused = (event) => {
    const cell = cellOf(event);
    if (cell !== null) {
      this.#moveCursor(cell);
    }
  };

  /** @param {Event} event */
  #clicked = (event) => {
    const cell = cellOf(event);
    if (cell !== null) {
      this.#choose(cell.bed);
    }
  };

  /** @param {Bed} bed */
  #choose(bed) {
    if (pick.value !== null) {
      answerPick(bed);
    } else if (route.value.request !== undefined) {
      questioned.value = bed.id;
    } else {
      go({ bed: bed.id });
    }
  }

  /** @param {KeyboardEvent} event */
  #keyed = (event) => {
    const cell = cellOf(event);
    if (cell === null || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#choose(cell.bed);
      return;
    }
    const next = this.#neighbour(cell, event.key);
    if (next !== undefined) {
      event.preventDefault();
      next?.focus();
    }
  };

  /**
   * @param {HTMLElement} from
   * @param {string} key
   * @returns {HTMLElement|null|undefined} undefined when the key is no direction
   */
  #neighbour(from, key) {
    const cells = this.#cells();
    switch (key) {
      case "ArrowLeft":
        return cells[cells.indexOf(from) - 1] ?? null;
      case "ArrowRight":
        return cells[cells.indexOf(from) + 1] ?? null;
      case "Home":
        return cells[0];
      case "End":
        return cells[cells.length - 1];
      case "ArrowUp":
      case "ArrowDown":
        return nearest(from, cells, key === "ArrowDown" ? 1 : -1);
      default:
        return undefined;
    }
  }
}

/** The nearest cell above or below: rows count more than the way aside. @param {HTMLElement} from @param {HTMLElement[]} cells @param {1|-1} direction */
function nearest(from, cells, direction) {
  const at = from.getBoundingClientRect();
  let best = null;
  let bestFar = Infinity;
  for (const cell of cells) {
    const to = cell.getBoundingClientRect();
    const down = (to.top - at.top) * direction;
    const far = down + 3 * Math.abs(to.left - at.left);
    if (down > at.height / 2 && far < bestFar) {
      best = cell;
      bestFar = far;
    }
  }
  return best;
}

/** @param {Event} event @returns {any} the bed cell it came from */
function cellOf(event) {
  return event.composedPath().find((node) => node instanceof HTMLElement && node.localName === "chevet-bed" && !node.hasAttribute("sample")) ?? null;
}

/** @param {Event} event */
function valueOf(event) {
  return /** @type {HTMLSelectElement} */ (event.target).value;
}

customElements.define("chevet-board", BoardView);
