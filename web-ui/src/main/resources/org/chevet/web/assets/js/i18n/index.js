// @ts-check
import { language } from "../core/preferences.js";
import { en } from "./en.js";
import { fr } from "./fr.js";

/** @typedef {string | {one: string, other: string}} Text */

/** @type {Record<"fr"|"en", Record<string, Text>>} */
const CATALOGUES = { fr, en };

/** @type {Record<"fr"|"en", Intl.PluralRules>} */
const PLURALS = { fr: new Intl.PluralRules("fr"), en: new Intl.PluralRules("en") };

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
  return new Intl.NumberFormat(language.value).format(value);
}
