// @ts-check
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { go, route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board } from "../core/store.js";
import { dateTime } from "../i18n/format.js";
import { t } from "../i18n/index.js";
import { ChevetElement } from "../components/element.js";
import { shared, tables } from "../components/styles.js";

/** Messages that could not be understood, kept whole. */
class QuarantineView extends ChevetElement {
  static styles = [shared, tables];

  known = new Watch(this, board, (value) => value?.quarantine);
  route = new Watch(this, route, (value) => value.message);

  render() {
    const messages = this.known.value ?? [];
    return html`
      <header>
        <h2>${t("nav.quarantine")}</h2>
        <span class="quiet">${t("quarantine.why")}</span>
      </header>
      <div class="frame">
        ${messages.length === 0
          ? html`<p class="empty">${t("quarantine.none")}</p>`
          : html`<table>
              <thead>
                <tr>
                  <th class="tight">${t("message.received")}</th>
                  <th class="tight">${t("message.feed")}</th>
                  <th class="tight">${t("message")}</th>
                  <th>${t("message.reason")}</th>
                </tr>
              </thead>
              <tbody>
                ${repeat(
                  messages,
                  (message) => message.id,
                  (message) =>
                    html`<tr data-message=${message.id} aria-current=${this.route.value === message.id ? "true" : nothing}>
                      <td class="tight">${dateTime(message.receivedAt)}</td>
                      <td class="tight">${message.feed}</td>
                      <td class="tight"><button class="link" @click=${() => go({ message: message.id })}>${message.messageId}</button></td>
                      <td>${message.reason}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`}
      </div>
    `;
  }
}

customElements.define("chevet-quarantine", QuarantineView);
