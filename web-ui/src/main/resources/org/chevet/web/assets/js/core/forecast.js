// @ts-check
import { freshKey, post } from "./api.js";

/**
 * By column, each as long as the forecast's hours.
 *
 * @typedef {object} Bands
 * @property {number[]} low95
 * @property {number[]} low80
 * @property {number[]} low50
 * @property {number[]} median
 * @property {number[]} high50
 * @property {number[]} high80
 * @property {number[]} high95
 *
 * @typedef {Bands & SeriesFigures} Series
 *
 * @typedef {object} SeriesFigures
 * @property {string|null} service null for the whole hospital
 * @property {number} patients
 * @property {number} beds
 * @property {number} open
 * @property {number} [staffed] not where futures are drawn
 * @property {number} withSurge
 * @property {number} thresholdBeds
 * @property {number|null} fullAfterHours
 * @property {{unplanned: number, planned: number, movedIn: number, movedOut: number, discharged: number}} drivers
 * @property {(number|null)[]} [past] at the hours of the forecast's `pastAt`; not where futures are drawn
 * @property {number[]} noFreeBed
 * @property {number[]} [tension] the probability of the threshold or more; not where futures are drawn
 * @property {Flow} [entries] not where futures are drawn
 * @property {Flow} [exits] likewise
 *
 * @typedef {Bands & {mean: number[], past: (number|null)[]}} Flow how many until then; of the past, from then to the last full hour
 * @typedef {Omit<Series, "service"|"drivers"|"entries"|"exits"> & {pole: string, services: string[]}} Pole services together
 * @typedef {Bands & Partial<Series> & {patients: number}} Drawn what a chart shows: of entries and exits, without beds, `patients` is 0
 *
 * @typedef {"PATIENTS"|"ENTRIES"|"EXITS"} Quantity
 *
 * How good forecasts were: by column, each as long as the hours ahead.
 *
 * @typedef {object} Scores
 * @property {string|null} service null for a pole and for the whole hospital
 * @property {string|null} pole
 * @property {Quantity} quantity of a pole only patients
 * @property {number} days
 * @property {number[]} hours
 * @property {number[]} forecasts
 * @property {number[]} error
 * @property {number[]} bias
 * @property {number[]} crps
 * @property {number[]} coverage50
 * @property {number[]} coverage80
 * @property {number[]} coverage95
 * @property {(number|null)[]} skill
 *
 * @typedef {object} Forecast
 * @property {string} at
 * @property {{daysKnown: number, daysNeeded: number}} [tooLittleHistory]
 * @property {{service: string|null, lastDay: string, days: {day: string, low80: number, median: number, high80: number, rapid: boolean}[]}[]} [census] at the end of each day
 * @property {number[]} [hours]
 * @property {string[]} [pastAt] full hours, ascending: of the last day each, and before it one a day; not where futures are drawn
 * @property {Series[]} [series]
 * @property {Pole[]} [poles] none where futures are drawn
 * @property {Scores[]} record
 *
 * @typedef {object} Change
 * @property {string} service
 * @property {number} beds
 * @property {number} electivesCancelled
 * @property {number} dischargesAdvanced
 * @property {number} influx
 * @property {number} influxHours
 */

const HOUR = 3_600_000;
/** So much of the past is shown beside so many hours to come. */
const PAST_HOURS = 24;

/**
 * What was counted before a forecast, as it is drawn beside so many hours to come: each hour of a day, or the same hour of each day.
 *
 * @param {Forecast} forecast
 * @param {Drawn} series
 * @param {number} span hours
 * @returns {{at: number, count: number}[]} ascending
 */
export function counted(forecast, series, span) {
  const last = Math.floor(Date.parse(forecast.at) / HOUR);
  return (forecast.pastAt ?? []).flatMap((instant, i) => {
    const at = Date.parse(instant);
    const before = last - at / HOUR;
    const count = series.past?.[i] ?? null;
    return count !== null && (span > 72 ? before % 24 === 0 : before <= PAST_HOURS) ? [{ at, count }] : [];
  });
}

/** @param {Change[]} changes @returns {Promise<import("./api.js").Answer<Forecast>>} */
export function askWhatIf(changes) {
  return /** @type {Promise<any>} */ (post("/forecast/what-if", { changes }, freshKey()));
}

/** @param {Forecast} forecast @param {string|null|undefined} pole */
export function poleOf(forecast, pole) {
  return forecast.poles?.find((one) => one.pole === pole) ?? null;
}

/** @param {Forecast} forecast @param {string|null} service @returns {Series|null} */
export function seriesOf(forecast, service) {
  return forecast.series?.find((one) => one.service === service) ?? null;
}
