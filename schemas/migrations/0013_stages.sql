-- Stages (阶段): which event follows which, and who went on from one to the next.
-- All of it is acts of persons, which are added and never changed; what holds now
-- is their fold. Events and entries are not referenced: they are the programme's.
-- Numbers that are carried over are marks of the event's own ledger.
--
-- +goose Up
CREATE TABLE stage_acts (
    event_id    uuid        NOT NULL, -- the later event
    number      integer     NOT NULL,
    act         text        NOT NULL, -- follow, take, decline or return
    follows_id  uuid,                 -- the event before; of follow: none unties
    publication bigint      NOT NULL, -- of the event before: the record's number; 0: none
    source_id   uuid,                 -- decline, return: an entry of the event before
    reason      text        NOT NULL,
    by_id       uuid        NOT NULL,
    by_name     text        NOT NULL,
    done_at     timestamptz NOT NULL,
    CONSTRAINT stage_acts_number_pk PRIMARY KEY (event_id, number),
    CONSTRAINT stage_acts_number_check CHECK (number >= 1),
    CONSTRAINT stage_acts_act_check CHECK (act IN ('follow', 'take', 'decline', 'return')),
    CONSTRAINT stage_acts_follows_check CHECK (follows_id <> event_id),
    CONSTRAINT stage_acts_publication_check CHECK ((act = 'take') = (publication > 0)),
    CONSTRAINT stage_acts_source_check CHECK ((act IN ('decline', 'return')) = (source_id IS NOT NULL)),
    CONSTRAINT stage_acts_reason_check CHECK (act NOT IN ('decline', 'return') OR reason <> '')
);

-- What a taking did with each entry of the event before.
CREATE TABLE stage_moves (
    event_id  uuid    NOT NULL,
    number    integer NOT NULL,
    source_id uuid    NOT NULL, -- the entry of the event before
    entry_id  uuid    NOT NULL, -- the entry of the later event
    move      text    NOT NULL, -- joined, found (was there by hand) or left
    CONSTRAINT stage_moves_source_pk PRIMARY KEY (event_id, number, source_id),
    CONSTRAINT stage_moves_entry_key UNIQUE (event_id, number, entry_id),
    CONSTRAINT stage_moves_act_fk FOREIGN KEY (event_id, number) REFERENCES stage_acts (event_id, number),
    CONSTRAINT stage_moves_move_check CHECK (move IN ('joined', 'found', 'left'))
);

-- +goose StatementBegin
CREATE FUNCTION refuse_stages_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what was done between stages only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER stage_acts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON stage_acts
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_stages_change();
CREATE TRIGGER stage_moves_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON stage_moves
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_stages_change();
