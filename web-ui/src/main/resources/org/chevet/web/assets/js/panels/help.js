// @ts-check
import { css, html } from "lit";
import { t } from "../i18n/index.js";
import { ChevetElement } from "../components/element.js";
import "../components/copy.js";
import "../components/legend.js";
import { shared } from "../components/styles.js";
import { closer } from "./bed-panel.js";
import { panelStyles } from "./styles.js";

const KEYS = [
  ["← ↑ ↓ →", "arrows"],
  ["Enter", "enter"],
  ["Esc", "escape"],
  ["/", "search"],
  ["g", "board"],
  ["p", "proposals"],
  ["m", "cascade"],
  ["a", "accept"],
  ["q", "queuePlan"],
  ["u", "undo"],
  ["?", "help"],
];
const ACT_KEYS = [
  ["a", "admitHere"],
  ["t", "transfer"],
  ["e", "swap"],
  ["d", "planDischarge"],
  ["m", "medicallyReady"],
  ["f", "setBarrier"],
  ["v", "liftBarrier"],
  ["s", "discharge"],
  ["i", "changeNeeds"],
  ["r", "reserve"],
  ["l", "release"],
  ["n", "startCleaning"],
  ["f", "finishCleaning"],
  ["b", "block"],
  ["c", "close"],
];

/** The signs of the board and the keys. */
class Help extends ChevetElement {
  static styles = [
    shared,
    panelStyles,
    css`
      dl {
        grid-template-columns: max-content 1fr;
      }
      p + p {
        margin-top: 6px;
      }
    `,
  ];

  render() {
    return html`
      <div class="head"><h2>${t("help")}</h2>${closer()}</div>
      <h3>${t("legend")}</h3>
      <chevet-legend tall></chevet-legend>
      <h3>${t("help.keys")}</h3>
      <dl>${KEYS.map(([key, name]) => html`<dt><kbd>${key}</kbd></dt><dd>${t(`help.${name}`)}</dd>`)}</dl>
      <h3>${t("help.actKeys")}</h3>
      <dl>${ACT_KEYS.map(([key, name]) => html`<dt><kbd>${key}</kbd></dt><dd>${t(`act.${name}`)}</dd>`)}</dl>
      <h3>${t("copy")}</h3>
      <chevet-copy></chevet-copy>
      <h3>${t("help.reading")}</h3>
      <p>${t("help.capacity")}</p>
      <p>${t("help.figures")}</p>
    `;
  }
}

customElements.define("chevet-help", Help);
