// @ts-check

/**
 * An HL7 v2 message taken apart for reading. It may be wrong in any way: what cannot be taken apart is shown whole.
 *
 * @typedef {{place: string, text: string}} Field `place` as "PV1-3"; `text` with its escapes read
 * @typedef {{name: string, fields: Field[]}} Segment
 */

const DEFAULT = { field: "|", component: "^", repetition: "~", escape: "\\", subcomponent: "&" };

/** @param {string} text @returns {Segment[]} */
export function segmentsOf(text) {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line !== "");
  const header = lines.find((line) => line.startsWith("MSH"));
  const marks = header === undefined ? DEFAULT : marksOf(header);
  return lines.map((line) => segment(line, marks));
}

/** @param {string} header */
function marksOf(header) {
  const [field, component, repetition, escape, subcomponent] = [...header.slice(3, 8)];
  return {
    field: field ?? DEFAULT.field,
    component: component ?? DEFAULT.component,
    repetition: repetition ?? DEFAULT.repetition,
    escape: escape ?? DEFAULT.escape,
    subcomponent: subcomponent ?? DEFAULT.subcomponent,
  };
}

/** @param {string} line @param {typeof DEFAULT} marks @returns {Segment} */
function segment(line, marks) {
  const [name, ...values] = line.split(marks.field);
  if (!/^[A-Z][A-Z0-9]{2}$/.test(name)) {
    return { name: "", fields: [{ place: "", text: line }] };
  }
  // MSH-1 is the mark between fields itself, MSH-2 the other marks.
  const first = name === "MSH" || name === "FHS" || name === "BHS" ? 2 : 1;
  const fields = values
    .map((value, i) => ({ place: `${name}-${i + first}`, text: first === 2 && i === 0 ? value : readable(value, marks) }))
    .filter((field) => field.text !== "");
  return { name, fields };
}

/** Escapes as what they stand for, delimiters left as they are: a location is read by its carets. @param {string} value @param {typeof DEFAULT} marks */
function readable(value, marks) {
  const e = marks.escape.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  /** @type {Record<string, string>} */
  const letters = { F: marks.field, S: marks.component, T: marks.subcomponent, R: marks.repetition, E: marks.escape, ".br": "\n" };
  return value.replace(new RegExp(`${e}([^${e}]*)${e}`, "g"), (whole, code) => {
    if (code in letters) {
      return letters[code];
    }
    const hex = /^X((?:[0-9A-Fa-f]{2})+)$/.exec(code);
    return hex === null ? whole : (hex[1].match(/../g) ?? []).map((pair) => String.fromCharCode(parseInt(pair, 16))).join("");
  });
}
