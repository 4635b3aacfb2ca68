-- The newest revision; one row.
CREATE TABLE head (newest INTEGER NOT NULL);
INSERT INTO head VALUES (0);

-- Each unit of compare-and-set and the revision of its last change.
CREATE TABLE unit (
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    owner    TEXT NOT NULL,
    created  INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (account, region, owner)
) WITHOUT ROWID;

-- `created` is the revision that first wrote the document: the order of creation.
CREATE TABLE document (
    account TEXT NOT NULL,
    region  TEXT NOT NULL,
    owner   TEXT NOT NULL,
    kind    TEXT NOT NULL,
    id      TEXT NOT NULL,
    created INTEGER NOT NULL,
    version INTEGER NOT NULL,
    blob    TEXT,
    body    TEXT NOT NULL,
    PRIMARY KEY (account, region, owner, kind, id)
) WITHOUT ROWID;
CREATE INDEX document_blob ON document (blob) WHERE blob IS NOT NULL;
-- A starting node reads all stages without passing over all documents.
CREATE INDEX document_stage ON document (account, region, owner, id) WHERE kind = 'stage';

-- What a deployment froze, compressed. It lives and dies with its deployment document.
CREATE TABLE snapshot (
    account TEXT NOT NULL,
    region  TEXT NOT NULL,
    owner   TEXT NOT NULL,
    id      TEXT NOT NULL,
    version INTEGER NOT NULL,
    body    BLOB NOT NULL,
    UNIQUE (account, region, owner, id)
);

-- Large bodies by the base64 SHA-256 of their content; kept while a document names them.
CREATE TABLE blob (
    sha256 TEXT NOT NULL UNIQUE,
    body   BLOB NOT NULL
);

CREATE TABLE log (
    revision INTEGER NOT NULL,
    position INTEGER NOT NULL,
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    owner    TEXT NOT NULL,
    kind     TEXT NOT NULL,
    id       TEXT NOT NULL,
    deleted  INTEGER NOT NULL,
    PRIMARY KEY (revision, position)
) WITHOUT ROWID;
