-- What version 2 of the tables added.

-- Blobs that a document names beside its own: the layers of a function version.
CREATE TABLE blob_use (
    account TEXT NOT NULL,
    region  TEXT NOT NULL,
    owner   TEXT NOT NULL,
    kind    TEXT NOT NULL,
    id      TEXT NOT NULL,
    sha256  TEXT NOT NULL,
    PRIMARY KEY (account, region, owner, kind, id, sha256)
) WITHOUT ROWID;
CREATE INDEX blob_use_sha256 ON blob_use (sha256);

-- Events that were accepted for a function and are not delivered yet. They are no documents: no revision, no log.
CREATE TABLE event (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    function       TEXT NOT NULL,
    request_id     TEXT NOT NULL,
    trace_id       TEXT,
    client_context TEXT,
    payload        BLOB NOT NULL,
    accepted       INTEGER NOT NULL,
    failures       INTEGER NOT NULL,
    attempts       INTEGER NOT NULL,
    due            INTEGER NOT NULL
);
