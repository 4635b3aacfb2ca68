-- What version 3 of the tables added.

-- An access key is found by its id alone, whatever account it belongs to, and belongs to one.
CREATE UNIQUE INDEX document_access_key ON document (id) WHERE kind = 'access_key';
-- Documents that are sealed, for the look at their keys when the store opens.
CREATE INDEX document_secret ON document (kind) WHERE kind IN ('function', 'function_version', 'access_key');
