-- Registration (报名): persons, their applications for events with every step,
-- the terms that they are held against, and what was imported. Numbers of people
-- and what they declare are sealed (bytea); only the program's keys open them.
-- Events and contests are not referenced: they are the programme's.
--
-- +goose Up
CREATE TABLE persons (
    person_id  uuid        NOT NULL,
    id_blind   bytea       NOT NULL, -- keyed index of the ID number
    id_number  bytea       NOT NULL, -- sealed
    created_at timestamptz NOT NULL,
    CONSTRAINT persons_id_pk PRIMARY KEY (person_id),
    CONSTRAINT persons_blind_key UNIQUE (id_blind),
    CONSTRAINT persons_blind_check CHECK (length(id_blind) = 32),
    CONSTRAINT persons_sealed_check CHECK (length(id_number) > 28)
);

CREATE TABLE registrations (
    registration_id uuid        NOT NULL,
    contest_id      uuid        NOT NULL,
    event_id        uuid        NOT NULL,
    person_id       uuid        NOT NULL,
    number          text        NOT NULL, -- of the receipt
    secret_hash     bytea,                -- NULL: not of the public form
    door            text        NOT NULL,
    status          text        NOT NULL,
    name            text        NOT NULL,
    phone           bytea       NOT NULL, -- sealed
    unit_code       text        NOT NULL,
    unit_name       text        NOT NULL,
    unit_credit     text        NOT NULL,
    unit_key        text        NOT NULL, -- what is counted as one unit
    details         bytea       NOT NULL, -- sealed
    notice          text        NOT NULL,
    is_sensitive    boolean     NOT NULL,
    consented_at    timestamptz NOT NULL,
    terms           integer     NOT NULL,
    reason          text        NOT NULL,
    entry_no        text        NOT NULL,
    host_by         uuid        NOT NULL,
    office_by       uuid        NOT NULL,
    version         integer     NOT NULL,
    created_by      uuid        NOT NULL,
    created_at      timestamptz NOT NULL,
    submitted_at    timestamptz,
    changed_at      timestamptz NOT NULL,
    CONSTRAINT registrations_id_pk PRIMARY KEY (registration_id),
    CONSTRAINT registrations_person_fk FOREIGN KEY (person_id) REFERENCES persons (person_id),
    CONSTRAINT registrations_number_key UNIQUE (number),
    CONSTRAINT registrations_door_check CHECK (door IN ('person', 'unit')),
    CONSTRAINT registrations_secret_check CHECK ((door = 'person') = (secret_hash IS NOT NULL)),
    CONSTRAINT registrations_status_check CHECK (status IN
        ('draft', 'submitted', 'host_approved', 'approved', 'returned', 'refused', 'withdrawn')),
    -- Without consent nothing of a person may lie here.
    CONSTRAINT registrations_consent_check CHECK (notice <> '' AND is_sensitive),
    CONSTRAINT registrations_rungs_check CHECK (host_by <> office_by OR host_by = '00000000-0000-0000-0000-000000000000'),
    CONSTRAINT registrations_entry_check CHECK ((status = 'approved') = (entry_no <> ''))
);

-- One person stands in an event once, whichever door.
CREATE UNIQUE INDEX registrations_standing_key ON registrations (event_id, person_id)
    WHERE status NOT IN ('refused', 'withdrawn');
CREATE INDEX registrations_event_idx ON registrations (event_id, submitted_at);
CREATE INDEX registrations_person_idx ON registrations (person_id, contest_id);
CREATE INDEX registrations_unit_idx ON registrations (event_id, unit_key);

-- A row to hold while a unit's applications for an event are counted.
CREATE TABLE registration_units (
    event_id uuid NOT NULL,
    unit_key text NOT NULL,
    CONSTRAINT registration_units_key_pk PRIMARY KEY (event_id, unit_key)
);

CREATE TABLE registration_steps (
    registration_id uuid        NOT NULL,
    number          integer     NOT NULL,
    at              timestamptz NOT NULL,
    by_id           uuid        NOT NULL, -- zero: the public form
    from_status     text        NOT NULL,
    to_status       text        NOT NULL,
    reason          text        NOT NULL,
    CONSTRAINT registration_steps_number_pk PRIMARY KEY (registration_id, number),
    CONSTRAINT registration_steps_registration_fk FOREIGN KEY (registration_id) REFERENCES registrations (registration_id)
);

CREATE TABLE registration_terms (
    scope_id   uuid        NOT NULL, -- an event or a contest
    version    integer     NOT NULL,
    body       text        NOT NULL,
    reason     text        NOT NULL,
    by_id      uuid        NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT registration_terms_version_pk PRIMARY KEY (scope_id, version),
    CONSTRAINT registration_terms_version_check CHECK (version >= 1)
);

CREATE TABLE registration_imports (
    import_id  uuid        NOT NULL,
    scope_id   uuid        NOT NULL, -- an event or a contest
    kind       text        NOT NULL,
    sha256     bytea       NOT NULL,
    row_count  integer     NOT NULL,
    by_id      uuid        NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT registration_imports_id_pk PRIMARY KEY (import_id),
    CONSTRAINT registration_imports_file_key UNIQUE (scope_id, kind, sha256),
    CONSTRAINT registration_imports_kind_check CHECK (kind IN ('registrations', 'units', 'judges'))
);
