// @ts-check
import { LitElement } from "lit";
import { language } from "../core/preferences.js";
import { Watch } from "../core/signal.js";

/** What every component of Chevet is: a Lit element that speaks the language chosen. */
export class ChevetElement extends LitElement {
  /** Redraws everything in the new language when it changes. */
  language = new Watch(this, language);
}
