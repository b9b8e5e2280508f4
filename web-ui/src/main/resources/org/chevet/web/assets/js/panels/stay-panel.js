// @ts-check
import { html } from "lit";
import { route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board, findStay } from "../core/store.js";
import { outOfServices } from "../i18n/describe.js";
import { t } from "../i18n/index.js";
import { ChevetElement } from "../components/element.js";
import { shared } from "../components/styles.js";
import { closer } from "./bed-panel.js";
import "./stay-section.js";
import { panelStyles } from "./styles.js";

/** A stay that is not opened from its bed: without a bed, elsewhere, expected, ended. */
class StayPanel extends ChevetElement {
  static styles = [shared, panelStyles];

  known = new Watch(this, board);
  route = new Watch(this, route, (value) => value.stay);

  render() {
    const id = this.route.value;
    const known = this.known.value;
    if (id === undefined || known === null) {
      return "";
    }
    const found = findStay(known, id);
    return html`
      <div class="head"><h2>${found?.service?.name ?? (found === null ? t("stay.notHere") : outOfServices(found.cell.class))}</h2>${closer()}</div>
      <chevet-stay-section .stay=${found?.cell ?? null} .number=${id} .bed=${found?.bed ?? null}></chevet-stay-section>
    `;
  }
}

customElements.define("chevet-stay-panel", StayPanel);
