// @ts-check
import { language } from "../core/preferences.js";
import { en } from "./en.js";
import { fr } from "./fr.js";

/** @typedef {string | {one: string, other: string}} Text */

/** @type {Record<"fr"|"en", Record<string, Text>>} */
const CATALOGUES = { fr, en };

/** @type {Record<"fr"|"en", Intl.PluralRules>} */
const PLURALS = { fr: new Intl.PluralRules("fr"), en: new Intl.PluralRules("en") };

/** @type {Record<"fr"|"en", Intl.NumberFormat>} */
const NUMBERS = { fr: new Intl.NumberFormat("fr"), en: new Intl.NumberFormat("en") };

/** @type {Record<"fr"|"en", Intl.NumberFormat>} */
const PERCENTS = { fr: new Intl.NumberFormat("fr", { style: "percent" }), en: new Intl.NumberFormat("en", { style: "percent" }) };

/** @type {Record<"fr"|"en", Intl.NumberFormat>} */
const DECIMALS = { fr: new Intl.NumberFormat("fr", { maximumFractionDigits: 1 }), en: new Intl.NumberFormat("en", { maximumFractionDigits: 1 }) };

/** @param {string} key */
export function has(key) {
  return key in CATALOGUES[language.value];
}

/**
 * The text of this name in the language chosen, its {words} filled in. `count` chooses between singular and plural.
 * @param {string} key
 * @param {Record<string, unknown>} [about]
 * @returns {string}
 */
export function t(key, about = {}) {
  const text = CATALOGUES[language.value][key];
  if (text === undefined) {
    return key;
  }
  const chosen = typeof text === "string" ? text : text[PLURALS[language.value].select(Number(about.count)) === "one" ? "one" : "other"];
  return chosen.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = about[name];
    return value === undefined || value === null ? whole : typeof value === "number" ? number(value) : String(value);
  });
}

/**
 * A constant of the contract in words, as it is when the catalogue does not know it.
 * @param {string} family
 * @param {string|null|undefined} code
 */
export function word(family, code) {
  if (!code) {
    return "";
  }
  const key = `${family}.${code}`;
  return has(key) ? t(key) : code;
}

/** @param {number} value */
export function number(value) {
  return NUMBERS[language.value].format(value);
}

/** To a tenth. @param {number} value */
export function decimal(value) {
  return DECIMALS[language.value].format(value);
}

/** How much of something another is; a dash of nothing. @param {number} part @param {number} whole */
export function percent(part, whole) {
  return whole === 0 ? "–" : PERCENTS[language.value].format(part / whole);
}
