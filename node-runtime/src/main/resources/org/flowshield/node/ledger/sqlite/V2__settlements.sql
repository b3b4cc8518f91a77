-- Transactions that redeem vouchers, kept before they are handed in: a restart finds out what became of them.

CREATE TABLE settlements (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    transaction_hash BLOB NOT NULL,
    sender BLOB NOT NULL,
    nonce INTEGER NOT NULL,
    contract BLOB NOT NULL,
    data BLOB NOT NULL,
    value BLOB NOT NULL,
    purpose TEXT NOT NULL,
    gas_limit INTEGER NOT NULL,
    max_fee BLOB NOT NULL,
    priority_fee BLOB NOT NULL,
    signed BLOB NOT NULL,
    begun INTEGER NOT NULL,
    ended INTEGER,
    cost BLOB NOT NULL,
    detail TEXT NOT NULL,
    seal BLOB NOT NULL
) STRICT;

CREATE INDEX settlements_unfinished ON settlements (id) WHERE ended IS NULL;

CREATE TABLE settled_channels (
    settlement INTEGER NOT NULL REFERENCES settlements (id),
    place INTEGER NOT NULL,
    channel BLOB NOT NULL,
    up_to BLOB NOT NULL,
    moved BLOB NOT NULL,
    PRIMARY KEY (settlement, place)
) STRICT;
