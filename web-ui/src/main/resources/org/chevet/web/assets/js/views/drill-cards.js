// @ts-check
/** @import {CardDelay} from "../core/drill.js" */
import { html } from "lit";
import { dateTime, duration } from "../i18n/format.js";
import { t } from "../i18n/index.js";

const MINUTE = 60_000;

/** Those that somebody waits for or is at, and apart from them those that are over. @param {CardDelay[]} delays @param {number} now in milliseconds since 1970 */
export function cardTables(delays, now) {
  const open = delays.filter((delay) => !isOver(delay));
  const over = delays.filter(isOver);
  return [
    open.length === 0 ? "" : cardTable(open, now, t("card.open", { count: open.length })),
    over.length === 0 ? "" : cardTable(over, now, t("card.past", { count: over.length })),
  ];
}

/**
 * Who took which card on, how long after the alert and the inject before it.
 * @param {CardDelay[]} delays @param {number} now in milliseconds since 1970 @param {string} [caption]
 */
export function cardTable(delays, now, caption) {
  return html`<table>
    ${caption === undefined ? "" : html`<caption>${caption}</caption>`}
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

/** Whether nobody is waited for any more, nor at it. @param {CardDelay} delay */
export function isOver({ fell, closed }) {
  return fell !== null || closed !== null;
}

/** Against the card's deadline. @param {CardDelay} delay @param {number} now */
function taken({ alert, fell, takenOn, inject, deadlineMinutes }, now) {
  if (alert === null) {
    return takenOn === null ? "–" : dateTime(takenOn);
  }
  if (takenOn !== null && Date.parse(takenOn) < Date.parse(alert)) {
    return t("card.before", { at: dateTime(takenOn) });
  }
  if (fell !== null) {
    return t("card.fell", { at: dateTime(fell) });
  }
  const waited = (takenOn === null ? now : Date.parse(takenOn)) - Date.parse(alert);
  const late = waited > deadlineMinutes * MINUTE;
  const words = t(takenOn === null ? "card.waits" : "card.after", { duration: duration(waited), deadline: duration(deadlineMinutes * MINUTE) });
  return html`<span class=${late ? "late" : ""}>${late ? t("card.late", { words }) : words}</span>
    ${takenOn === null || inject === null ? "" : html`<div class="quiet">${t("card.afterInject", { duration: duration(Date.parse(takenOn) - Date.parse(inject)) })}</div>`}`;
}
