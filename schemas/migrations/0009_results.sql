-- Results (成绩): draws of the recheck with what was found, and public notices.
-- The state of a result is derived and stored nowhere; here are acts of persons,
-- which are added and never changed. Events are not referenced: they are the
-- programme's.
--
-- +goose Up
CREATE TABLE rechecks (
    event_id    uuid        NOT NULL,
    number      integer     NOT NULL,
    rule_top    text        NOT NULL, -- shares as plain decimals
    rule_first  integer     NOT NULL,
    rule_rest   text        NOT NULL,
    rule_errors text        NOT NULL,
    seed        bytea       NOT NULL,
    seq         bigint      NOT NULL, -- the ledger at the draw
    head        text        NOT NULL,
    by_id       uuid        NOT NULL,
    by_name     text        NOT NULL,
    drawn_at    timestamptz NOT NULL,
    reason      text        NOT NULL,
    CONSTRAINT rechecks_number_pk PRIMARY KEY (event_id, number),
    CONSTRAINT rechecks_number_check CHECK (number >= 1),
    CONSTRAINT rechecks_seed_check CHECK (octet_length(seed) = 32),
    CONSTRAINT rechecks_reason_check CHECK (number = 1 OR reason <> '')
);

-- The draw's input, by lot.
CREATE TABLE recheck_fields (
    event_id uuid    NOT NULL,
    number   integer NOT NULL,
    lot      integer NOT NULL,
    entry    integer NOT NULL, -- the entry's ordinal
    rank     integer NOT NULL, -- 0: not ranked
    sheet    bytea   NOT NULL, -- digest of its marks
    CONSTRAINT recheck_fields_lot_pk PRIMARY KEY (event_id, number, lot),
    CONSTRAINT recheck_fields_draw_fk FOREIGN KEY (event_id, number) REFERENCES rechecks (event_id, number),
    CONSTRAINT recheck_fields_sheet_check CHECK (octet_length(sheet) = 32)
);

CREATE TABLE recheck_findings (
    event_id uuid        NOT NULL,
    recheck  integer     NOT NULL,
    number   integer     NOT NULL,
    entry    integer     NOT NULL,
    sheet    bytea       NOT NULL, -- digest of the marks that were looked at
    is_right boolean     NOT NULL,
    reason   text        NOT NULL,
    by_id    uuid        NOT NULL,
    by_name  text        NOT NULL,
    found_at timestamptz NOT NULL,
    CONSTRAINT recheck_findings_number_pk PRIMARY KEY (event_id, recheck, number),
    CONSTRAINT recheck_findings_draw_fk FOREIGN KEY (event_id, recheck) REFERENCES rechecks (event_id, number),
    CONSTRAINT recheck_findings_sheet_check CHECK (octet_length(sheet) = 32),
    CONSTRAINT recheck_findings_reason_check CHECK (is_right OR reason <> '')
);

CREATE TABLE result_notices (
    event_id  uuid        NOT NULL,
    number    integer     NOT NULL,
    list      bytea       NOT NULL, -- digest of the list that it covers
    place     text        NOT NULL,
    starts_on date        NOT NULL,
    ends_on   date        NOT NULL,
    by_id     uuid        NOT NULL,
    by_name   text        NOT NULL,
    given_at  timestamptz NOT NULL,
    CONSTRAINT result_notices_number_pk PRIMARY KEY (event_id, number),
    CONSTRAINT result_notices_number_check CHECK (number >= 1),
    CONSTRAINT result_notices_list_check CHECK (octet_length(list) = 32),
    CONSTRAINT result_notices_days_check CHECK (starts_on <= ends_on)
);

-- +goose StatementBegin
CREATE FUNCTION refuse_results_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what was drawn, found and announced only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER rechecks_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rechecks
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_results_change();
CREATE TRIGGER recheck_fields_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON recheck_fields
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_results_change();
CREATE TRIGGER recheck_findings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON recheck_findings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_results_change();
CREATE TRIGGER result_notices_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON result_notices
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_results_change();
