// @ts-check
import { css, html } from "lit";
import { actor } from "../core/preferences.js";
import { go, route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { t, word } from "../i18n/index.js";
import { ChevetElement } from "../components/element.js";
import { shared } from "../components/styles.js";
import { panelStyles } from "./styles.js";

const ROLES = [
  "BED_MANAGER",
  "NURSE_MANAGER",
  "SERVICE_HEAD",
  "NURSE",
  "PHYSICIAN",
  "CLEANING",
  "TRANSPORT",
  "ADMISSIONS_OFFICE",
  "CRISIS_CELL",
  "DIRECTOR_ON_DUTY",
];
const NAME_CHARS_MAX = 120;

/** Who acts: asked on the first visit, written beside each act. Looking needs no name. */
class Identity extends ChevetElement {
  static styles = [
    shared,
    panelStyles,
    css`
      form {
        display: grid;
        gap: 12px;
        margin-top: var(--s4);
      }
      .buttons {
        display: flex;
        gap: 8px;
      }
      .buttons button {
        min-height: 34px;
        padding: 4px 16px;
      }
    `,
  ];

  actor = new Watch(this, actor);

  firstUpdated() {
    this.renderRoot.querySelector("input")?.focus();
  }

  render() {
    return html`
      <h2>${t("identity")}</h2>
      <p class="sub">${t("identity.why")}</p>
      <form @submit=${this.#keep}>
        <label>${t("identity.name")}<input name="name" required maxlength=${NAME_CHARS_MAX} autocomplete="name" .value=${this.actor.value?.name ?? ""} /></label>
        <label
          >${t("identity.role")}<select name="role">
            ${ROLES.map((role) => html`<option value=${role} ?selected=${role === (this.actor.value?.role ?? "BED_MANAGER")}>${word("role", role)}</option>`)}
          </select></label
        >
        <div class="buttons">
          <button class="primary" type="submit">${t("identity.keep")}</button>
          <button class="plain" type="button" @click=${shut}>${t("identity.lookOnly")}</button>
        </div>
        <p class="quiet">${t("identity.kept")}</p>
      </form>
    `;
  }

  /** @param {SubmitEvent} event */
  #keep(event) {
    event.preventDefault();
    const told = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const name = String(told.get("name") ?? "").trim();
    if (name !== "") {
      actor.value = { name, role: String(told.get("role")) };
      shut();
    }
  }
}

/** What was chosen stays: a colleague's link is often the first page that somebody opens. */
function shut() {
  go({ ...route.value, aside: undefined });
}

customElements.define("chevet-identity", Identity);
