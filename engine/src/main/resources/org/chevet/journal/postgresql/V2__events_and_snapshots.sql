-- Begins at the version that the SQLite schema had reached, so that one number means one shape in both.

-- What happened, for good: rows are added, never changed. Times are ISO 8601, in UTC, to the nanosecond.
-- The key (hospital, seq) is also the fence: two writers cannot both append a hospital's event N.
CREATE TABLE event (
    -- Compared byte by byte: an index in a language's order breaks when the system's libraries are upgraded.
    hospital        text COLLATE "C" NOT NULL,
    seq             bigint           NOT NULL CHECK (seq > 0), -- 1, 2, 3 … in each hospital
    act             bigint           NOT NULL,                 -- seq of the first event of the same act
    at              text             NOT NULL,                 -- when it took effect
    recorded_at     text             NOT NULL,                 -- when Chevet learned of it, in the hospital's time
    -- json keeps the text as it was written; jsonb would not, and the checksum is over the text.
    origin          json             NOT NULL,                 -- who or what said so
    type            text             NOT NULL,
    version         integer          NOT NULL,                 -- of the type's shape
    idempotency_key text,                                      -- the sender's number for the act, on the act's last event
    event           json             NOT NULL,                 -- the event itself
    checksum        integer          NOT NULL,                 -- CRC-32C over all the columns before
    PRIMARY KEY (hospital, seq)
);

-- The recent keys are read at each start; this index alone answers.
CREATE INDEX event_by_key ON event (hospital, seq) INCLUDE (act, idempotency_key) WHERE idempotency_key IS NOT NULL;

CREATE TABLE snapshot (
    hospital   text COLLATE "C" NOT NULL,
    seq        bigint           NOT NULL, -- the last event it contains
    digest     bigint           NOT NULL, -- of the state; compared before the snapshot is trusted
    created_at timestamptz      NOT NULL DEFAULT now(),
    state      bytea            NOT NULL, -- gzipped JSON
    PRIMARY KEY (hospital, seq)
);

-- Gzipped already: the server need not try.
ALTER TABLE snapshot ALTER COLUMN state SET STORAGE EXTERNAL;

-- Written when the journal has failed, to find out whether it works again.
CREATE TABLE probe (
    id    integer NOT NULL PRIMARY KEY,
    bytes bytea   NOT NULL
);
