-- What version 4 of the tables added.

-- What keys used of usage plans, by UTC day. Rows are no documents: no revision, no log. `used` counts what is reserved.
CREATE TABLE usage (
    account TEXT NOT NULL,
    region  TEXT NOT NULL,
    plan    TEXT NOT NULL,
    key     TEXT NOT NULL,
    day     INTEGER NOT NULL,
    used    INTEGER NOT NULL,
    granted INTEGER NOT NULL,
    PRIMARY KEY (account, region, plan, key, day)
) WITHOUT ROWID;
CREATE INDEX usage_day ON usage (day);
