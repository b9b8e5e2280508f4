// @ts-check
/**
 * The shapes of the web contract, as the pages use them. Instants are ISO-8601 strings.
 *
 * @typedef {"READY"|"RESERVED"|"OCCUPIED"|"TO_CLEAN"|"CLEANING"|"BLOCKED"|"CLOSED"} BedState
 * @typedef {"NONE"|"CONTACT"|"DROPLET"|"AIRBORNE"|"PROTECTIVE"} Isolation
 * @typedef {"FEMALE"|"MALE"|"UNKNOWN"} Sex
 *
 * Of a stay that is opened, who sees to it and what was noted are there too.
 * @typedef {object} Barrier
 * @property {string} kind
 * @property {string} since
 * @property {string|null} [owner]
 * @property {string|null} [note]
 * @property {string|null} [expectedEnd]
 *
 * @typedef {object} StayCell
 * @property {string} id
 * @property {string} initials
 * @property {Sex} sex
 * @property {number} [age]
 * @property {string} [specialty]
 * @property {Isolation} [isolation]
 * @property {string} status
 * @property {string} since
 * @property {string} [expectedDischarge]
 * @property {boolean} [medicallyReady]
 * @property {string} [medicallyReadyAt]
 * @property {Barrier[]} [barriers] what keeps the patient here
 * @property {boolean} [closed]
 * @property {boolean} [outlier]
 * @property {string} [class]
 *
 * @typedef {object} BedCell
 * @property {string} id
 * @property {BedState} state
 * @property {string} since
 * @property {"TO_CLEAN"|"CLEANING"} [condition]
 * @property {boolean} [contaminated]
 * @property {{reason: string, note?: string|null, expectedEnd?: string|null}} [block]
 * @property {{request: string, until: string}} [reservation]
 * @property {StayCell[]} [stays]
 *
 * What never changes of a bed, and what the store knows besides.
 * @typedef {object} BedExtras
 * @property {string} [label]
 * @property {boolean} [surge]
 * @property {string[]} [equipment]
 * @property {string} room
 * @property {string} service
 * @property {boolean} anomaly
 * @typedef {BedCell & BedExtras} Bed
 *
 * @typedef {object} Counts
 * @property {number} physical
 * @property {number} open
 * @property {number} staffed
 * @property {number} surgeOpen
 * @property {number} surge
 * @property {number} occupied
 * @property {number} ready
 * @property {number} reserved
 * @property {number} toClean
 * @property {number} cleaning
 * @property {number} blocked
 * @property {number} closed
 * @property {number} present
 * @property {number} withoutBed
 *
 * @typedef {object} Room
 * @property {string} id
 * @property {number} capacity
 * @property {string} sexPolicy
 * @property {string} isolation
 * @property {Bed[]} beds
 *
 * @typedef {object} Service
 * @property {string} id
 * @property {string} name
 * @property {string|null} [site]
 * @property {string|null} [floor]
 * @property {string[]} specialties
 * @property {string} levelOfCare
 * @property {string} sexPolicy
 * @property {{fromYears: number, toYears: number}} ages
 * @property {Counts} counts
 * @property {Room[]} rooms
 * @property {StayCell[]} withoutBed
 *
 * @typedef {object} CareNeeds
 * @property {string|null} [specialty]
 * @property {string} levelOfCare
 * @property {Isolation} isolation
 * @property {Sex} sex
 * @property {number|null} [ageYears]
 * @property {string[]} equipmentRequired
 * @property {string[]} equipmentPreferred
 * @property {string} singleRoom
 * @property {string|null} [organism]
 *
 * @typedef {object} BedRequest
 * @property {string} id
 * @property {string|null} [stay]
 * @property {string|null} [service]
 * @property {string} origin
 * @property {CareNeeds} needs
 * @property {number} priority
 * @property {string} requestedAt
 * @property {string} neededAt
 * @property {number|null} [expectedLengthMinutes]
 * @property {string|null} [note]
 * @property {string|null} [bed]
 * @property {string|null} [reservedUntil]
 * @property {Acceptance|null} [acceptance] of the bed that is reserved: its service expects the patient
 * @property {Refusal[]} [refusals] the first made first
 * @property {CounterProposal|null} [counterProposal] which waits for an answer
 *
 * @typedef {{name: string, role: string}} Author
 * @typedef {{reason: string, text: string|null, rules: string[]}} RuleOverride
 * @typedef {{since: string, from: string|null, override: RuleOverride|null, by: Author|null}} Acceptance
 * @typedef {{service: string, bed: string|null, reason: string, text: string|null, at: string, by: Author|null}} Refusal
 * @typedef {{service: string, bed: string, from: string|null, note: string|null, at: string, by: Author|null}} CounterProposal
 *
 * A transfer between this hospital and another.
 * @typedef {object} InterhospitalTransfer
 * @property {string} id
 * @property {"SENDING"|"RECEIVING"} side which of the two this hospital is
 * @property {string} hospital the other one
 * @property {"ASKED"|"OFFERED"|"ACCEPTED"|"DEPARTED"|"ARRIVED"|"DECLINED"|"CANCELLED"} state
 * @property {string} since
 * @property {string} askedAt
 * @property {boolean} heard
 * @property {string|null} stay
 * @property {string|null} request
 * @property {string} initials
 * @property {CareNeeds} needs
 * @property {string|null} service
 * @property {number} priority
 * @property {string} neededAt
 * @property {string|null} note
 * @property {boolean} departed
 * @property {{service: string, bed: string, until: string}|null} offer
 * @property {{kind: string, at: string, reason: string|null, cause: string|null, stay: string|null, whereabouts: string|null}|null} outcome
 *
 * @typedef {object} Anomaly
 * @property {string} key
 * @property {string} kind
 * @property {string|null} [stay]
 * @property {string|null} [otherStay]
 * @property {string|null} [bed]
 * @property {string|null} [detail]
 * @property {string} since
 *
 * @typedef {{code: string, details: Record<string, string>}} QuarantineCause
 * @typedef {{id: string, feed: string, messageId: string, receivedAt: string, reason: string, cause?: QuarantineCause}} Quarantined
 *
 * @typedef {object} Feed
 * @property {string} name
 * @property {number} connections
 * @property {string|null} lastMessageAt
 * @property {boolean} silent
 * @property {number} received
 * @property {number} applied
 * @property {number} ignored
 * @property {number} quarantined
 *
 * @typedef {{now: string, speed: number, paused: boolean, adjustable: boolean}} Clock
 * `drill` is the title of the exercise, absent where the hospital is real.
 * @typedef {{id: string, name: string, timeZone: string, specialties: Record<string, string>, equipment: Record<string, string>, drill?: string}} Hospital
 * @typedef {{admitted: number, present: number, discharged: number, transferredOut: number, died: number}} Census
 *
 * @typedef {object} Movement
 * @property {string} id
 * @property {"ADMISSION"|"TRANSFER"|"LEAVE"|"RETURN"|"DISCHARGE"} kind
 * @property {string} at
 * @property {string|null} [service]
 * @property {string|null} [bed]
 * @property {string} patientClass
 * @property {string} statedAt
 * @property {string|null} [ending]
 *
 * @typedef {object} StayDetails
 * @property {string} id
 * @property {boolean} announced
 * @property {{identifier?: string|null, familyName?: string|null, givenName?: string|null, sex: Sex, birthDate?: string|null}} patient
 * @property {CareNeeds} needs
 * @property {string} patientClass
 * @property {string} status
 * @property {string|null} [ending]
 * @property {{service?: string|null, bed?: string|null}|null} [location]
 * @property {string|null} [expectedArrival]
 * @property {Movement[]} movements
 * @property {{statedAt: string, expected?: string|null}[]} plans
 * @property {string|null} [medicallyReadyAt]
 * @property {Barrier[]} barriers
 * @property {string|null} [administrativelyClosedAt]
 * @property {string|null} [mergedInto]
 *
 * @typedef {object} RecentAct
 * @property {number} act
 * @property {string} at
 * @property {string} recordedAt
 * @property {{name: string, role: string}} actor
 * @property {boolean} directed in a drill, by those who lead it
 * @property {({type: string} & Record<string, any>)[]} events
 *
 * A refusal or another failure (RFC 9457), as the pages show it. `rule` is there when a rule of the hospital refused.
 * @typedef {object} Problem
 * @property {number} status 0 when the server could not be reached
 * @property {string} [type]
 * @property {string} [title]
 * @property {string} [detail]
 * @property {string} [rule]
 * @property {string} [advice]
 * @property {Record<string, string>} [about]
 * @property {{field: string, message: string}[]} [errors]
 */
export {};
