-- What version 6 of the tables added: what calls need of an API key, so that a starting node opens none of a million.

-- Nothing is open until the sealed documents have been read once more.
ALTER TABLE api_key ADD COLUMN enabled INTEGER NOT NULL DEFAULT 0;
-- Whether a file declares it.
ALTER TABLE api_key ADD COLUMN declared INTEGER NOT NULL DEFAULT 0;
CREATE INDEX api_key_declared ON api_key (serial) WHERE declared;
DELETE FROM api_key_digest;

-- Which keys files put into plans.
CREATE INDEX document_declared_plan_key ON document (owner)
    WHERE kind = 'usage_plan_key' AND json_extract(body, '$.declared_in') IS NOT NULL;
