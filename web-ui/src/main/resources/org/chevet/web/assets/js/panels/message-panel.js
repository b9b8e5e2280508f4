// @ts-check
import { css, html } from "lit";
import "../acts/acts.js";
import { read } from "../core/api.js";
import { segmentsOf } from "../core/hl7.js";
import { go, route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board, layoutFile } from "../core/store.js";
import { causeText } from "../i18n/describe.js";
import { dateTime } from "../i18n/format.js";
import { has, t } from "../i18n/index.js";
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
      .message {
        max-height: 46vh;
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius-s);
        background: var(--bg);
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font: 11.5px/1.45 var(--mono);
      }
      th {
        padding: 6px 8px 2px;
        text-align: left;
        font-weight: 700;
        border-top: 1px solid var(--line);
      }
      tbody:first-child th {
        border-top: 0;
      }
      th small {
        font: var(--text-s) var(--font);
        font-weight: 400;
        color: var(--ink-3);
      }
      td {
        padding: 1px 8px;
        vertical-align: top;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      td:first-child {
        width: 1%;
        white-space: nowrap;
        color: var(--ink-3);
      }
      tr.named td {
        background: var(--warn-bg);
        color: var(--warn);
        font-weight: 700;
      }
      .mend {
        margin-top: var(--s3);
        padding: 7px 10px;
        border-left: 4px solid var(--warn);
        border-radius: var(--radius-s);
        background: var(--warn-bg);
      }
      .mend code {
        display: block;
        margin: 4px 0;
        font: 11.5px/1.5 var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  known = new Watch(this, board, (value) => value?.quarantine);
  route = new Watch(this, route, (value) => value.message);
  layoutFile = new Watch(this, layoutFile, (value) => value !== null);

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
      this.text = answer.ok ? answer.value.text : t("message.gone");
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
        <dt>${t("message.reason")}</dt><dd>${causeText(message)}</dd>
        ${causeText(message).includes(message.reason) ? "" : html`<dt>${t("message.detail")}</dt><dd class="quiet" lang="en">${message.reason}</dd>`}
      </dl>
      ${this.#mend(message.reason)}
      <h3>${t("message.text")}</h3>
      ${this.text === null
        ? html`<p class="quiet">${t("message.private")}</p><p><button data-testid="open-message" @click=${this.#open}>${t("message.open")}</button></p>`
        : html`<div class="message" tabindex="0"><table>${segmentsOf(this.text).map((segment) => segmentRows(segment, message.reason))}</table></div>`}
      <h3>${t("acts")}</h3>
      <chevet-acts of=${message.id} called=${message.messageId} main .ids=${["replayMessage", "discardMessage"]} .subject=${{ message }}></chevet-acts>
    `;
  }

  /** What to write in the hospital's file so that the place is known. @param {string} reason */
  #mend(reason) {
    const place = placeOf(reason);
    if (place === undefined) {
      return "";
    }
    return html`<div class="mend">
      ${t("message.mend.bed", { place })}
      <code>- {id: "…", hl7: "${place}"}</code>
      ${t(this.layoutFile.value ? "message.mend.then" : "message.mend.restart")}
      ${this.layoutFile.value ? html`<button class="link" @click=${() => go({ view: "layout" })}>${t("layout.look")}</button>` : ""}
    </div>`;
  }
}

/** The place that the reason names, as a location of HL7. @param {string} reason */
function placeOf(reason) {
  return /'([^'^]*\^[^'^]*\^[^'^]*)'/.exec(reason)?.[1];
}

/** Whether the reason speaks of this field: by its name, or by the place in it. @param {import("../core/hl7.js").Field} field @param {string} reason */
function isNamed(field, reason) {
  return field.place !== "" && (new RegExp(`\\b${field.place}\\b`).test(reason) || field.text === placeOf(reason));
}

/** @param {import("../core/hl7.js").Segment} segment @param {string} reason */
function segmentRows(segment, reason) {
  const name = `hl7.${segment.name}`;
  return html`<tbody>
    ${segment.name === "" ? "" : html`<tr><th colspan="2">${segment.name} <small>${has(name) ? t(name) : ""}</small></th></tr>`}
    ${segment.fields.map(
      (field) =>
        html`<tr class=${isNamed(field, reason) ? "named" : ""}><td title=${has(`hl7.${field.place}`) ? t(`hl7.${field.place}`) : ""}>${field.place}</td><td>${field.text}</td></tr>`,
    )}
  </tbody>`;
}

customElements.define("chevet-message-panel", MessagePanel);
