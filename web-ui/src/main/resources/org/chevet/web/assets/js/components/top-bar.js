// @ts-check
/** @import {Feed} from "../core/types.js" */
import { css, html } from "lit";
import { setClock } from "../core/api.js";
import { clock, nowMillis, tick } from "../core/clock.js";
import { connection } from "../core/live.js";
import { address } from "../core/members.js";
import { actor } from "../core/preferences.js";
import { format, go, GROUP_PATH, route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board, feeds, tension } from "../core/store.js";
import { longDateTime } from "../i18n/format.js";
import { number, t, word } from "../i18n/index.js";
import { explain } from "../i18n/refusal.js";
import "./elapsed.js";
import { ChevetElement } from "./element.js";
import "./search-field.js";
import { shared } from "./styles.js";

const SPEEDS = [1, 60, 600];
const FEEDS_MAX = 3;

/** The hospital, its clock, how old each feed is, the search, how tense it is, who acts. */
class TopBar extends ChevetElement {
  static properties = { hospitals: { attribute: false }, refusal: { state: true } };

  static styles = [
    shared,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 12px;
        min-width: 0;
        padding: 0 var(--s4);
        background: var(--panel);
        border-bottom: 1px solid var(--line);
      }
      .logo {
        width: 160px;
        flex: none;
        font-weight: 700;
        font-size: 16px;
        letter-spacing: 0.2px;
        color: var(--accent);
        text-decoration: none;
      }
      .hospital {
        flex: 0 1 auto;
        min-width: 90px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-weight: 600;
      }
      select.hospital {
        width: auto;
        border-color: transparent;
      }
      .drill {
        display: flex;
        gap: 8px;
        flex: 0 1 auto;
        min-width: 90px;
        max-width: 320px;
        overflow: hidden;
        white-space: nowrap;
        padding: 3px 10px;
        border-radius: var(--radius-s);
        background: var(--drill);
        color: var(--on-drill);
        text-decoration: none;
      }
      .drill b {
        letter-spacing: 0.06em;
      }
      .drill span {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .time {
        flex: none;
        color: var(--ink-2);
        white-space: nowrap;
      }
      .stale .time,
      .stale .feed {
        opacity: 0.5;
      }
      .group {
        display: flex;
        flex: none;
        border: 1px solid var(--line);
        border-radius: var(--radius-s);
        overflow: hidden;
      }
      .group button {
        min-height: 26px;
        border: 0;
        border-radius: 0;
        padding: 2px 7px;
        color: var(--ink-2);
      }
      .group button + button {
        border-left: 1px solid var(--line);
      }
      .group button[aria-pressed="true"] {
        background: var(--accent);
        color: var(--on-accent);
        font-weight: 600;
      }
      .group button:focus-visible {
        outline-offset: -2px;
      }
      .feeds {
        display: flex;
        gap: 6px;
        flex: none;
      }
      .feed {
        display: inline-flex;
        gap: 6px;
        align-items: center;
        border: 1px solid var(--line);
        border-radius: 99px;
        padding: 2px 10px;
        color: var(--ink-2);
        white-space: nowrap;
      }
      .feed b {
        font-weight: 600;
        color: var(--ink);
      }
      .feed.silent {
        border-color: transparent;
        background: var(--warn-bg);
        color: var(--warn);
      }
      .feed.silent b {
        color: var(--warn);
      }
      .tension {
        flex: none;
        text-decoration: none;
      }
      .tension.TENSION,
      .tension.TENSION b {
        border-color: transparent;
        background: var(--warn-bg);
        color: var(--warn);
      }
      .tension.CRISIS,
      .tension.CRISIS b {
        border-color: transparent;
        background: var(--alarm-bg);
        color: var(--alarm);
      }
      .who {
        flex: none;
        max-width: 190px;
        margin-left: auto;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        line-height: 1.2;
        text-align: left;
      }
      .who small {
        display: block;
        color: var(--ink-3);
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .refusal {
        color: var(--alarm);
      }
      @media (max-width: 1560px) {
        .who {
          flex: 0 1 auto;
          min-width: 90px;
        }
      }
      @media (max-width: 1460px) {
        .logo {
          width: auto;
        }
        .ago {
          display: none;
        }
        .who small {
          display: none;
        }
        .who {
          max-width: 130px;
        }
      }
      @media (max-width: 1100px) {
        :host {
          flex-wrap: wrap;
          padding: 6px var(--s3);
          gap: 6px 10px;
        }
      }
      @media (max-width: 480px) {
        chevet-search {
          flex: 1 1 90px;
        }
        /* Who acts stands in the first line, beside a hospital whose name gives way. */
        .logo,
        .hospital {
          order: -2;
        }
        .hospital {
          flex: 1 1 90px;
        }
        .who {
          order: -1;
        }
      }
    `,
  ];

  board = new Watch(this, board, (value) => value?.hospital);
  clock = new Watch(this, clock);
  feeds = new Watch(this, feeds);
  connection = new Watch(this, connection);
  actor = new Watch(this, actor);
  tick = new Watch(this, tick);
  tension = new Watch(this, tension);

  constructor() {
    super();
    /** @type {{id: string, name: string, drill: boolean}[]} */
    this.hospitals = [];
    /** @type {string|null} */
    this.refusal = null;
  }

  /** @param {Map<string, unknown>} _changed */
  willUpdate(_changed) {
    this.classList.toggle("lost", this.connection.value.state === "lost");
  }

  render() {
    const stale = this.connection.value.state === "live" ? "" : "stale";
    const all = route.value.view === "group";
    return html`
      <a class="logo" href=${format({ hospital: route.value.hospital, view: all ? "group" : "board" })} @click=${this.#home}>Chevet</a>
      ${this.board.value?.drill === undefined
        ? ""
        : html`<a class="drill" data-testid="drill-mark" href=${format({ hospital: route.value.hospital, view: "crisis" })} title=${this.board.value.drill} @click=${this.#crisis}
            ><b>${t("drill")}</b> <span>${this.board.value.drill}</span></a
          >`}
      ${this.#hospital()}
      <span class=${stale}><span class="time" data-testid="clock">${this.clock.value === null ? "" : longDateTime(nowMillis())}</span></span>
      ${this.#clockControls()} ${this.#feeds(stale)}
      <chevet-search ?hidden=${all}></chevet-search>
      ${all ? "" : this.#tension(stale)}
      <button class="who plain" data-testid="who" @click=${() => go({ ...route.value, aside: "identity" })} title=${t("identity")}>
        ${this.actor.value === null ? t("identity.nobody") : html`${this.actor.value.name}<small>${word("role", this.actor.value.role)}</small>`}
      </button>
    `;
  }

  #hospital() {
    if (this.hospitals.length <= 1) {
      const name = this.board.value?.name ?? "";
      return html`<span class="hospital" title=${name}>${name}</span>`;
    }
    const shown = format({ hospital: route.value.hospital, view: route.value.view === "group" ? "group" : "board" });
    const places = [
      ...(this.hospitals.filter((one) => !one.drill).length > 1 ? [[GROUP_PATH, t("group.all")]] : []),
      ...this.hospitals.map(({ id, name }) => [format({ hospital: id, view: "board" }), name]),
    ];
    return html`<select class="hospital" aria-label=${t("hospital")} @change=${(/** @type {Event} */ event) => location.assign(address.value + /** @type {any} */ (event.target).value)}>
      ${places.map(([path, name]) => html`<option value=${path} ?selected=${path === shown}>${name}</option>`)}
    </select>`;
  }

  #clockControls() {
    const told = this.clock.value;
    if (told === null || !told.adjustable) {
      return told !== null && told.paused ? html`<span class="feed silent">${t("clock.paused")}</span>` : "";
    }
    const speeds = SPEEDS.includes(told.speed) ? SPEEDS : [...SPEEDS, told.speed].sort((a, b) => a - b);
    return html`<div class="group" role="group" aria-label=${t("clock.speed")}>
        <button aria-pressed=${told.paused} @click=${() => this.#setClock({ paused: !told.paused })}>${t("clock.pause")}</button>
        ${speeds.map(
          (speed) =>
            html`<button aria-pressed=${!told.paused && told.speed === speed} @click=${() => this.#setClock({ speed, paused: false })}>×${number(speed)}</button>`,
        )}
      </div>
      ${this.refusal === null ? "" : html`<span class="refusal" role="alert">${this.refusal}</span>`}`;
  }

  /** @param {string} stale */
  #tension(stale) {
    const told = this.tension.value;
    return told === null
      ? ""
      : html`<span class=${stale}
          ><a class=${`feed tension ${told.level}`} data-testid="tension" href=${format({ hospital: route.value.hospital, view: "tension" })} @click=${this.#showTension}
            >${t(told.level === "TENSION" ? "tension.chip" : "nav.tension")} <b>${t(`tension.level.${told.level}`)}</b></a
          ></span
        >`;
  }

  /** @param {Event} event */
  #showTension(event) {
    event.preventDefault();
    go({ view: "tension" });
  }

  /** @param {string} stale */
  #feeds(stale) {
    const known = this.feeds.value;
    return html`<span class=${`feeds ${stale}`}>
      ${known.slice(0, FEEDS_MAX).map((feed) => feedChip(feed))}
      ${known.length > FEEDS_MAX
        ? html`<span class=${known.slice(FEEDS_MAX).some((feed) => feed.silent) ? "feed silent" : "feed"} title=${known.slice(FEEDS_MAX).map(feedTitle).join("\n")}>+${known.length - FEEDS_MAX}</span>`
        : ""}
    </span>`;
  }

  /** @param {Event} event */
  #home(event) {
    event.preventDefault();
    go({ view: route.value.view === "group" ? "group" : "board" });
  }

  /** @param {Event} event */
  #crisis(event) {
    event.preventDefault();
    go({ view: "crisis" });
  }

  /** @param {{speed?: number, paused?: boolean}} wanted */
  async #setClock(wanted) {
    const answer = await setClock(wanted);
    this.refusal = answer.ok ? null : explain(answer.problem).what;
  }
}

/** @param {Feed} feed */
function feedChip(feed) {
  return html`<span class=${feed.silent ? "feed silent" : "feed"} title=${feedTitle(feed)} data-feed=${feed.name}
    >${feed.name}
    <b
      >${feed.lastMessageAt === null || feed.lastMessageAt === undefined
        ? t(feed.connections > 0 ? "feed.connected" : "feed.awaited")
        : html`${feed.silent ? t("feed.silent") : html`<span class="ago">${t("feed.ago")}</span>`} <chevet-elapsed at=${feed.lastMessageAt}></chevet-elapsed>`}</b
    ></span
  >`;
}

/** @param {Feed} feed */
function feedTitle(feed) {
  const never = feed.lastMessageAt === null || feed.lastMessageAt === undefined;
  return `${feed.name} · ${t(never ? "feed.never" : "feed.counts", { ...feed })}`;
}

customElements.define("chevet-top-bar", TopBar);
