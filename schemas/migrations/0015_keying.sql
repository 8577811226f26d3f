-- Keying (双录): how events are keyed, who keys which sheet, what was keyed and decided, and cells cut out of photographs.
-- Events and documents are not referenced: they are other rooms'.
--
-- +goose Up
CREATE TABLE keying_ways (
    event_id uuid        NOT NULL,
    way      text        NOT NULL,
    by_id    uuid        NOT NULL,
    said_at  timestamptz NOT NULL,
    CONSTRAINT keying_ways_event_pk PRIMARY KEY (event_id),
    CONSTRAINT keying_ways_way_check CHECK (way IN ('single', 'double'))
);

-- A clerk has one place of a sheet at most: nobody is first and second.
CREATE TABLE keying_passes (
    pass_id   uuid        NOT NULL,
    event_id  uuid        NOT NULL,
    chair     integer     NOT NULL,
    criterion text        NOT NULL,
    place     integer     NOT NULL,
    by_id     uuid        NOT NULL,
    by_name   text        NOT NULL,
    taken_at  timestamptz NOT NULL,
    CONSTRAINT keying_passes_id_pk PRIMARY KEY (pass_id),
    CONSTRAINT keying_passes_place_key UNIQUE (event_id, chair, criterion, place),
    CONSTRAINT keying_passes_person_key UNIQUE (event_id, chair, criterion, by_id),
    CONSTRAINT keying_passes_place_check CHECK (place IN (1, 2))
);

CREATE TABLE keyed_cells (
    pass_id   uuid        NOT NULL,
    work      text        NOT NULL,
    aspect    text        NOT NULL,
    attempt   integer     NOT NULL,
    round     integer     NOT NULL,
    kind      text        NOT NULL,
    value     text        NOT NULL,
    keyed_at  timestamptz NOT NULL,
    closed_at timestamptz,
    CONSTRAINT keyed_cells_cell_pk PRIMARY KEY (pass_id, work, aspect, attempt, round),
    CONSTRAINT keyed_cells_pass_fk FOREIGN KEY (pass_id) REFERENCES keying_passes (pass_id),
    CONSTRAINT keyed_cells_kind_check CHECK (kind IN ('mark', 'not_performed', 'empty'))
);

CREATE TABLE keying_decisions (
    decision_id uuid        NOT NULL,
    position    bigint      GENERATED ALWAYS AS IDENTITY,
    event_id    uuid        NOT NULL,
    chair       integer     NOT NULL,
    criterion   text        NOT NULL,
    work        text        NOT NULL,
    aspect      text        NOT NULL,
    attempt     integer     NOT NULL,
    round       integer     NOT NULL,
    kind        text        NOT NULL,
    value       text        NOT NULL,
    beside      text        NOT NULL, -- of settled: what the tablet said
    reason      text        NOT NULL,
    by_id       uuid        NOT NULL,
    by_name     text        NOT NULL,
    second_id   uuid,
    second_name text        NOT NULL,
    decided_at  timestamptz NOT NULL,
    CONSTRAINT keying_decisions_id_pk PRIMARY KEY (decision_id),
    CONSTRAINT keying_decisions_kind_check CHECK (kind IN ('mark', 'not_performed', 'empty', 'settled')),
    CONSTRAINT keying_decisions_reason_check CHECK (reason <> ''),
    CONSTRAINT keying_decisions_second_check CHECK (second_id <> by_id)
);

CREATE INDEX keying_decisions_event_idx ON keying_decisions (event_id, position);

CREATE TABLE keying_photos (
    photo_id    uuid        NOT NULL,
    event_id    uuid        NOT NULL,
    document_id uuid        NOT NULL,
    number      text        NOT NULL,
    chair       integer     NOT NULL,
    page        integer     NOT NULL,
    sha256      bytea       NOT NULL, -- of the file, which is not kept
    by_id       uuid        NOT NULL,
    by_name     text        NOT NULL,
    taken_at    timestamptz NOT NULL,
    CONSTRAINT keying_photos_id_pk PRIMARY KEY (photo_id),
    CONSTRAINT keying_photos_page_check CHECK (page >= 1),
    CONSTRAINT keying_photos_sum_check CHECK (octet_length(sha256) = 32)
);

-- The newest picture of each cell.
CREATE TABLE keying_pictures (
    event_id uuid    NOT NULL,
    chair    integer NOT NULL,
    work     text    NOT NULL,
    aspect   text    NOT NULL,
    attempt  integer NOT NULL, -- 0: all attempts
    photo_id uuid    NOT NULL,
    jpeg     bytea   NOT NULL,
    CONSTRAINT keying_pictures_cell_pk PRIMARY KEY (event_id, chair, work, aspect, attempt),
    CONSTRAINT keying_pictures_photo_fk FOREIGN KEY (photo_id) REFERENCES keying_photos (photo_id),
    CONSTRAINT keying_pictures_size_check CHECK (octet_length(jpeg) BETWEEN 1 AND 200000)
);

-- +goose StatementBegin
CREATE FUNCTION refuse_keying_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_LEVEL = 'ROW' THEN
        IF OLD.closed_at IS NULL THEN
            RETURN COALESCE(NEW, OLD);
        END IF;
    END IF;
    RAISE EXCEPTION '% of % is refused: what was finished or decided stays', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER keyed_cells_closed BEFORE UPDATE OR DELETE ON keyed_cells
    FOR EACH ROW EXECUTE FUNCTION refuse_keying_change();
CREATE TRIGGER keyed_cells_kept BEFORE TRUNCATE ON keyed_cells
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_keying_change();
CREATE TRIGGER keying_decisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON keying_decisions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_keying_change();
CREATE TRIGGER keying_photos_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON keying_photos
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_keying_change();
