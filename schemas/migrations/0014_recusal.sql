-- Ties of judges to contestants (回避): declarations, where judges work, and what
-- two persons decided of marks that the ledger does not let go. What was declared
-- lies sealed (bytea, one length) under the key of the draws; a change is a further
-- version. Events and entries are the programme's and not referenced.
--
-- +goose Up
CREATE TABLE recusal_ties (
    tie_id   uuid    NOT NULL, -- in the order of declaration
    version  integer NOT NULL,
    event_id uuid    NOT NULL,
    sealed   bytea   NOT NULL,
    CONSTRAINT recusal_ties_version_pk PRIMARY KEY (tie_id, version),
    CONSTRAINT recusal_ties_version_check CHECK (version >= 1),
    CONSTRAINT recusal_ties_sealed_check CHECK (length(sealed) > 28)
);
CREATE INDEX recusal_ties_event_idx ON recusal_ties (event_id);

CREATE TABLE recusal_homes (
    event_id uuid    NOT NULL,
    chair    integer NOT NULL,
    sealed   bytea   NOT NULL,
    CONSTRAINT recusal_homes_chair_pk PRIMARY KEY (event_id, chair),
    CONSTRAINT recusal_homes_sealed_check CHECK (length(sealed) > 28)
);

-- Made after the unsealing, when there is nothing to seal any more.
CREATE TABLE recusal_decisions (
    event_id  uuid        NOT NULL,
    number    integer     NOT NULL,
    chair     integer     NOT NULL,
    entry     integer     NOT NULL, -- the entry's ordinal
    choice    text        NOT NULL,
    reason    text        NOT NULL,
    marks     uuid[]      NOT NULL, -- of the chair for the entry, at the decision
    by_id     uuid        NOT NULL,
    by_name   text        NOT NULL,
    second_id uuid        NOT NULL,
    second    text        NOT NULL,
    made_at   timestamptz NOT NULL,
    CONSTRAINT recusal_decisions_number_pk PRIMARY KEY (event_id, number),
    CONSTRAINT recusal_decisions_number_check CHECK (number >= 1),
    CONSTRAINT recusal_decisions_choice_check CHECK (choice IN ('replace', 'stand')),
    CONSTRAINT recusal_decisions_reason_check CHECK (reason <> ''),
    CONSTRAINT recusal_decisions_second_check CHECK (second_id <> by_id)
);

CREATE TRIGGER recusal_ties_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON recusal_ties
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_blind_change();
CREATE TRIGGER recusal_decisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON recusal_decisions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_blind_change();
