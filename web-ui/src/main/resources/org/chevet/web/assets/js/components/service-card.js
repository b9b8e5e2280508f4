// @ts-check
/** @import {Bed, Service} from "../core/types.js" */
import { css, html, svg } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { roomNumbers } from "../core/preferences.js";
import { go } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { lackingBed } from "../core/store.js";
import { shortStay } from "../i18n/describe.js";
import { t } from "../i18n/index.js";
import "./bed.js";
import "./elapsed.js";
import { ChevetElement } from "./element.js";
import { shared } from "./styles.js";

/** One service of the board: its figures, who lacks a bed, its rooms. */
export class ServiceCard extends ChevetElement {
  static properties = {
    service: { attribute: false },
    /** The bed selected, null when it is not of this service. */
    selected: { attribute: false },
    /** Which beds are meant; null when all are. */
    suits: { attribute: false },
    today: { attribute: false },
  };

  static styles = [
    shared,
    css`
      :host {
        display: block;
        background: var(--panel);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        padding: 5px 10px 9px;
      }
      :host([short]) {
        border-left: 4px solid var(--warn);
        padding-left: 7px;
      }
      h3 {
        margin: 0;
        font-size: var(--text);
        letter-spacing: 0;
        text-transform: none;
      }
      h3 button {
        width: 100%;
        min-height: 24px;
        border: 0;
        background: none;
        padding: 0;
        font-weight: 650;
        line-height: 1.2;
        color: var(--ink);
        text-align: left;
        /* One line, so that cards side by side have their figures side by side; the whole name is in its tooltip. */
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      h3 button:hover {
        text-decoration: underline;
      }
      .meta {
        display: flex;
        justify-content: space-between;
        align-items: baseline;
        gap: var(--s2);
        margin-bottom: 3px;
        line-height: 16px;
        color: var(--ink-2);
        font-size: var(--text-s);
        white-space: nowrap;
      }
      .meta b {
        font-size: var(--text);
        font-weight: 650;
        color: var(--ink);
      }
      .over {
        color: var(--warn);
        font-weight: 600;
      }
      svg {
        display: block;
        width: 100%;
        height: 7px;
        margin-bottom: 6px;
      }
      .ground {
        fill: var(--line-2);
      }
      .occupied {
        fill: var(--line-strong);
      }
      .reserved {
        fill: var(--reserved);
      }
      .dirty {
        fill: var(--dirty);
      }
      .free {
        fill: var(--free);
      }
      .staffed {
        fill: var(--ink);
      }
      .lacking {
        margin: 0 0 8px;
        border-radius: var(--radius-s);
        background: var(--warn-bg);
        color: var(--warn);
        padding: 4px 6px;
      }
      .lacking strong {
        display: block;
        padding: 0 2px;
      }
      .lacking button {
        display: flex;
        justify-content: space-between;
        gap: var(--s2);
        width: 100%;
        min-height: 24px;
        padding: 1px 2px;
        border: 0;
        background: none;
        color: inherit;
        text-align: left;
      }
      .lacking button:hover {
        text-decoration: underline;
      }
      .rooms {
        display: flex;
        flex-wrap: wrap;
        gap: 3px;
      }
      .room {
        border: 1px solid var(--line);
        border-radius: 6px;
        padding: 1px;
      }
      .room small {
        display: block;
        margin: -1px 0 0;
        max-width: 50px;
        overflow: hidden;
        white-space: nowrap;
        font-size: 9px;
        line-height: 10px;
        text-align: center;
        color: var(--ink-3);
      }
      .room.one small {
        max-width: 26px;
        margin: -1px -1px 0;
      }
      .beds {
        display: flex;
        gap: 2px;
      }
    `,
  ];

  numbers = new Watch(this, roomNumbers);

  constructor() {
    super();
    /** @type {Service} */
    this.service = /** @type {any} */ (undefined);
    /** @type {string|null} */
    this.selected = null;
    /** @type {((bed: Bed) => boolean)|null} */
    this.suits = null;
    this.today = "";
  }

  willUpdate() {
    this.toggleAttribute("short", lackingBed(this.service).length > 0);
    this.setAttribute("service", this.service.id);
  }

  render() {
    const { name, counts, rooms } = this.service;
    const over = counts.occupied > counts.staffed;
    return html`
      <h3><button @click=${this.#open} title=${t("service.open", { service: name })}>${name}</button></h3>
      <div class="meta">
        <span title=${t("service.occupiedOfOpen", { occupied: counts.occupied, open: counts.open })}><b>${counts.occupied}</b> / ${counts.open}</span>
        <span
          ><span class=${over ? "over" : ""}>${t("service.staffed", { count: counts.staffed })}</span>${counts.surge > 0
            ? html` · ${t("service.surge", { open: counts.surgeOpen, all: counts.surge })}`
            : ""}</span
        >
      </div>
      ${bar(counts)} ${this.#lacking()}
      <div class="rooms">
        ${repeat(
          rooms,
          (room) => room.id,
          (room) => html`
            <div class=${room.beds.length === 1 ? "room one" : "room"}>
              ${this.numbers.value ? html`<small title=${t("room.named", { room: room.id })}>${shorten(room.id)}</small>` : ""}
              <div class="beds">
                ${room.beds.map(
                  (bed) =>
                    html`<chevet-bed
                      .bed=${bed}
                      .today=${this.today}
                      ?selected=${this.selected === bed.id}
                      ?dim=${this.suits !== null && !this.suits(bed)}
                    ></chevet-bed>`,
                )}
              </div>
            </div>
          `,
        )}
      </div>
    `;
  }

  #lacking() {
    const stays = lackingBed(this.service);
    return stays.length === 0
      ? ""
      : html`<div class="lacking">
          <strong>${t("service.withoutBed", { count: stays.length })}</strong>
          ${stays.map(
            (stay) =>
              html`<button data-stay=${stay.id} @click=${() => go({ stay: stay.id })}>
                <span>${shortStay(stay)}</span><chevet-elapsed at=${stay.since}></chevet-elapsed>
              </button>`,
          )}
        </div>`;
  }

  #open() {
    go({ service: this.service.id });
  }
}

/** The part of a room's number that tells it from its neighbours, when the whole is too long for its cell. @param {string} room */
function shorten(room) {
  return room.length <= 5 ? room : room.replace(/^[A-Z]+[-.:_]?/i, "") || room;
}

/** @param {Service["counts"]} counts */
function bar(counts) {
  const all = Math.max(1, counts.open, counts.staffed, counts.occupied);
  const parts = /** @type {const} */ ([
    ["occupied", counts.occupied],
    ["reserved", counts.reserved],
    ["dirty", counts.toClean + counts.cleaning],
    ["free", counts.ready],
  ]);
  let from = 0;
  return html`<svg viewBox="0 0 ${all} 7" preserveAspectRatio="none" aria-hidden="true">
    <rect class="ground" y="1" width=${all} height="5" />
    ${parts.map(([kind, count]) => {
      const x = from;
      from += count;
      return svg`<rect class=${kind} x=${x} y="1" width=${count} height="5" />`;
    })}
    <rect class="staffed" x=${counts.staffed - all / 240} y="0" width=${all / 120} height="7" />
  </svg>`;
}

customElements.define("chevet-service-card", ServiceCard);
