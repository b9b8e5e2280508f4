// @ts-check
import { css, html } from "lit";
import { tick } from "../core/clock.js";
import { erase, shownCopy } from "../core/copy.js";
import { DrillNews } from "../core/drill.js";
import { connection } from "../core/live.js";
import { moved, standing } from "../core/members.js";
import { group } from "../core/group.js";
import { go } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board, layoutFile, notWritable } from "../core/store.js";
import { duration, time } from "../i18n/format.js";
import { t } from "../i18n/index.js";
import { language } from "../core/preferences.js";
import { ChevetElement } from "./element.js";
import { shared } from "./styles.js";

const MOVED_SHOWN_MILLIS = 60_000;

/** Members tell each other every half second how they stand. */
const LAG_TOLD_MILLIS = 5_000;

/** What must not be overlooked: the board is not live, acts are not written, the hospital's file is not what is shown. */
class Banners extends ChevetElement {
  static styles = [
    shared,
    css`
      :host {
        display: block;
      }
      .banner {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: 4px var(--s4);
        padding: 8px 16px;
      }
      strong {
        font-weight: 650;
      }
      .lost {
        background: light-dark(#b3261e, #8c1d18);
        color: #fff;
      }
      .lost strong {
        font-size: var(--text-l);
      }
      .alarm {
        background: var(--alarm-bg);
        color: var(--alarm);
        border-bottom: 1px solid var(--alarm);
      }
      .warn {
        background: var(--warn-bg);
        color: var(--warn);
        border-bottom: 1px solid var(--warn);
      }
      .calm {
        background: var(--reserved-bg);
        color: var(--reserved);
        border-bottom: 1px solid var(--reserved);
      }
      .drill {
        background: var(--drill-bg);
        color: var(--drill);
        border-bottom: 1px solid var(--drill);
      }
      .buttons {
        display: flex;
        gap: 8px;
      }
      button {
        border-color: currentColor;
        background: none;
        color: inherit;
        font-weight: 600;
      }
      .why {
        flex-basis: 100%;
        text-align: center;
        overflow-wrap: anywhere;
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  connection = new Watch(this, connection);
  copy = new Watch(this, shownCopy);
  known = new Watch(this, board, (value) => value !== null);
  group = new Watch(this, group, (value) => value !== null);
  notWritable = new Watch(this, notWritable);
  layoutFile = new Watch(this, layoutFile);
  standing = new Watch(this, standing);
  moved = new Watch(this, moved);
  tick = new Watch(this, tick);
  drill = new DrillNews(this);

  render() {
    switch (this.connection.value.state) {
      case "lost":
        return this.#lost();
      case "moving":
        return html`<div class="banner calm" role="status" data-testid="moving"><strong>${t("moving")}</strong><span>${t("moving.advice")}</span></div>`;
      case "live":
        return html`${this.#drillNews()} ${this.#moved()} ${this.#lagging()} ${this.#notWritable()} ${this.#layoutFile()}`;
      case "connecting":
        return "";
    }
  }

  #lost() {
    if (!this.known.value && !this.group.value) {
      return html`<div class="banner lost" role="alert" data-testid="lost"><strong>${t("lost.nothing")}</strong><span>${t("lost.advice")}</span></div>`;
    }
    const copy = this.copy.value;
    const sinceMillis = copy?.takenMillis ?? this.connection.value.sinceMillis;
    return html`<div class="banner lost" data-testid="lost">
      <strong role="alert">${t(copy === null ? "lost" : "lost.copy", { at: wallTime(sinceMillis) })}</strong>
      <span aria-live="off">${t("lost.age", { duration: duration(Date.now() - sinceMillis) })} · ${t("lost.readOnly")} · ${t("lost.advice")}</span>
      <span class="buttons">
        <button data-testid="print" ?hidden=${this.group.value} @click=${() => window.print()}>${t("print")}</button>
        ${copy === null ? "" : html`<button data-testid="erase" @click=${() => erase()}>${t("copy.erase")}</button>`}
      </span>
    </div>`;
  }

  #drillNews() {
    const news = this.drill.latest;
    return news === null ? "" : html`<div class="banner drill" role="status" data-testid="drill-news"><strong>${t("drill")} · ${time(news.at)}</strong><span>${news.over ? t("drill.over", { text: news.text }) : news.text}</span></div>`;
  }

  #moved() {
    const move = this.moved.value;
    if (move === null || Date.now() - move.atMillis > MOVED_SHOWN_MILLIS) {
      return "";
    }
    return html`<div class="banner calm" role="status" data-testid="moved">
      <strong>${t("moved", { from: move.from, to: move.to })}</strong><span>${t("moved.advice")}</span>
      <span class="buttons"><button @click=${() => (moved.value = null)}>${t("close")}</button></span>
    </div>`;
  }

  #lagging() {
    const member = this.standing.value;
    if (member === null || member.ageMillis < LAG_TOLD_MILLIS || this.notWritable.value?.condition === "WITHOUT_WRITER") {
      return "";
    }
    return html`<div class="banner warn" role="status" data-testid="lagging">
      <strong>${t("lagging")}</strong><span aria-live="off">${t("lost.age", { duration: duration(member.ageMillis) })}</span>
    </div>`;
  }

  #notWritable() {
    const why = this.notWritable.value;
    if (why === null) {
      return "";
    }
    const words = `notWritable.${why.condition}`;
    const ageMillis = why.condition === "WITHOUT_WRITER" ? (this.standing.value?.ageMillis ?? 0) : 0;
    return html`<div class=${`banner ${why.condition === "READ_ONLY" ? "alarm" : "warn"}`} role="alert" data-testid="not-writable" data-condition=${why.condition}>
      <strong>${t(words)}</strong>${ageMillis < LAG_TOLD_MILLIS ? "" : html`<strong aria-live="off" data-testid="age">${t("lost.age", { duration: duration(ageMillis) })}</strong>`}<span>${t(`${words}.advice`)}</span>
      ${why.reason === null ? "" : html`<small class="why" lang="en">${why.reason}. ${why.advice ?? ""}</small>`}
    </div>`;
  }

  #layoutFile() {
    const file = this.layoutFile.value;
    if (file === null || file.state === "CURRENT" || (file.state === "WAITING" && file.stranded === 0)) {
      return "";
    }
    const text = file.state === "WRONG" ? t("layout.banner.WRONG", { count: file.mistakes }) : t("layout.banner.WAITING", { count: file.stranded });
    return html`<div class="banner warn" role="status" data-testid="layout-file" data-state=${file.state}>
      <strong>${text}</strong><span class="buttons"><button @click=${() => go({ view: "layout" })}>${t("layout.look")}</button></span>
    </div>`;
  }
}

/** The reader's own clock: the connection broke in their world, not in the hospital's. @param {number} millis */
function wallTime(millis) {
  const locale = language.value === "fr" ? "fr-FR" : "en-GB";
  const at = new Date(millis);
  const today = new Date().toDateString() === at.toDateString();
  return at.toLocaleString(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit", ...(today ? {} : { weekday: "short", day: "numeric", month: "short" }), hourCycle: "h23" });
}

customElements.define("chevet-banners", Banners);
