-- What a hospital's other systems remember of the time before its journal, to learn from. It decides nothing and is no part of the state.
CREATE TABLE past (
    hospital    TEXT    NOT NULL PRIMARY KEY,
    kind        TEXT    NOT NULL, -- STAYS or CENSUS
    imported_at TEXT    NOT NULL,
    from_at     TEXT    NOT NULL, -- from then until then it tells of everybody who came and left
    until_at    TEXT    NOT NULL,
    lines       INTEGER NOT NULL  -- rows of past_line
) STRICT;

CREATE TABLE past_line (
    hospital TEXT    NOT NULL,
    line     INTEGER NOT NULL, -- of the file
    begins   TEXT    NOT NULL, -- the first time that is known of it, ISO 8601, in UTC: the order in which it is learned
    entry    TEXT    NOT NULL, -- likewise, into the service; empty in a census, and of who never came
    stay     TEXT    NOT NULL, -- empty in a census
    said     TEXT    NOT NULL, -- the line itself, as JSON
    checksum INTEGER NOT NULL, -- CRC-32C over hospital, line and what was said
    PRIMARY KEY (hospital, line)
) STRICT;
