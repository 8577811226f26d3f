-- Corrections (更正): the written reports by which a mark changes after marking is
-- over, with what was shown before they were confirmed. Whether one was carried out,
-- the ledger says: it knows the record then. Events are not referenced.
--
-- +goose Up
CREATE TABLE corrections (
    correction_id uuid        NOT NULL,
    event_id      uuid        NOT NULL,
    seq           bigint      NOT NULL, -- the ledger that was shown
    entry         integer     NOT NULL, -- the entry's ordinal
    chair         integer     NOT NULL, -- 0: a number from outside
    aspect        text        NOT NULL,
    attempt       integer     NOT NULL,
    round         integer     NOT NULL,
    old_kind      text        NOT NULL, -- empty: there was none
    old_value     text        NOT NULL,
    new_kind      text        NOT NULL,
    new_value     text        NOT NULL,
    reason        text        NOT NULL,
    by_id         uuid        NOT NULL,
    by_name       text        NOT NULL,
    second_id     uuid        NOT NULL,
    second        text        NOT NULL,
    made_at       timestamptz NOT NULL,
    counted       uuid        NOT NULL, -- the record's mark id
    shown         bytea       NOT NULL, -- what was shown before, as JSON
    CONSTRAINT corrections_id_pk PRIMARY KEY (correction_id),
    CONSTRAINT corrections_kind_check CHECK (new_kind IN ('mark', 'not_performed')),
    CONSTRAINT corrections_reason_check CHECK (length(reason) >= 5),
    CONSTRAINT corrections_second_check CHECK (second_id <> by_id)
);
CREATE INDEX corrections_event_idx ON corrections (event_id, made_at);

-- +goose StatementBegin
CREATE FUNCTION refuse_corrections_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: it only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
-- +goose StatementEnd

CREATE TRIGGER corrections_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON corrections
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_corrections_change();
