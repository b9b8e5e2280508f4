// @ts-check
/**
 * @import {Anomaly, Barrier, Bed, BedRequest, InterhospitalTransfer, Quarantined, Service, StayCell, StayDetails} from "../core/types.js"
 */
import { nowMillis } from "../core/clock.js";
import { freshKey } from "../core/api.js";
import { otherHospitals } from "../core/hospitals.js";
import { board, findStay } from "../core/store.js";
import { toLocalField } from "../i18n/format.js";
import { t } from "../i18n/index.js";

const HOUR = 3_600_000;

/**
 * What an act is about.
 * @typedef {object} Subject
 * @property {Bed} [bed]
 * @property {StayCell} [stay]
 * @property {StayDetails} [details]
 * @property {Service} [service]
 * @property {BedRequest} [request]
 * @property {InterhospitalTransfer} [transfer]
 * @property {Anomaly} [anomaly]
 * @property {Quarantined} [message]
 * @property {number} [act]
 * @property {string} [card] an action card of the hospital
 * @property {string} [alert]
 * @property {Barrier} [barrier] of the stay
 */

/**
 * A thing that the act needs to be told. Its label is `field.<name>` of the catalogue.
 * @typedef {object} Field
 * @property {string} name
 * @property {"text"|"note"|"choice"|"time"|"flag"|"number"|"date"|"bed"|"stay"|"service"|"serviceThere"|"request"|"specialty"|"equipment"|"hospital"} kind
 * @property {boolean} [required]
 * @property {boolean} [wide]
 * @property {readonly string[]|((subject: Subject) => readonly string[])} [options] of a choice
 * @property {string} [family] where the words of its options are
 * @property {(subject: Subject) => any} [initial]
 * @property {(bed: Bed) => boolean} [suits] of a bed: which ones the board proposes
 * @property {Field[]} [fills] of a stay: which other fields take what is known of it
 */

/**
 * An act as a form: `act.<id>` is its name, `act.<id>.will` what it will do.
 * @typedef {object} Act
 * @property {string} [key] the key that opens it in the panel
 * @property {boolean} [grave] not to be done by habit
 * @property {boolean} [final] not to be taken back
 * @property {Field[]} fields
 * @property {(subject: any, values: Record<string, any>) => [string, object]} command the contract's act and its body
 * @property {(subject: any) => string} [path] where it is asked for, when that is not among the acts
 */

const ISOLATIONS = ["NONE", "CONTACT", "DROPLET", "AIRBORNE", "PROTECTIVE"];
const LEVELS = ["REHABILITATION", "ACUTE", "INTERMEDIATE", "INTENSIVE"];
const SINGLES = ["INDIFFERENT", "PREFERRED", "PRESCRIBED"];
const SEXES = ["FEMALE", "MALE", "UNKNOWN"];
const REFUSALS = ["NO_STAFF", "BED_BEING_PREPARED", "WRONG_SPECIALTY", "NEEDS_TOO_HEAVY", "ISOLATION_IMPOSSIBLE", "DISCHARGE_NOT_SURE", "OTHER"];
export const OVERRIDES = ["NO_OTHER_BED", "CRISIS", "MEDICAL_DECISION", "FOR_SOME_HOURS", "RECORD_IS_WRONG", "OTHER"];
const BARRIERS = [
  "REHABILITATION_BED",
  "NURSING_HOME",
  "HOME_CARE",
  "EQUIPMENT",
  "TRANSPORT",
  "FAMILY",
  "SOCIAL",
  "LEGAL_PROTECTION",
  "EXAMINATION",
  "MEDICAL_ADVICE",
  "PHARMACY",
  "OTHER",
];
const BLOCKS = ["MAINTENANCE", "ISOLATION", "STAFF", "EQUIPMENT", "COURTESY", "OTHER"];

/** @type {Field} */
const AT = { name: "at", kind: "time" };
/** From when on a bed is held: one that is not free yet can be had for later. @type {Field} */
const COMES_FROM = { name: "comesFrom", kind: "time" };
/** @type {Field} */
const UNTIL = { name: "until", kind: "time", required: true, initial: () => nowMillis() + 2 * HOUR };

/** What is known of a barrier beside its kind. @type {Field[]} */
const OF_BARRIER = [
  { name: "owner", kind: "text", initial: ({ barrier }) => barrier?.owner ?? "" },
  { name: "expectedEnd", kind: "time", initial: ({ barrier }) => (barrier?.expectedEnd ? Date.parse(barrier.expectedEnd) : "") },
  { name: "note", kind: "text", wide: true, initial: ({ barrier }) => barrier?.note ?? "" },
];

/** @param {Subject} subject */
const barriersThere = ({ stay, barrier }) => (barrier === undefined ? (stay?.barriers ?? []).map(({ kind }) => kind) : [barrier.kind]);

/** @param {Subject} subject */
const barriersMissing = (subject) => BARRIERS.filter((kind) => !barriersThere(subject).includes(kind));

/** @param {StayCell} stay @param {string} kind @param {Record<string, any>} values @returns {[string, object]} */
const setBarrier = (stay, kind, { owner, note, expectedEnd }) => ["SetBarrier", { stay: stay.id, kind, owner: owner || null, note: note || null, expectedEnd }];

/** @param {Subject} subject @param {string} name */
const need = (subject, name) => /** @type {any} */ (subject.details?.needs ?? {})[name];

/** @type {Field[]} */
const NEEDS = [
  { name: "specialty", kind: "specialty", wide: true, initial: (subject) => need(subject, "specialty") ?? "" },
  { name: "isolation", kind: "choice", family: "isolation", options: ISOLATIONS, initial: (subject) => need(subject, "isolation") ?? "NONE" },
  { name: "organism", kind: "text", initial: (subject) => need(subject, "organism") ?? "" },
  { name: "levelOfCare", kind: "choice", family: "level", options: LEVELS, initial: (subject) => need(subject, "levelOfCare") ?? "ACUTE" },
  { name: "singleRoom", kind: "choice", family: "single", options: SINGLES, initial: (subject) => need(subject, "singleRoom") ?? "INDIFFERENT" },
  { name: "sex", kind: "choice", family: "sex", options: SEXES, initial: (subject) => subject.stay?.sex ?? need(subject, "sex") ?? "UNKNOWN" },
  { name: "ageYears", kind: "number", initial: (subject) => subject.stay?.age ?? need(subject, "ageYears") ?? "" },
  { name: "equipmentRequired", kind: "equipment", wide: true, initial: (subject) => need(subject, "equipmentRequired") ?? [] },
];

/** @param {Subject} subject @param {Record<string, any>} values */
function needs(subject, values) {
  return {
    specialty: values.specialty || null,
    levelOfCare: values.levelOfCare,
    isolation: values.isolation,
    sex: values.sex,
    ageYears: values.ageYears === "" ? null : Number(values.ageYears),
    equipmentRequired: values.equipmentRequired,
    equipmentPreferred: need(subject, "equipmentPreferred") ?? [],
    singleRoom: values.singleRoom,
    organism: values.organism || null,
  };
}

/** Beds someone could be put in. @param {Bed} bed */
const isUsable = (bed) => bed.state === "READY" || bed.state === "RESERVED";

/** @type {(name: string) => Act["command"]} */
const ofBed = (name) => (subject) => [name, { bed: subject.bed.id }];

/** @type {Record<string, Act>} */
export const ACTS = {
  admitHere: {
    key: "a",
    fields: [{ name: "stay", kind: "stay", required: true, wide: true, initial: ({ bed }) => reservedStay(bed) }, AT],
    command: ({ bed }, { stay, at }) => [
      board.value !== null && findStay(board.value, stay) !== null ? "TransferStay" : "AdmitStay",
      { stay, service: null, bed: bed.id, at, request: bed.reservation?.request ?? null },
    ],
  },
  reserve: {
    key: "r",
    fields: [{ name: "request", kind: "request", required: true, wide: true }, COMES_FROM, UNTIL],
    command: ({ bed }, { request, comesFrom, until }) => ["ReserveBed", { request, bed: bed.id, from: comesFrom, until }],
  },
  release: { key: "l", fields: [], command: ofBed("ReleaseReservation") },
  requestCleaning: {
    key: "n",
    fields: [{ name: "contaminated", kind: "flag", wide: true }],
    command: ({ bed }, { contaminated }) => ["RequestCleaning", { bed: bed.id, contaminated }],
  },
  startCleaning: { key: "n", fields: [], command: ofBed("StartCleaning") },
  finishCleaning: { key: "f", fields: [], command: ofBed("FinishCleaning") },
  block: {
    key: "b",
    fields: [
      { name: "reason", kind: "choice", family: "block", options: BLOCKS, required: true, initial: () => "MAINTENANCE" },
      { name: "expectedEnd", kind: "time" },
      { name: "note", kind: "text", wide: true },
    ],
    command: ({ bed }, { reason, note, expectedEnd }) => ["BlockBed", { bed: bed.id, reason, note: note || null, expectedEnd }],
  },
  unblock: { key: "b", fields: [], command: ofBed("UnblockBed") },
  close: { key: "c", fields: [], command: ofBed("CloseBed") },
  open: { key: "c", fields: [], command: ofBed("OpenBed") },

  transfer: {
    key: "t",
    fields: [{ name: "bed", kind: "bed", required: true, wide: true, suits: isUsable }, AT],
    command: ({ stay }, { bed, at }) => ["TransferStay", { stay: stay.id, service: null, bed, at, request: requestOf(bed, stay.id) }],
  },
  admitTo: {
    key: "a",
    fields: [{ name: "bed", kind: "bed", required: true, wide: true, suits: isUsable }, AT],
    command: ({ details }, { bed, at }) => ["AdmitStay", { stay: details.id, service: null, bed, at, request: requestOf(bed, details.id) }],
  },
  moveToService: {
    fields: [{ name: "service", kind: "service", required: true, wide: true }, AT],
    command: ({ stay }, { service, at }) => ["TransferStay", { stay: stay.id, service, bed: null, at, request: null }],
  },
  swap: {
    key: "e",
    fields: [{ name: "otherBed", kind: "bed", required: true, wide: true, suits: (bed) => bed.state === "OCCUPIED" }],
    command: ({ stay }, { otherBed }) => [
      "SwapStays",
      { first: stay.id, second: board.value?.beds.get(otherBed)?.stays?.[0]?.id ?? otherBed },
    ],
  },
  planDischarge: {
    key: "d",
    fields: [{ name: "expected", kind: "time", required: true, initial: ({ stay }) => plannedOr(stay?.expectedDischarge) }],
    command: ({ stay }, { expected }) => ["PlanDischarge", { stay: stay.id, expected }],
  },
  withdrawDischarge: {
    fields: [],
    command: ({ stay }) => ["PlanDischarge", { stay: stay.id, expected: null }],
  },
  medicallyReady: { key: "m", fields: [], command: ({ stay }) => ["SetMedicallyReady", { stay: stay.id, ready: true }] },
  notMedicallyReady: { key: "m", fields: [], command: ({ stay }) => ["SetMedicallyReady", { stay: stay.id, ready: false }] },
  setBarrier: {
    key: "f",
    fields: [
      { name: "barrier", kind: "choice", family: "barrier", options: barriersMissing, required: true, initial: (subject) => barriersMissing(subject)[0] },
      ...OF_BARRIER,
    ],
    command: ({ stay }, values) => setBarrier(stay, values.barrier, values),
  },
  changeBarrier: { fields: OF_BARRIER, command: ({ stay, barrier }, values) => setBarrier(stay, barrier.kind, values) },
  liftBarrier: {
    key: "v",
    fields: [{ name: "barrier", kind: "choice", family: "barrier", options: barriersThere, wide: true, required: true, initial: (subject) => barriersThere(subject)[0] }],
    command: ({ stay }, { barrier }) => ["LiftBarrier", { stay: stay.id, kind: barrier }],
  },
  adminClosed: { fields: [], command: ({ stay }) => ["SetAdministrativelyClosed", { stay: stay.id, closed: true }] },
  adminReopened: { fields: [], command: ({ stay }) => ["SetAdministrativelyClosed", { stay: stay.id, closed: false }] },
  startLeave: { fields: [AT], command: ({ stay }, { at }) => ["StartLeave", { stay: stay.id, at }] },
  endLeave: { fields: [AT], command: ({ stay }, { at }) => ["EndLeave", { stay: stay.id, at }] },
  discharge: {
    key: "s",
    grave: true,
    fields: [
      { name: "ending", kind: "choice", family: "ending", options: ["DISCHARGED", "TRANSFERRED_OUT", "DIED"], required: true, initial: () => "DISCHARGED" },
      AT,
    ],
    command: ({ stay }, { ending, at }) => ["DischargeStay", { stay: stay.id, ending, at }],
  },
  changeNeeds: {
    key: "i",
    fields: NEEDS,
    command: (subject, values) => ["ChangeNeeds", { stay: subject.stay.id, needs: needs(subject, values) }],
  },
  cancelMovement: {
    grave: true,
    fields: [{ name: "why", kind: "text", required: true, wide: true }],
    command: ({ details }, { why }) => ["CancelMovement", { stay: details.id, movement: details.movements.at(-1).id, reason: why }],
  },
  updatePatient: {
    fields: [
      { name: "familyName", kind: "text", initial: ({ details }) => details?.patient.familyName },
      { name: "givenName", kind: "text", initial: ({ details }) => details?.patient.givenName },
      { name: "birthDate", kind: "date", initial: ({ details }) => details?.patient.birthDate },
      { name: "sex", kind: "choice", family: "sex", options: SEXES, initial: ({ details }) => details?.patient.sex ?? "UNKNOWN" },
      { name: "identifier", kind: "text", wide: true, initial: ({ details }) => details?.patient.identifier },
    ],
    command: ({ details }, { familyName, givenName, birthDate, sex, identifier }) => [
      "UpdatePatient",
      {
        stay: details.id,
        patient: { identifier: identifier || null, familyName: familyName || null, givenName: givenName || null, sex, birthDate: birthDate || null },
      },
    ],
  },
  mergeStay: {
    grave: true,
    final: true,
    fields: [{ name: "otherStay", kind: "text", required: true, wide: true }],
    command: ({ details }, { otherStay }) => ["MergeStays", { from: details.id, into: otherStay }],
  },
  cancelRegistration: { grave: true, fields: [], command: ({ details }) => ["CancelRegistration", { stay: details.id }] },
  register: {
    fields: [
      { name: "newStay", kind: "text", required: true },
      { name: "sex", kind: "choice", family: "sex", options: SEXES, initial: () => "UNKNOWN" },
      { name: "familyName", kind: "text" },
      { name: "givenName", kind: "text" },
      { name: "birthDate", kind: "date" },
      { name: "expectedArrival", kind: "time" },
      ...NEEDS.filter(({ name }) => name !== "sex" && name !== "ageYears"),
    ],
    command: (subject, values) => [
      "RegisterStay",
      {
        stay: values.newStay,
        patient: {
          identifier: null,
          familyName: values.familyName || null,
          givenName: values.givenName || null,
          sex: values.sex,
          birthDate: values.birthDate || null,
        },
        needs: needs(subject, { ...values, ageYears: "" }),
        patientClass: "INPATIENT",
        expectedArrival: values.expectedArrival,
      },
    ],
  },

  requestBed: {
    fields: [
      { name: "forStay", kind: "stay", fills: NEEDS, initial: ({ stay }) => stay?.id ?? "" },
      { name: "origin", kind: "choice", family: "origin", options: ["EMERGENCY_DEPARTMENT", "ELECTIVE", "INTERNAL", "OTHER_HOSPITAL"], initial: ({ stay }) => (stay && stay.class !== "EMERGENCY" ? "INTERNAL" : "EMERGENCY_DEPARTMENT") },
      { name: "priority", kind: "choice", family: "priority", options: ["1", "2", "3", "4", "5"], initial: () => "3" },
      { name: "service", kind: "service" },
      ...NEEDS,
      { name: "neededAt", kind: "time" },
      { name: "expectedDays", kind: "number" },
      { name: "note", kind: "text", wide: true },
    ],
    command: (subject, values) => [
      "RequestBed",
      {
        request: `D-${freshKey().slice(0, 8).toUpperCase()}`,
        stay: values.forStay || null,
        service: values.service || null,
        origin: values.origin,
        needs: needs(subject, values),
        priority: Number(values.priority),
        neededAt: values.neededAt,
        expectedLength: values.expectedDays === "" ? null : `PT${Math.round(Number(values.expectedDays) * 24)}H`,
        note: values.note || null,
      },
    ],
  },
  reserveFor: {
    key: "r",
    fields: [
      { name: "bed", kind: "bed", required: true, wide: true, suits: (bed) => bed.state !== "CLOSED" && bed.reservation === undefined },
      COMES_FROM,
      UNTIL,
    ],
    command: ({ request }, { bed, comesFrom, until }) => ["ReserveBed", { request: request.id, bed, from: comesFrom, until }],
  },
  refuseRequest: {
    key: "x",
    fields: [
      { name: "reason", kind: "choice", family: "refusal", options: REFUSALS, wide: true, required: true, initial: () => "NO_STAFF" },
      { name: "service", kind: "service", initial: ({ request }) => board.value?.beds.get(request?.bed ?? "")?.service ?? request?.service ?? "" },
      { name: "bed", kind: "bed", initial: ({ request }) => request?.bed ?? "" },
      { name: "note", kind: "text", wide: true },
    ],
    command: ({ request }, { reason, service, bed, note }) => [
      "RefuseBedRequest",
      { request: request.id, service: bed === "" ? service || null : null, bed: bed || null, reason, text: note || null },
    ],
  },
  counterPropose: {
    key: "k",
    fields: [
      { name: "bed", kind: "bed", required: true, wide: true, suits: (bed) => bed.state !== "CLOSED" },
      COMES_FROM,
      { name: "note", kind: "text", wide: true },
    ],
    command: ({ request }, { bed, comesFrom, note }) => ["CounterProposeBed", { request: request.id, bed, from: comesFrom, note: note || null }],
  },
  acceptCounterProposal: {
    key: "o",
    fields: [UNTIL],
    command: ({ request }, { until }) => ["AcceptCounterProposal", { request: request.id, until }],
  },
  declineCounterProposal: {
    fields: [{ name: "note", kind: "text", wide: true }],
    command: ({ request }, { note }) => ["DeclineCounterProposal", { request: request.id, note: note || null }],
  },
  releaseFor: { key: "l", fields: [], command: ({ request }) => ["ReleaseReservation", { bed: request.bed }] },
  cancelRequest: {
    fields: [{ name: "why", kind: "text", wide: true }],
    command: ({ request }, { why }) => ["CancelBedRequest", { request: request.id, reason: why || null }],
  },

  askTransfer: {
    fields: [
      { name: "hospital", kind: "hospital", required: true, wide: true },
      { name: "service", kind: "serviceThere", wide: true },
      { name: "specialty", kind: "specialty", initial: (subject) => need(subject, "specialty") ?? subject.stay?.specialty ?? "" },
      { name: "priority", kind: "choice", family: "priority", options: ["1", "2", "3", "4", "5"], initial: () => "3" },
      { name: "neededAt", kind: "time" },
      { name: "note", kind: "text", wide: true },
    ],
    command: ({ stay }, { hospital, service, specialty, priority, neededAt, note }) => [
      "AskInterhospitalTransfer",
      { stay: stay.id, hospital, service: service || null, specialty: specialty || null, priority: Number(priority), neededAt, note: note || null },
    ],
  },
  offerTransfer: {
    key: "r",
    final: true,
    fields: [
      { name: "bed", kind: "bed", required: true, wide: true, suits: (bed) => bed.state === "READY" },
      UNTIL,
    ],
    command: ({ transfer }, { bed, until }) => ["OfferInterhospitalTransfer", { transfer: transfer.id, bed, until }],
  },
  declineTransfer: {
    final: true,
    fields: [{ name: "why", kind: "text", required: true, wide: true }],
    command: ({ transfer }, { why }) => ["DeclineInterhospitalTransfer", { transfer: transfer.id, reason: why }],
  },
  acceptTransfer: { final: true, fields: [], command: ({ transfer }) => ["AcceptInterhospitalTransfer", { transfer: transfer.id }] },
  departTransfer: { final: true, fields: [AT], command: ({ transfer }, { at }) => ["RecordInterhospitalDeparture", { transfer: transfer.id, at }] },
  arriveTransfer: {
    final: true,
    fields: [
      { name: "stay", kind: "stay", required: true, wide: true },
      { name: "bed", kind: "bed", required: true, wide: true, suits: isUsable, initial: ({ transfer }) => transfer?.offer?.bed ?? "" },
      AT,
    ],
    command: ({ transfer }, { stay, bed, at }) => ["RecordInterhospitalArrival", { transfer: transfer.id, stay, bed, at }],
  },
  cancelTransfer: {
    final: true,
    fields: [{ name: "why", kind: "text", required: true, wide: true }],
    command: ({ transfer }, { why }) => ["CancelInterhospitalTransfer", { transfer: transfer.id, reason: why, whereabouts: null }],
  },
  cancelTransferOnTheWay: {
    final: true,
    fields: [
      { name: "whereabouts", kind: "choice", family: "whereabouts", options: ["SENDING_HOSPITAL", "ELSEWHERE"], wide: true, initial: () => "SENDING_HOSPITAL" },
      { name: "why", kind: "text", required: true, wide: true },
    ],
    command: ({ transfer }, { whereabouts, why }) => ["CancelInterhospitalTransfer", { transfer: transfer.id, reason: why, whereabouts }],
  },

  staffed: {
    fields: [{ name: "beds", kind: "number", required: true, initial: ({ service }) => service?.counts.staffed }],
    command: ({ service }, { beds }) => ["SetStaffedCapacity", { service: service.id, beds: Number(beds) }],
  },
  surge: {
    fields: [{ name: "beds", kind: "number", required: true, initial: ({ service }) => service?.counts.surgeOpen }],
    command: ({ service }, { beds }) => ["SetSurgeBeds", { service: service.id, beds: Number(beds) }],
  },

  resolveAnomaly: {
    fields: [{ name: "found", kind: "text", required: true, wide: true }],
    command: ({ anomaly }, { found }) => ["ResolveAnomaly", { anomaly: anomaly.key, note: found }],
  },
  replayMessage: {
    final: true,
    fields: [],
    path: ({ message }) => `/quarantine/${encodeURIComponent(message.id)}/replay`,
    command: () => ["ReplayQuarantined", {}],
  },
  discardMessage: {
    grave: true,
    fields: [{ name: "why", kind: "text", required: true, wide: true }],
    command: ({ message }, { why }) => ["DiscardQuarantined", { message: message.id, reason: why }],
  },
  takeOnCard: {
    fields: [],
    command: ({ card }) => ["AcknowledgeActionCard", { card }],
  },
  closeCard: {
    fields: [{ name: "found", kind: "text", wide: true }],
    command: ({ card }, { found }) => ["CloseActionCard", { card, note: found || null }],
  },
  snoozeAlert: {
    fields: [
      { name: "until", kind: "time", required: true, initial: () => nowMillis() + 2 * HOUR },
      { name: "why", kind: "text", required: true, wide: true },
    ],
    command: ({ alert }, { until, why }) => ["SnoozeAlert", { alert, until, reason: why }],
  },
  undo: {
    final: true,
    fields: [{ name: "why", kind: "text", required: true, wide: true, initial: () => t("undo.usualReason") }],
    command: ({ act }, { why }) => ["UndoAct", { act, reason: why }],
  },
};

/** What can be done with a bed as it stands, the likeliest first. @param {Bed} bed */
export function actsOfBed(bed) {
  const acts = actsByState(bed);
  return bed.reservation && !acts.includes("release") ? [...acts, "release"] : acts;
}

/** @param {Bed} bed */
function actsByState(bed) {
  switch (bed.state) {
    case "READY":
      return ["admitHere", "reserve", "requestCleaning", "block", "close"];
    case "RESERVED":
      return ["admitHere", "release", "block", "close"];
    case "OCCUPIED":
      return [...(bed.block ? ["unblock"] : []), ...toReserve(bed)];
    case "TO_CLEAN":
      return ["startCleaning", "finishCleaning", ...toReserve(bed), "block", "close"];
    case "CLEANING":
      return ["finishCleaning", ...toReserve(bed), "block", "close"];
    case "BLOCKED":
      return ["unblock", ...(bed.condition === undefined ? ["requestCleaning"] : ["startCleaning", "finishCleaning"]), "close"];
    case "CLOSED":
      return ["open"];
  }
}

/** What is not free yet can be held for later, for one request. @param {Bed} bed */
function toReserve(bed) {
  return bed.reservation === undefined ? ["reserve"] : [];
}

/** Of a stay that is not on the board. @type {Record<string, string[]>} */
const ACTS_OF_ABSENT = {
  EXPECTED: ["admitTo", "updatePatient", "cancelRegistration", "mergeStay"],
  ENDED: ["cancelMovement", "updatePatient", "mergeStay"],
};

/**
 * What can be done with a stay as it stands.
 * @param {Subject} subject
 */
export function actsOfStay({ stay, details, bed }) {
  if (stay === undefined) {
    return ACTS_OF_ABSENT[details?.status ?? ""] ?? [];
  }
  const away = stay.status === "ON_LEAVE";
  return [
    "transfer",
    "planDischarge",
    stay.medicallyReady ? "notMedicallyReady" : "medicallyReady",
    "setBarrier",
    "discharge",
    ...(bed ? ["swap"] : []),
    ...(details ? ["changeNeeds"] : []),
    "requestBed",
    ...(otherHospitals().length > 0 ? ["askTransfer"] : []),
    away ? "endLeave" : "startLeave",
    stay.closed ? "adminReopened" : "adminClosed",
    ...(stay.expectedDischarge ? ["withdrawDischarge"] : []),
    "moveToService",
    ...(details ? ["updatePatient"] : []),
    ...(details && details.movements.length > 0 ? ["cancelMovement"] : []),
    ...(details ? ["mergeStay"] : []),
  ];
}

/** The steps of a transfer that are this hospital's to make, the likeliest first. @param {InterhospitalTransfer} transfer */
export function actsOfTransfer({ side, state, offer, departed }) {
  const cancel = departed ? "cancelTransferOnTheWay" : "cancelTransfer";
  const here = side === "SENDING";
  switch (state) {
    case "ASKED":
      return here ? [cancel] : ["offerTransfer", "declineTransfer"];
    case "OFFERED":
      return here ? ["acceptTransfer", cancel] : ["declineTransfer"];
    case "ACCEPTED":
      return here ? ["departTransfer", cancel] : ["arriveTransfer", cancel];
    case "DEPARTED":
      return here ? [cancel] : ["arriveTransfer", ...(offer === null ? ["offerTransfer"] : []), cancel];
    case "ARRIVED":
    case "DECLINED":
    case "CANCELLED":
      return [];
  }
}

/** Whose bed it is reserved for, when that is known. @param {Bed|undefined} bed */
function reservedStay(bed) {
  const request = board.value?.requests.find((one) => one.id === bed?.reservation?.request);
  return request?.stay ?? "";
}

/**
 * The request that going to this bed answers: one of this stay, whose bed it is, or none.
 *
 * @param {string} bed
 * @param {string} stay
 */
function requestOf(bed, stay) {
  const reservation = board.value?.beds.get(bed)?.reservation;
  return board.value?.requests.find((one) => one.id === reservation?.request && one.stay === stay)?.id ?? null;
}

/** The plan as it is, or tomorrow at 11. @param {string|undefined} expected */
function plannedOr(expected) {
  if (expected !== undefined) {
    return Date.parse(expected);
  }
  const tomorrow = toLocalField(nowMillis() + 24 * HOUR);
  return `${tomorrow.slice(0, 10)}T11:00`;
}
