-- What a fullnode knows of the market. All of it comes again from others if it is lost.
-- Amounts are 16 bytes, big-endian; times are milliseconds since 1970.

CREATE TABLE offers (
    slot INTEGER PRIMARY KEY,
    node BLOB NOT NULL CHECK (length(node) = 32),
    wallet BLOB NOT NULL CHECK (length(wallet) = 20),
    price BLOB NOT NULL,
    rate INTEGER NOT NULL,
    country INTEGER NOT NULL,
    valid_until INTEGER NOT NULL,
    offer_sequence INTEGER NOT NULL,
    where_sequence INTEGER NOT NULL,
    stake BLOB NOT NULL,
    heard_at INTEGER NOT NULL,
    watched_since INTEGER NOT NULL,
    up INTEGER NOT NULL
) STRICT;

-- Up to where the chain was heard when all above was so.
CREATE TABLE chain (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    next_block INTEGER NOT NULL
) STRICT;

-- Apart, so that a start does not read them.
CREATE TABLE records (
    slot INTEGER PRIMARY KEY,
    node BLOB NOT NULL CHECK (length(node) = 32),
    listing BLOB NOT NULL
) STRICT;
