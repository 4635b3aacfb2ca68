-- What version 5 of the tables added: API keys and usage plans.

-- API keys in the order of their making, each found by a keyed digest of its value, which no two of a scope share. The
-- value itself is in the sealed document alone.
CREATE TABLE api_key (
    serial  INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,
    region  TEXT NOT NULL,
    id      TEXT NOT NULL,
    digest  BLOB NOT NULL,
    UNIQUE (account, region, id),
    UNIQUE (account, region, digest)
);
CREATE INDEX api_key_newest ON api_key (account, region, serial);
-- Which secret key the digests are made with; one row.
CREATE TABLE api_key_digest (secret TEXT NOT NULL);
-- How many keys each scope has, so that nobody counts a million of them.
CREATE TABLE api_key_count (
    account TEXT NOT NULL,
    region  TEXT NOT NULL,
    count   INTEGER NOT NULL,
    PRIMARY KEY (account, region)
) WITHOUT ROWID;
CREATE TRIGGER api_key_made AFTER INSERT ON api_key BEGIN
    INSERT INTO api_key_count VALUES (new.account, new.region, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER api_key_gone AFTER DELETE ON api_key BEGIN
    UPDATE api_key_count SET count = count - 1 WHERE account = old.account AND region = old.region;
END;

-- The plans of a key; the keys of a plan, newest last; all plans.
CREATE INDEX document_plans_of_key ON document (account, region, id) WHERE kind = 'usage_plan_key';
CREATE INDEX document_keys_of_plan ON document (account, region, owner, created, id) WHERE kind = 'usage_plan_key';
CREATE INDEX document_usage_plan ON document (account, region, owner) WHERE kind = 'usage_plan';

-- With which key each sealed document is sealed, so that a starting store reads none of a million.
DROP INDEX document_secret;
CREATE INDEX document_secret ON document (substr(body, 1, 17))
    WHERE kind IN ('function', 'function_version', 'access_key', 'api_key');
