// @ts-check
import { language } from "../core/preferences.js";
import { nowMillis } from "../core/clock.js";
import { board } from "../core/store.js";
import { t } from "./index.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();
/** @type {Map<string, Intl.NumberFormat>} */
const units = new Map();

function zone() {
  return board.value?.hospital.timeZone ?? "UTC";
}

/** @param {Intl.DateTimeFormatOptions} options */
function dateFormat(options) {
  const locale = language.value === "fr" ? "fr-FR" : "en-GB";
  const key = locale + zone() + JSON.stringify(options);
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { timeZone: zone(), hourCycle: "h23", ...options });
    formats.set(key, format);
  }
  return format;
}

/**
 * @param {number} value
 * @param {"second"|"minute"|"hour"|"day"} unit
 */
function quantity(value, unit) {
  const key = language.value + unit;
  let format = units.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(language.value, {
      style: "unit",
      unit,
      unitDisplay: language.value === "fr" ? "short" : "narrow",
    });
    units.set(key, format);
  }
  return format.format(value);
}

/** @param {string|number|null|undefined} instant @returns {number} */
function millis(instant) {
  return typeof instant === "number" ? instant : Date.parse(instant ?? "");
}

/** "14:32" @param {string|number} instant */
export function time(instant) {
  return dateFormat({ hour: "2-digit", minute: "2-digit" }).format(millis(instant));
}

/** "sam. 21 nov." @param {string|number} instant */
export function day(instant) {
  return dateFormat({ weekday: "short", day: "numeric", month: "short" }).format(millis(instant));
}

/** "21/11" @param {string|number} instant */
export function shortDay(instant) {
  return dateFormat({ day: "2-digit", month: "2-digit" }).format(millis(instant));
}

/** "sam." @param {string|number} instant */
export function weekday(instant) {
  return dateFormat({ weekday: "short" }).format(millis(instant));
}

/** "sam. 21 nov. 2026, 14:32" @param {string|number} instant */
export function longDateTime(instant) {
  const date = dateFormat({ weekday: "short", day: "numeric", month: "short", year: "numeric" }).format(millis(instant));
  return `${date}, ${time(instant)}`;
}

/** The time alone when it is today, otherwise with its day. @param {string|number} instant */
export function dateTime(instant) {
  return isToday(instant) ? time(instant) : `${day(instant)}, ${time(instant)}`;
}

/** A date of birth, which has no time zone. @param {string} date */
export function birthDate(date) {
  const locale = language.value === "fr" ? "fr-FR" : "en-GB";
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", dateStyle: "medium" }).format(new Date(`${date}T00:00:00Z`));
}

/** @type {Map<string, string>} */
const days = new Map();
const DAYS_KEPT_MAX = 5000;

/** "2026-11-21" in the hospital. Asked of every discharge at every second: remembered by the minute. @param {string|number} instant */
export function dayKey(instant) {
  const key = `${Math.floor(millis(instant) / MINUTE)}${zone()}`;
  let found = days.get(key);
  if (found === undefined) {
    if (days.size >= DAYS_KEPT_MAX) {
      days.clear();
    }
    found = toLocalField(millis(instant)).slice(0, 10);
    days.set(key, found);
  }
  return found;
}

/** @param {string|number} instant */
export function isToday(instant) {
  return dayKey(instant) === dayKey(nowMillis());
}

/** "4 j 6 h", "34 min": two figures at most, as nobody needs the third. @param {number} length in milliseconds */
export function duration(length) {
  const whole = Math.max(0, length);
  if (whole < MINUTE) {
    return quantity(Math.floor(whole / 1000), "second");
  }
  if (whole < HOUR) {
    return quantity(Math.floor(whole / MINUTE), "minute");
  }
  const [big, small] = whole < DAY ? /** @type {const} */ (["hour", "minute"]) : /** @type {const} */ (["day", "hour"]);
  const unit = whole < DAY ? HOUR : DAY;
  const rest = Math.floor((whole % unit) / (whole < DAY ? MINUTE : HOUR));
  const first = quantity(Math.floor(whole / unit), big);
  return rest === 0 ? first : `${first} ${quantity(rest, small)}`;
}

/** How far ahead a forecast looks. @param {number} hours */
export function distance(hours) {
  return hours < 48 ? t("forecast.hours", { count: hours }) : t("forecast.days", { count: hours / 24 });
}

/** @param {string|number} instant */
export function elapsed(instant) {
  return duration(nowMillis() - millis(instant));
}

/**
 * What a field of type datetime-local shows for an instant: the hospital's wall time.
 * @param {number} instant
 */
export function toLocalField(instant) {
  const parts = Object.fromEntries(
    dateFormat({ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" })
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/**
 * The instant at which the hospital's wall shows this. In the hour that a change to summer time skips, the instant just
 * after the change; in the hour that comes twice, the first.
 * @param {string} field "2026-11-21T14:32"
 * @returns {string|null} null when the field is empty
 */
export function fromLocalField(field) {
  if (field === "") {
    return null;
  }
  const asUtc = Date.parse(`${field}:00Z`);
  const offsetAt = (/** @type {number} */ instant) => Date.parse(`${toLocalField(instant)}:00Z`) - Math.floor(instant / MINUTE) * MINUTE;
  // The offset of the zone is not known before the instant is: start a day early on each side and keep what agrees.
  const candidates = [offsetAt(asUtc - DAY), offsetAt(asUtc + DAY)].map((offset) => asUtc - offset).sort((a, b) => a - b);
  const exact = candidates.find((candidate) => toLocalField(candidate) === field);
  return new Date(exact ?? candidates[candidates.length - 1]).toISOString();
}
