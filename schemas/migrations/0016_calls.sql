-- Calls (呼叫): a judge asks for somebody from his tablet, and what was said and done.
-- Both only grow: who called when, and who answered when, is part of the day's file.
-- Events are the programme's and not referenced.
--
-- +goose Up
CREATE TABLE calls (
    call_id   uuid        NOT NULL, -- made on the tablet
    event_id  uuid        NOT NULL,
    chair     integer     NOT NULL,
    device_id uuid        NOT NULL,
    about     text        NOT NULL,
    work      text        NOT NULL, -- the label that the judge knows; empty: of no work
    work_by   text        NOT NULL, -- what kind of label it is
    words     text        NOT NULL,
    client_at timestamptz NOT NULL, -- when it was made, by the tablet's clock
    made_at   timestamptz NOT NULL, -- when it came in
    CONSTRAINT calls_id_pk PRIMARY KEY (call_id),
    CONSTRAINT calls_chair_check CHECK (chair >= 1),
    CONSTRAINT calls_about_check CHECK (about IN ('help', 'device', 'dispute', 'label')),
    CONSTRAINT calls_work_check CHECK (work_by IN ('', 'open', 'seat', 'coded') AND (work = '') = (work_by = '')),
    CONSTRAINT calls_words_check CHECK (length(words) <= 300)
);
CREATE INDEX calls_event_idx ON calls (event_id, made_at);

CREATE TABLE call_words (
    call_id uuid        NOT NULL,
    number  integer     NOT NULL,
    what    text        NOT NULL,
    words   text        NOT NULL,
    by_id   uuid        NOT NULL, -- an account, or the tablet that takes its call back
    by_name text        NOT NULL,
    said_at timestamptz NOT NULL,
    CONSTRAINT call_words_number_pk PRIMARY KEY (call_id, number),
    CONSTRAINT call_words_call_fk FOREIGN KEY (call_id) REFERENCES calls (call_id),
    CONSTRAINT call_words_number_check CHECK (number >= 1),
    CONSTRAINT call_words_what_check CHECK (what IN ('answer', 'close')),
    CONSTRAINT call_words_words_check CHECK (length(words) <= 300 AND (what = 'close' OR words <> ''))
);

-- +goose StatementBegin
CREATE FUNCTION refuse_calls_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: it only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
-- +goose StatementEnd

CREATE TRIGGER calls_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON calls
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_calls_change();
CREATE TRIGGER call_words_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON call_words
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_calls_change();
