// @ts-check
import { css, html } from "lit";
import { connection } from "../core/live.js";
import { Watch } from "../core/signal.js";
import { notWritable } from "../core/store.js";
import { t } from "../i18n/index.js";
import { tick } from "../core/clock.js";
import { duration } from "../i18n/format.js";
import { ChevetElement } from "./element.js";

/** What must not be overlooked: the board is not live, or acts are not written. */
class Banners extends ChevetElement {
  static styles = css`
    :host {
      display: block;
    }
    div {
      padding: 9px 16px;
      font-weight: 600;
      text-align: center;
    }
    span {
      font-weight: 400;
    }
    .lost {
      background: light-dark(#b3261e, #8c1d18);
      color: #fff;
    }
    .readonly {
      background: var(--warn-bg);
      color: var(--warn);
      border-bottom: 1px solid var(--warn);
    }
  `;

  connection = new Watch(this, connection);
  notWritable = new Watch(this, notWritable);
  tick = new Watch(this, tick);

  render() {
    const { state, sinceMillis } = this.connection.value;
    return html`
      ${state === "lost"
        ? html`<div class="lost" role="alert" data-testid="lost">
            ${t("lost", { at: wallTime(sinceMillis) })} <span aria-live="off">(${duration(Date.now() - sinceMillis)}) · ${t("lost.advice")}</span>
          </div>`
        : ""}
      ${state === "live" && this.notWritable.value !== null
        ? html`<div class="readonly" role="alert" data-testid="not-writable">${t("notWritable")} <span>${this.notWritable.value} ${t("notWritable.advice")}</span></div>`
        : ""}
    `;
  }
}

/** The reader's own clock: the connection broke in their world, not in the hospital's. @param {number} millis */
function wallTime(millis) {
  return new Date(millis).toLocaleTimeString("fr-FR", { hour12: false });
}

customElements.define("chevet-banners", Banners);
