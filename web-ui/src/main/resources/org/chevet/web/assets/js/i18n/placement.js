// @ts-check
/** @import {Obstacle, Part, Proposal} from "../core/proposals.js" */
import { language } from "../core/preferences.js";
import { equipment, serviceName, specialty } from "./describe.js";
import { dateTime } from "./format.js";
import { has, t, word } from "./index.js";

/** @param {Obstacle|Part} of */
export function ruleText(of) {
  return language.value === "fr" ? of.french : of.english;
}

/** @param {Proposal} proposal */
export function whenUsable({ readiness, usableAt }) {
  return t(`proposal.when.${readiness}`, { at: dateTime(usableAt) });
}

/** When which service refused, and why. @param {{service: string, reason: string, at: string, by?: {name: string}|null}} refusal */
export function refusedWhen({ service, reason, at, by }) {
  return t("refused.when", { at: dateTime(at), by: [serviceName(service), by?.name].filter(Boolean).join(", "), reason: word("refusal", reason) });
}

/** Constants of the contract among the facts, and where their words are. @type {Record<string, string>} */
const FAMILIES = { needed: "isolation", ability: "ability", level: "level", policy: "sexPolicy", reason: "block" };

/** The facts about a rule that excludes a bed, in a few words. @param {Obstacle} obstacle */
export function facts({ rule, about }) {
  if (rule === "refused") {
    return refusedWhen(/** @type {any} */ (about));
  }
  const list = (/** @type {string|undefined} */ ids) => (ids ?? "").split(" ").filter(Boolean);
  const told = Object.fromEntries(Object.entries(about).map(([name, value]) => [name, FAMILIES[name] ? word(FAMILIES[name], value) : value]));
  const filled = {
    ...told,
    needed: rule === "level-of-care" ? word("level", about.needed) : told.needed,
    service: serviceName(about.service),
    specialty: specialty(about.specialty),
    missing: list(about.missing).map(equipment).join(", "),
  };
  const own = `obstacle.${rule}`;
  const others = list(about.stays).length + list(about.requests).length;
  return [
    has(own) ? t(own, filled) : "",
    rule === "bed-blocked" ? (told.reason ?? "") : "",
    about.request ? t("request.named", { request: about.request }) : "",
    others > 0 ? t("obstacle.others", { count: others }) : "",
    about.until ? t("until", { at: dateTime(about.until) }) : "",
  ]
    .filter(Boolean)
    .join(", ");
}
