// @ts-check
/** @import {Barrier} from "../core/types.js" */
import { html } from "lit";
import { nowMillis } from "../core/clock.js";
import { day } from "../i18n/format.js";
import { t, word } from "../i18n/index.js";

/** A barrier's kind and until when it is expected; one that has outlived its date stands out. @param {Barrier} barrier */
export function barrierTag({ kind, expectedEnd }) {
  const overdue = expectedEnd && Date.parse(expectedEnd) < nowMillis();
  const until = expectedEnd ? ` ${t(overdue ? "barrier.overdue" : "barrier.until", { day: day(expectedEnd) })}` : "";
  return html`<span class="tag ${overdue ? "warn" : "ring"}">${word("barrier", kind)}${until}</span>`;
}
