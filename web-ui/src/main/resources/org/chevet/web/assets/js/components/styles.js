// @ts-check
import { css } from "lit";

/** What all components share: focus, buttons, fields, small print. */
export const shared = css`
  :host,
  * {
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  h2 {
    margin: 0;
    font-size: var(--text-l);
    font-weight: 650;
    line-height: 1.25;
    overflow-wrap: anywhere;
  }
  h3 {
    margin: var(--s4) 0 6px;
    font-size: var(--text-s);
    font-weight: 600;
    letter-spacing: 0.4px;
    text-transform: uppercase;
    color: var(--ink-3);
  }
  p {
    margin: 0;
  }
  ul,
  ol {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  small {
    font-size: var(--text-s);
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    font-variant-numeric: inherit;
    color: inherit;
  }
  button {
    cursor: pointer;
    min-height: 28px;
    border: 1px solid var(--line);
    border-radius: var(--radius-s);
    background: var(--panel);
    color: var(--ink);
    padding: 4px 10px;
  }
  button:hover:not(:disabled) {
    border-color: var(--line-strong);
  }
  button:disabled {
    cursor: default;
    color: var(--ink-3);
  }
  button.primary {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  button.primary:disabled {
    background: var(--bg);
    border-color: var(--line);
    color: var(--ink-3);
  }
  button.plain {
    border-color: transparent;
    background: none;
    color: var(--ink-2);
  }
  button.link {
    border: 0;
    background: none;
    padding: 0;
    min-height: 24px;
    color: var(--accent);
    text-align: left;
  }
  button.link:hover {
    text-decoration: underline;
  }
  input:not([type="checkbox"], [type="radio"]),
  select,
  textarea {
    width: 100%;
    min-height: 30px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-s);
    background: var(--panel);
    padding: 4px 8px;
  }
  label > input:not([type="checkbox"], [type="radio"]),
  label > select,
  label > .beside {
    margin-top: 3px;
  }
  textarea {
    min-height: 52px;
    resize: vertical;
  }
  label {
    display: block;
    color: var(--ink-2);
    font-size: var(--text-s);
  }
  kbd {
    border: 1px solid var(--line);
    border-radius: 4px;
    padding: 0 5px;
    font: 11px/16px var(--mono);
    color: var(--ink-3);
    background: var(--panel);
  }
  dl {
    display: grid;
    grid-template-columns: minmax(84px, max-content) 1fr;
    gap: 5px 12px;
    margin: 0;
  }
  dt {
    color: var(--ink-3);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .tag {
    display: inline-block;
    border-radius: var(--radius-s);
    padding: 1px 7px;
    background: var(--bg);
    color: var(--ink-2);
  }
  .tag.ring {
    background: none;
    color: var(--ink);
    box-shadow: inset 0 0 0 1.5px var(--ink-2);
  }
  .tag.warn {
    background: var(--warn-bg);
    color: var(--warn);
    font-weight: 600;
  }
  .tag.alarm {
    background: var(--alarm-bg);
    color: var(--alarm);
    font-weight: 600;
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    gap: 5px;
  }
  .quiet {
    color: var(--ink-3);
  }
  .refused {
    border-left: 4px solid var(--alarm);
    border-radius: var(--radius-s);
    background: var(--alarm-bg);
    padding: 7px 10px;
  }
  .refused strong {
    display: block;
    color: var(--alarm);
  }
  .refused code {
    display: block;
    margin-top: 3px;
    font: 10.5px var(--mono);
    color: var(--ink-3);
  }
  .number {
    text-align: right;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** Lists as tables. */
export const tables = css`
  :host {
    display: block;
    padding: var(--s4);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: var(--s2) var(--s3);
    margin-bottom: var(--s3);
  }
  header .spread {
    flex: 1;
  }
  header + .refused {
    margin-bottom: var(--s3);
  }
  .frame {
    background: var(--panel);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th {
    text-align: left;
    font-weight: 500;
    font-size: var(--text-s);
    color: var(--ink-3);
    white-space: nowrap;
  }
  th,
  td {
    padding: 6px 12px;
    border-bottom: 1px solid var(--line-2);
    vertical-align: middle;
  }
  tr:last-child > td {
    border-bottom: 0;
  }
  td.tight,
  th.tight {
    width: 1%;
    white-space: nowrap;
  }
  tbody tr[aria-current] {
    background: var(--raised);
    box-shadow: inset 3px 0 0 var(--accent);
  }
  .number {
    text-align: right;
  }
  .empty {
    padding: var(--s5) var(--s4);
    color: var(--ink-3);
    text-align: center;
  }
  .form {
    background: var(--panel);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    padding: var(--s3) var(--s4);
    margin-bottom: var(--s3);
    max-width: 640px;
  }
`;

/** A screen over time: of what it tells, and in large what matters now. */
export const overTime = css`
  header select {
    width: auto;
    max-width: 280px;
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 4px var(--s5);
    margin-bottom: var(--s3);
    color: var(--ink-2);
  }
  .figures b {
    font-size: var(--text-l);
    font-weight: 650;
    color: var(--ink);
  }
`;
