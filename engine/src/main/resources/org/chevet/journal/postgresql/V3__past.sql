-- What a hospital's other systems remember of the time before its journal, to learn from. It decides nothing and is no part of the state.
CREATE TABLE past (
    hospital    text COLLATE "C" NOT NULL PRIMARY KEY,
    kind        text             NOT NULL, -- STAYS or CENSUS
    imported_at text             NOT NULL,
    from_at     text             NOT NULL, -- from then until then it tells of everybody who came and left
    until_at    text             NOT NULL,
    lines       bigint           NOT NULL  -- rows of past_line
);

CREATE TABLE past_line (
    hospital text COLLATE "C" NOT NULL,
    line     bigint           NOT NULL, -- of the file
    begins   text COLLATE "C" NOT NULL, -- the first time that is known of it, ISO 8601, in UTC: the order in which it is learned
    entry    text COLLATE "C" NOT NULL, -- likewise, into the service; empty in a census, and of who never came
    stay     text COLLATE "C" NOT NULL, -- empty in a census
    said     text             NOT NULL, -- the line itself, as JSON
    checksum integer          NOT NULL, -- CRC-32C over hospital, line and what was said
    PRIMARY KEY (hospital, line)
);
