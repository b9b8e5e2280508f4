// @ts-check
import { css, html } from "lit";
import "../acts/acts.js";
import { read } from "../core/api.js";
import { route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board } from "../core/store.js";
import { dateTime } from "../i18n/format.js";
import { t } from "../i18n/index.js";
import { ChevetElement } from "../components/element.js";
import { shared } from "../components/styles.js";
import { closer } from "./bed-panel.js";
import { panelStyles } from "./styles.js";

/** A message that could not be understood, whole: what a feed wrote is shown as text, whatever it holds. */
class MessagePanel extends ChevetElement {
  static properties = { text: { state: true } };

  static styles = [
    shared,
    panelStyles,
    css`
      pre {
        margin: 0;
        max-height: 46vh;
        overflow: auto;
        padding: 8px;
        border: 1px solid var(--line);
        border-radius: var(--radius-s);
        background: var(--bg);
        font: 11.5px/1.5 var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  known = new Watch(this, board, (value) => value?.quarantine);
  route = new Watch(this, route, (value) => value.message);

  constructor() {
    super();
    /** @type {string|null} */
    this.text = null;
  }

  #shown = "";

  willUpdate() {
    if (this.#shown !== this.route.value) {
      this.#shown = this.route.value ?? "";
      this.text = null;
    }
  }

  async #open() {
    const id = this.#shown;
    const answer = await read(`/quarantine/${encodeURIComponent(id)}`);
    if (id === this.#shown) {
      this.text = answer.ok ? answer.value.text.replace(/\r\n?/g, "\n") : t("message.gone");
    }
  }

  render() {
    const message = this.known.value?.find((one) => one.id === this.route.value);
    if (message === undefined) {
      return html`<div class="head"><h2>${t("message.named", { message: this.route.value })}</h2>${closer()}</div><p>${t("message.gone")}</p>`;
    }
    return html`
      <div class="head"><h2>${t("message.named", { message: message.messageId })}</h2>${closer()}</div>
      <dl>
        <dt>${t("message.feed")}</dt><dd>${message.feed}</dd>
        <dt>${t("message.received")}</dt><dd>${dateTime(message.receivedAt)}</dd>
        <dt>${t("message.reason")}</dt><dd>${message.reason}</dd>
      </dl>
      <h3>${t("message.text")}</h3>
      ${this.text === null
        ? html`<p class="quiet">${t("message.private")}</p><p><button @click=${this.#open}>${t("message.open")}</button></p>`
        : html`<pre tabindex="0">${this.text}</pre>`}
      <h3>${t("acts")}</h3>
      <chevet-acts of=${message.id} called=${message.messageId} main .ids=${["replayMessage", "discardMessage"]} .subject=${{ message }}></chevet-acts>
    `;
  }
}

customElements.define("chevet-message-panel", MessagePanel);
