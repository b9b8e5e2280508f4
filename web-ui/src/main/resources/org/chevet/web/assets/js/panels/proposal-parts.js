// @ts-check
/** @import {Part, Proposal} from "../core/proposals.js" */
import { css, html } from "lit";
import { sign } from "../core/proposals.js";
import { t, word } from "../i18n/index.js";
import { refusedWhen, ruleText } from "../i18n/placement.js";

/** Kept ✔, in part ≈, not ✖: the shape says it, the colour repeats it. */
const SIGNS = { kept: "✔", partly: "≈", missed: "✖" };

export const partStyles = css`
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 3px;
  }
  .chip {
    border: 1px solid var(--line);
    border-radius: var(--radius-s);
    padding: 0 5px;
    font-size: var(--text-s);
    line-height: 18px;
    color: var(--ink-2);
    background: var(--panel);
    white-space: nowrap;
  }
  .kept > b {
    color: var(--free);
  }
  .partly > b {
    color: var(--warn);
  }
  .missed > b {
    color: var(--ink);
  }
  .parts {
    width: 100%;
    border-collapse: collapse;
  }
  .parts td {
    padding: 2px 4px 2px 0;
    vertical-align: top;
  }
  .parts td:last-child {
    text-align: right;
    white-space: nowrap;
    padding-right: 0;
  }
  .parts .sum td {
    border-top: 1px solid var(--line);
    font-weight: 650;
  }
`;

/** Of an answer that is asked for by a button, and what it warns of. */
export const askedStyles = css`
  :host {
    display: block;
  }
  .ask {
    display: flex;
    justify-content: space-between;
    align-items: center;
    width: 100%;
    min-height: 32px;
  }
  .primary kbd {
    background: none;
    border-color: currentColor;
    color: inherit;
  }
  header {
    display: flex;
    justify-content: space-between;
    align-items: baseline;
    gap: var(--s2);
  }
  header h3 {
    margin-top: var(--s3);
  }
  .warned {
    border-left: 4px solid var(--warn);
    border-radius: var(--radius-s);
    background: var(--warn-bg);
    padding: 7px 10px;
    margin: 6px 0;
  }
  .warned strong {
    display: block;
    color: var(--warn);
  }
`;

/** @param {Part} part */
export function chip(part) {
  const of = sign(part);
  return html`<span class="chip ${of}" title="${ruleText(part)} · ${t(`proposal.sign.${of}`)}"
    ><b aria-hidden="true">${SIGNS[of]}</b><span class="unseen">${t(`proposal.sign.${of}`)}</span> ${word("chip", part.rule)}${part.points > 0 ? html` <b>${part.points}</b>` : ""}</span
  >`;
}

/** What the total is made of, line by line. @param {Proposal} proposal */
export function account(proposal) {
  return html`<table class="parts">
      <tbody>
        ${proposal.parts
          .filter((part) => part.points > 0)
          .map((part) => html`<tr class=${sign(part)}><td class=${sign(part)}><b aria-hidden="true">${SIGNS[sign(part)]}</b></td><td>${ruleText(part)}${part.rule === "refused-lately" && proposal.refusal ? html` <span class="quiet">${refusedWhen(proposal.refusal)}</span>` : ""}</td><td>${t("proposal.points", { count: part.points })}</td></tr>`)}
        <tr class="sum"><td></td><td>${t("proposal.total")}</td><td>${t("proposal.points", { count: proposal.costPoints })}</td></tr>
      </tbody>
    </table>
    ${proposal.harms.map((harm) => html`<p><span class="tag warn">! ${t("proposal.harm", { scarce: word("scarce", harm.scarce), request: harm.request })}</span></p>`)}`;
}
