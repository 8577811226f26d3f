-- The coding desk (加密台): check-in, draws, the sealed pairs of each draw, what
-- was struck, and the log of unsealings. Who holds which label lies sealed (bytea);
-- only the program's key opens it. Events and entries are the programme's and not
-- referenced: a contest that is erased leaves the record of its draws.
--
-- +goose Up

-- Coding judges (加密裁判) code one event.
ALTER TABLE grants DROP CONSTRAINT grants_role_check;
ALTER TABLE grants ADD CONSTRAINT grants_role_check CHECK (role IN
    ('administrator', 'organiser', 'host', 'chief_judge', 'supervisor', 'clerk', 'coding_judge', 'spectator',
     'union_office', 'unit_union', 'county_union', 'committee'));
ALTER TABLE grants DROP CONSTRAINT grants_event_check;
ALTER TABLE grants ADD CONSTRAINT grants_event_check CHECK (CASE
    WHEN role IN ('host', 'chief_judge', 'clerk', 'coding_judge') THEN event_id <> '00000000-0000-0000-0000-000000000000'
    WHEN role = 'supervisor' THEN true
    ELSE event_id = '00000000-0000-0000-0000-000000000000' END);

CREATE TABLE blind_check_ins (
    event_id     uuid        NOT NULL,
    closed_at    timestamptz,          -- NULL while it is open
    late_minutes integer     NOT NULL,
    CONSTRAINT blind_check_ins_event_pk PRIMARY KEY (event_id),
    CONSTRAINT blind_check_ins_late_check CHECK (late_minutes BETWEEN 0 AND 180)
);

CREATE TABLE blind_arrivals (
    event_id   uuid        NOT NULL,
    entry_id   uuid        NOT NULL,
    state      text        NOT NULL,
    arrived_at timestamptz NOT NULL,
    by_id      uuid        NOT NULL,
    CONSTRAINT blind_arrivals_entry_pk PRIMARY KEY (event_id, entry_id),
    CONSTRAINT blind_arrivals_state_check CHECK (state IN ('present', 'late', 'absent'))
);

CREATE TABLE blind_draws (
    draw_id    uuid        NOT NULL,
    event_id   uuid        NOT NULL,
    layer      text        NOT NULL,
    method     text        NOT NULL,
    phase      text        NOT NULL,
    judge_id   uuid        NOT NULL,
    judge      text        NOT NULL,
    witness    text        NOT NULL,
    places     integer     NOT NULL,
    commitment text        NOT NULL,
    seed       bytea,                -- sealed; NULL in a draw by hand
    words      text        NOT NULL,
    runs       integer     NOT NULL,
    digest     text        NOT NULL,
    opened_at  timestamptz NOT NULL,
    closed_at  timestamptz,
    reason     text        NOT NULL,
    second     text        NOT NULL,
    CONSTRAINT blind_draws_id_pk PRIMARY KEY (draw_id),
    CONSTRAINT blind_draws_layer_check CHECK (layer IN ('seat', 'code')),
    CONSTRAINT blind_draws_method_check CHECK (method IN ('hand', 'once')),
    CONSTRAINT blind_draws_seed_check CHECK ((method = 'once') = (seed IS NOT NULL) AND (seed IS NULL) = (commitment = '')),
    CONSTRAINT blind_draws_phase_check CHECK (phase IN ('open', 'closed', 'void')),
    CONSTRAINT blind_draws_closed_check CHECK ((phase = 'open') = (closed_at IS NULL) AND (phase <> 'closed' OR digest <> '')),
    CONSTRAINT blind_draws_void_check CHECK ((phase = 'void') = (reason <> '') AND (phase = 'void') = (second <> '')),
    CONSTRAINT blind_draws_witness_check CHECK (witness <> '')
);
-- A layer is drawn once; what was made void does not count.
CREATE UNIQUE INDEX blind_draws_layer_key ON blind_draws (event_id, layer) WHERE phase <> 'void';

CREATE TABLE blind_pairs (
    draw_id    uuid    NOT NULL,
    entry_id   uuid    NOT NULL,
    label_mark bytea   NOT NULL, -- keyed index of the label: no label twice
    sealed     bytea   NOT NULL,
    CONSTRAINT blind_pairs_entry_pk PRIMARY KEY (draw_id, entry_id),
    CONSTRAINT blind_pairs_draw_fk FOREIGN KEY (draw_id) REFERENCES blind_draws (draw_id),
    CONSTRAINT blind_pairs_label_key UNIQUE (draw_id, label_mark),
    CONSTRAINT blind_pairs_mark_check CHECK (length(label_mark) = 32),
    CONSTRAINT blind_pairs_sealed_check CHECK (length(sealed) > 28)
);

CREATE TABLE blind_strikes (
    strike_id bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    draw_id   uuid        NOT NULL,
    from_no   text        NOT NULL,
    reason    text        NOT NULL,
    by_name   text        NOT NULL,
    second    text        NOT NULL,
    struck_at timestamptz NOT NULL,
    CONSTRAINT blind_strikes_id_pk PRIMARY KEY (strike_id),
    CONSTRAINT blind_strikes_draw_fk FOREIGN KEY (draw_id) REFERENCES blind_draws (draw_id)
);
CREATE INDEX blind_strikes_draw_idx ON blind_strikes (draw_id);

CREATE TABLE blind_steps (
    step_id  bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    event_id uuid        NOT NULL,
    what     text        NOT NULL,
    layer    text        NOT NULL,
    code     text        NOT NULL,
    by_name  text        NOT NULL,
    second   text        NOT NULL,
    done_at  timestamptz NOT NULL,
    CONSTRAINT blind_steps_id_pk PRIMARY KEY (step_id),
    CONSTRAINT blind_steps_what_check CHECK (what IN ('verified', 'refused', 'unsealed'))
);
CREATE INDEX blind_steps_event_idx ON blind_steps (event_id);

-- +goose StatementBegin
CREATE FUNCTION refuse_blind_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: it only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION keep_closed_draw() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.phase = 'void' OR OLD.phase = 'closed' AND (NEW.phase <> 'void' OR
        (OLD.event_id, OLD.layer, OLD.digest, OLD.commitment) IS DISTINCT FROM (NEW.event_id, NEW.layer, NEW.digest, NEW.commitment)) THEN
        RAISE EXCEPTION 'a % draw does not change', OLD.phase USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
-- +goose StatementEnd

CREATE TRIGGER blind_draws_closed BEFORE UPDATE ON blind_draws
    FOR EACH ROW EXECUTE FUNCTION keep_closed_draw();
CREATE TRIGGER blind_draws_kept BEFORE DELETE OR TRUNCATE ON blind_draws
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_blind_change();
CREATE TRIGGER blind_strikes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON blind_strikes
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_blind_change();
CREATE TRIGGER blind_steps_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON blind_steps
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_blind_change();
