-- What happened, for good: rows are added, never changed. Times are ISO 8601, in UTC.
-- The key (hospital, seq) is also the fence: two writers cannot both append a hospital's event N.
CREATE TABLE event (
    hospital        TEXT    NOT NULL,
    seq             INTEGER NOT NULL CHECK (seq > 0), -- 1, 2, 3 … in each hospital
    act             INTEGER NOT NULL,                 -- seq of the first event of the same act
    at              TEXT    NOT NULL,                 -- when it took effect
    recorded_at     TEXT    NOT NULL,                 -- when Chevet learned of it, in the hospital's time
    origin          TEXT    NOT NULL,                 -- who or what said so, as JSON
    type            TEXT    NOT NULL,
    version         INTEGER NOT NULL,                 -- of the type's shape
    idempotency_key TEXT,                             -- the sender's number for the act, on the act's last event
    event           TEXT    NOT NULL,                 -- the event itself, as JSON
    PRIMARY KEY (hospital, seq)
) STRICT;

-- The recent keys are read at each start; this index alone answers.
CREATE INDEX event_by_key ON event (hospital, seq, act, idempotency_key) WHERE idempotency_key IS NOT NULL;

CREATE TABLE snapshot (
    hospital   TEXT    NOT NULL,
    seq        INTEGER NOT NULL, -- the last event it contains
    digest     INTEGER NOT NULL, -- of the state; compared before the snapshot is trusted
    created_at TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    state      BLOB    NOT NULL, -- gzipped JSON
    PRIMARY KEY (hospital, seq)
) STRICT;

-- Written when the journal has failed, to find out whether it works again.
CREATE TABLE probe (
    id    INTEGER NOT NULL PRIMARY KEY,
    bytes BLOB    NOT NULL
) STRICT;
