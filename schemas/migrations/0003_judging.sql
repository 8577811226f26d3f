-- Ledgers of marks (账本): append-only records, one signed head a commit, and
-- beside them what may be erased without breaking the chain.
--
-- +goose Up

-- The head is the fence: an append names the head that it expects. The row is
-- updated at every commit, so pages keep room for updates in place.
CREATE TABLE ledgers (
    ledger_id uuid    NOT NULL,
    epoch     bigint  NOT NULL DEFAULT 1, -- raised only when history is another: a restored backup
    seq       bigint  NOT NULL DEFAULT 0,
    head_hash bytea   NOT NULL,           -- hash of record seq; for 0 the ledger's genesis
    CONSTRAINT ledgers_id_pk PRIMARY KEY (ledger_id),
    CONSTRAINT ledgers_epoch_check CHECK (epoch >= 1),
    CONSTRAINT ledgers_seq_check CHECK (seq >= 0),
    CONSTRAINT ledgers_hash_check CHECK (octet_length(head_hash) = 32)
) WITH (fillfactor = 40);

-- No foreign key to ledgers: the one statement that writes here joins the row
-- that it has just moved, and a check per row would cost a tenth of the rate.
CREATE TABLE records (
    ledger_id uuid   NOT NULL,
    seq       bigint NOT NULL,
    mark_id   uuid   NOT NULL,
    payload   bytea  NOT NULL, -- digest of what was sent, to tell a replay from another payload
    body      bytea  NOT NULL,
    hash      bytea  NOT NULL,
    CONSTRAINT records_seq_pk PRIMARY KEY (ledger_id, seq),
    CONSTRAINT records_mark_key UNIQUE (mark_id),
    CONSTRAINT records_seq_check CHECK (seq >= 1),
    CONSTRAINT records_payload_check CHECK (octet_length(payload) = 16),
    CONSTRAINT records_hash_check CHECK (octet_length(hash) = 32)
);

CREATE TABLE heads (
    ledger_id uuid   NOT NULL,
    size      bigint NOT NULL,
    note      text   NOT NULL,
    CONSTRAINT heads_size_pk PRIMARY KEY (ledger_id, size),
    CONSTRAINT heads_size_check CHECK (size >= 1)
);

-- Remarks and reasons; the record carries the hash.
CREATE TABLE texts (
    hash      bytea NOT NULL,
    ledger_id uuid  NOT NULL,
    mark_id   uuid  NOT NULL,
    text      text  NOT NULL,
    CONSTRAINT texts_hash_pk PRIMARY KEY (hash)
);

CREATE INDEX texts_ledger_idx ON texts (ledger_id, mark_id);

-- A refused mark fills its device's number, so that it is no hole later.
CREATE TABLE refusals (
    ledger_id  uuid        NOT NULL,
    device_id  uuid        NOT NULL,
    device_seq bigint      NOT NULL,
    mark_id    uuid        NOT NULL,
    code       text        NOT NULL,
    refused_at timestamptz NOT NULL,
    CONSTRAINT refusals_number_pk PRIMARY KEY (ledger_id, device_id, device_seq, mark_id)
);

-- +goose StatementBegin
CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: a ledger only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER records_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON records
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER heads_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON heads
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledgers_stay BEFORE DELETE OR TRUNCATE ON ledgers
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
