// @ts-check
import { css, html } from "lit";
import { copyHours, keptSince } from "../core/copy.js";
import { keepCopy } from "../core/preferences.js";
import { Watch } from "../core/signal.js";
import { t } from "../i18n/index.js";
import { ChevetElement } from "./element.js";
import { shared } from "./styles.js";

/** What this browser keeps for the day when the server does not answer, and the choice to keep nothing. */
class CopySettings extends ChevetElement {
  static styles = [
    shared,
    css`
      :host {
        display: block;
      }
      p + p {
        margin-top: 6px;
      }
    `,
  ];

  kept = new Watch(this, keptSince, (value) => (value === null ? null : Math.floor(value / 60_000)));
  keep = new Watch(this, keepCopy);

  render() {
    if (copyHours === 0) {
      return html`<p>${t("copy.off")}</p>`;
    }
    return html`<p>${t(this.keep.value ? "copy.kept" : "copy.notKept", { hours: copyHours })}</p>
      <p>
        <button data-testid="keep-copy" @click=${() => (keepCopy.value = !keepCopy.value)}>${t(this.keep.value ? "copy.stop" : "copy.start")}</button>
      </p>`;
  }
}

customElements.define("chevet-copy", CopySettings);
