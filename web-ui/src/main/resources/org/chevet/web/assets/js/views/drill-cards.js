// @ts-check
/** @import {CardDelay, Drill} from "../core/drill.js" @import {Tension} from "../core/tension.js" */
import { css, html } from "lit";
import { nowMillis, tick } from "../core/clock.js";
import { Watch } from "../core/signal.js";
import { Topic } from "../core/topic.js";
import { dateTime, duration } from "../i18n/format.js";
import { t } from "../i18n/index.js";
import { ChevetElement } from "../components/element.js";
import { shared, tables } from "../components/styles.js";

const MINUTE = 60_000;

/** The director's: which action cards the levels ask for now, and how long players have taken over them. */
class DrillCards extends ChevetElement {
  static properties = { drill: { attribute: false } };

  static styles = [
    shared,
    tables,
    css`
      :host {
        padding: 0;
      }
      .late {
        color: var(--warn);
        font-weight: 650;
      }
    `,
  ];

  /** @type {Topic<Tension>} */
  tension = new Topic(this, "tension");
  clock = new Watch(this, tick);

  constructor() {
    super();
    /** @type {Drill} */
    this.drill = /** @type {any} */ (undefined);
  }

  render() {
    const cards = this.tension.value?.cards.filter((card) => card.raisedAt !== null || card.takenOnAt !== null) ?? [];
    const delays = cards.map((card) => ({
      card: card.id,
      title: card.title,
      owner: card.owner,
      deadlineMinutes: card.deadlineMinutes,
      inject: this.#injectBefore(card.raisedAt ?? card.takenOnAt),
      alert: card.raisedAt,
      takenOn: card.takenOnAt,
      by: card.takenOnBy,
      closed: card.closedAt,
    }));
    return html`<div class="frame" data-testid="drill-cards">${delays.length === 0 ? html`<p class="empty">${t("card.none")}</p>` : cardTable(delays, nowMillis())}</div>`;
  }

  /** @param {string|null} at */
  #injectBefore(at) {
    const done = this.drill.injects.flatMap(({ doneAt }) => (doneAt === null ? [] : [doneAt]));
    return done.filter((doneAt) => at !== null && Date.parse(doneAt) <= Date.parse(at)).sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null;
  }
}

/** Who took which card on, how long after the alert and the inject before it. @param {CardDelay[]} delays @param {number} now in milliseconds since 1970 */
export function cardTable(delays, now) {
  return html`<table>
    <thead>
      <tr><th>${t("card")}</th><th class="tight">${t("card.inject")}</th><th class="tight">${t("card.alert")}</th><th>${t("card.takenOn")}</th><th class="tight">${t("card.by")}</th><th class="tight">${t("card.closed")}</th></tr>
    </thead>
    <tbody>
      ${delays.map(
        (delay) => html`<tr data-card=${delay.card}>
          <td>${delay.title}<div class="quiet">${delay.owner}</div></td>
          <td class="tight">${delay.inject === null ? "–" : dateTime(delay.inject)}</td>
          <td class="tight">${delay.alert === null ? t("card.unasked") : dateTime(delay.alert)}</td>
          <td>${taken(delay, now)}</td>
          <td class="tight">${delay.by ?? "–"}</td>
          <td class="tight">${delay.closed === null ? "–" : dateTime(delay.closed)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Against the card's deadline. @param {CardDelay} delay @param {number} now */
function taken({ alert, takenOn, inject, deadlineMinutes }, now) {
  if (alert === null) {
    return takenOn === null ? "–" : dateTime(takenOn);
  }
  if (takenOn !== null && Date.parse(takenOn) < Date.parse(alert)) {
    return t("card.before", { at: dateTime(takenOn) });
  }
  const waited = (takenOn === null ? now : Date.parse(takenOn)) - Date.parse(alert);
  const late = waited > deadlineMinutes * MINUTE;
  const words = t(takenOn === null ? "card.waits" : "card.after", { duration: duration(waited), deadline: duration(deadlineMinutes * MINUTE) });
  return html`<span class=${late ? "late" : ""}>${late ? t("card.late", { words }) : words}</span>
    ${takenOn === null || inject === null ? "" : html`<div class="quiet">${t("card.afterInject", { duration: duration(Date.parse(takenOn) - Date.parse(inject)) })}</div>`}`;
}

customElements.define("chevet-drill-cards", DrillCards);
