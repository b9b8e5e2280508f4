// @ts-check
/** @import {Problem} from "../core/types.js" */
import { language } from "../core/preferences.js";
import { serviceName } from "./describe.js";
import { dateTime } from "./format.js";
import { has, t, word } from "./index.js";
import { rulesEn } from "./rules.en.js";
import { rulesFr } from "./rules.fr.js";

const RULES = { fr: rulesFr, en: rulesEn };
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
/** Members of `about` that hold a constant of the contract, and where its words are. @type {Record<string, string>} */
const FAMILIES = { isolation: "isolation", sex: "sex", reason: "block", state: "transfer.state", obstacle: "undo" };

/**
 * A failure in words: what, and what to do.
 * @param {Problem} problem
 * @returns {{what: string, advice: string}}
 */
export function explain(problem) {
  if (problem.rule !== undefined && problem.rule in RULES[language.value]) {
    const [what, advice] = RULES[language.value][problem.rule];
    return { what: fill(what, problem.about ?? {}), advice: fill(advice, problem.about ?? {}) };
  }
  const known = problem.type?.replace("urn:chevet:", "problem.");
  if (known !== undefined && has(known) && has(`${known}.advice`)) {
    return { what: t(known), advice: `${problem.detail ?? ""}. ${t(`${known}.advice`)}` };
  }
  if (problem.status === 0) {
    return { what: t("problem.unreachable"), advice: t("problem.unreachable.advice") };
  }
  if (problem.errors !== undefined && problem.errors.length > 0) {
    return {
      what: t("problem.invalid"),
      advice: problem.errors.map((error) => `${error.field}: ${error.message}`).join("; "),
    };
  }
  return {
    what: problem.detail ?? problem.title ?? t("problem.status", { status: problem.status }),
    advice: problem.advice ?? "",
  };
}

/** Codes of rules of placement. @param {string[]} codes */
export function rulesInWords(codes) {
  return codes.map((code) => word("rule", code).toLocaleLowerCase()).join(", ");
}

/**
 * @param {string} template
 * @param {Record<string, string>} about
 */
function fill(template, about) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = about[name];
    if (value === undefined || value === null) {
      return whole;
    }
    if (INSTANT.test(value)) {
      return dateTime(value);
    }
    if (name === "rules") {
      return rulesInWords(value.split(" "));
    }
    if (name === "days") {
      return t("forecast.days", { count: Number(value) });
    }
    if (name === "service" || name === "owner") {
      return serviceName(value);
    }
    return name in FAMILIES ? word(FAMILIES[name], value).toLocaleLowerCase() : String(value);
  });
}
