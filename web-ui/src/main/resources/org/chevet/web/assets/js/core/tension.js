// @ts-check
/** @typedef {"NORMAL"|"WATCH"|"TENSION"|"CRISIS"} TensionLevel */
/**
 * @typedef {{service: string|null, level: TensionLevel, since: string, loadPercent: number|null, needed: number, staffed: number,
 *   thresholdPercent: number, shortage: number|null, saturationHours: number|null, thresholdHours: number|null, why: Why}} Level
 */
/**
 * @typedef {{id: string, title: string, level: TensionLevel, service: string|null, owner: string, deadlineMinutes: number,
 *   state: "IDLE"|"RAISED"|"OVERDUE"|"TAKEN_ON"|"CLOSED", raisedAt: string|null, due: string|null, takenOnAt: string|null,
 *   takenOnBy: string|null, closedAt: string|null, note: string|null, bedsGained: number|null}} Card
 */
/** @typedef {"LOAD"|"FORESEEN"|"SATURATION"|"HELD"} Why */
/** @typedef {{service: string|null, card: string|null, why: Why|null, value: number|null, limit: number|null, since: string}} Reason */
/**
 * @typedef {{key: string, kind: string, level: TensionLevel, since: string, reasons: Reason[], snoozedUntil: string|null,
 *   snoozeReason: string|null}} Alert
 */
/**
 * @typedef {{sequence: number, now: string, levels: Level[], cards: Card[], alerts: Alert[], snoozed: Alert[], unshown: number,
 *   changes: {at: string, service: string|null, from: TensionLevel, to: TensionLevel}[]}} Tension
 */
/** @typedef {{service: string|null, values: {indicator: string, unit: string, value: number|null, sequence: number, ageSeconds: number}[], dischargesByHour: number[]}} Scope */
/** @typedef {{mean: number, deviation: number, limit: number|null, milderDays: number|null}} Reference */
/**
 * @typedef {{indicator: string, unit: string, figure: number|null, historyDays: number, historySince: string|null, reference: Reference|null,
 *   level: number|null, unknown: string|null}} Measure
 */
/**
 * @typedef {{day: string, verdict: "GLOBAL_TENSION"|"NO_GLOBAL_TENSION"|"UNDECIDED", above: number, unknown: number, aboveForGlobal: number,
 *   historyDaysMin: number, six: Measure[]}} HospitalInTension
 */
/** @typedef {{now: string, days: number, inTension: HospitalInTension, scopes: Scope[]}} Indicators */
