-- Amounts are 16 bytes, big-endian, so that they sort as numbers; times are milliseconds since 1970; sides: 0 payer, 1 payee.
-- A seal is the hash of its row: a flipped bit does not go unnoticed.

CREATE TABLE ledger (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    changes INTEGER NOT NULL, -- how many commits changed something
    tables BLOB -- hash over the definitions of all tables; empty while they are being changed
) STRICT;

INSERT INTO ledger (id, changes) VALUES (1, 0);

CREATE TABLE channels (
    channel BLOB NOT NULL CHECK (length(channel) = 32),
    side INTEGER NOT NULL CHECK (side IN (0, 1)),
    chain INTEGER NOT NULL,
    contract BLOB NOT NULL,
    payer BLOB NOT NULL,
    payee BLOB NOT NULL,
    signer BLOB NOT NULL,
    salt BLOB NOT NULL,
    peer BLOB,
    offer_hash BLOB NOT NULL,
    deposit BLOB NOT NULL,
    claimed BLOB NOT NULL,
    opened_block INTEGER NOT NULL,
    status TEXT NOT NULL,
    closes_at INTEGER,
    seal BLOB NOT NULL,
    PRIMARY KEY (channel, side)
) STRICT;

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    first INTEGER NOT NULL, -- the session that it goes on with, itself if with none
    channel BLOB NOT NULL,
    side INTEGER NOT NULL,
    peer BLOB,
    started INTEGER NOT NULL,
    paid BLOB NOT NULL, -- written when it ends
    our_billable INTEGER NOT NULL,
    our_unsolicited INTEGER NOT NULL,
    their_billable INTEGER NOT NULL,
    their_unsolicited INTEGER NOT NULL,
    ended INTEGER,
    reason TEXT,
    seal BLOB NOT NULL,
    FOREIGN KEY (channel, side) REFERENCES channels (channel, side),
    FOREIGN KEY (first) REFERENCES sessions (id)
) STRICT;

CREATE INDEX sessions_by_first ON sessions (first);
CREATE INDEX sessions_running ON sessions (id) WHERE ended IS NULL;

CREATE TABLE vouchers (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    channel BLOB NOT NULL,
    side INTEGER NOT NULL,
    session INTEGER NOT NULL REFERENCES sessions (id),
    cumulative BLOB NOT NULL CHECK (length(cumulative) = 16),
    bytes_served INTEGER NOT NULL,
    signature BLOB NOT NULL,
    at INTEGER NOT NULL,
    previous BLOB NOT NULL, -- hash of the row before
    hash BLOB NOT NULL,
    FOREIGN KEY (channel, side) REFERENCES channels (channel, side)
) STRICT;

CREATE UNIQUE INDEX vouchers_by_amount ON vouchers (channel, side, cumulative);

CREATE TRIGGER vouchers_never_change BEFORE UPDATE ON vouchers
BEGIN
    SELECT RAISE(ABORT, 'vouchers are never changed');
END;

CREATE TRIGGER vouchers_never_go BEFORE DELETE ON vouchers
BEGIN
    SELECT RAISE(ABORT, 'vouchers are never deleted');
END;

CREATE TABLE caps (
    period TEXT PRIMARY KEY,
    cap BLOB NOT NULL,
    seal BLOB NOT NULL
) STRICT;
