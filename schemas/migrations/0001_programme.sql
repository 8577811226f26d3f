-- The programme (赛事计划): contests with their units and hosts, events with
-- their scheme versions, chairs and entries. Ids and times come in as data.
--
-- +goose Up
CREATE TABLE contests (
    contest_id uuid        NOT NULL,
    code       text        NOT NULL,
    name       text        NOT NULL,
    name_en    text        NOT NULL DEFAULT '',
    kind       text        NOT NULL,
    organiser  text        NOT NULL DEFAULT '',
    starts_on  date,
    ends_on    date,
    visible    boolean     NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    CONSTRAINT contests_id_pk PRIMARY KEY (contest_id),
    CONSTRAINT contests_code_key UNIQUE (code),
    CONSTRAINT contests_kind_check CHECK (kind IN ('real', 'rehearsal', 'demo')),
    CONSTRAINT contests_dates_check CHECK (starts_on <= ends_on)
);

-- Units and hosts belong to a contest: its package is whole, a code means the
-- same all through it, and what a later contest calls a unit changes no board
-- of an earlier one.
CREATE TABLE units (
    unit_id    uuid NOT NULL,
    contest_id uuid NOT NULL,
    code       text NOT NULL,
    name       text NOT NULL,
    short      text NOT NULL,
    kind       text NOT NULL,
    CONSTRAINT units_id_pk PRIMARY KEY (unit_id),
    CONSTRAINT units_contest_fk FOREIGN KEY (contest_id) REFERENCES contests (contest_id),
    CONSTRAINT units_code_key UNIQUE (contest_id, code),
    CONSTRAINT units_kind_check CHECK (kind IN ('work_unit', 'grassroots', 'county', 'industry'))
);

CREATE TABLE hosts (
    host_id    uuid NOT NULL,
    contest_id uuid NOT NULL,
    code       text NOT NULL,
    name       text NOT NULL,
    CONSTRAINT hosts_id_pk PRIMARY KEY (host_id),
    CONSTRAINT hosts_contest_fk FOREIGN KEY (contest_id) REFERENCES contests (contest_id),
    CONSTRAINT hosts_code_key UNIQUE (contest_id, code)
);

CREATE TABLE events (
    event_id   uuid        NOT NULL,
    contest_id uuid        NOT NULL,
    position   integer     NOT NULL, -- its place in the contest's list, 1 and up
    code       text        NOT NULL,
    trade      text        NOT NULL,
    trade_en   text        NOT NULL DEFAULT '',
    title      text        NOT NULL DEFAULT '',
    title_en   text        NOT NULL DEFAULT '',
    stage      text        NOT NULL,
    grp        text        NOT NULL DEFAULT '',
    hall       text        NOT NULL DEFAULT '',
    host_id    uuid,
    depth      text        NOT NULL,
    ledger_id  uuid        NOT NULL,
    search     text        NOT NULL, -- lower case: code, trade, title and their pinyin
    held_until timestamptz,          -- being opened: nothing that the opening reads may change before
    created_at timestamptz NOT NULL,
    CONSTRAINT events_id_pk PRIMARY KEY (event_id),
    CONSTRAINT events_contest_fk FOREIGN KEY (contest_id) REFERENCES contests (contest_id),
    CONSTRAINT events_host_fk FOREIGN KEY (host_id) REFERENCES hosts (host_id),
    CONSTRAINT events_code_key UNIQUE (contest_id, code),
    CONSTRAINT events_position_key UNIQUE (contest_id, position),
    CONSTRAINT events_ledger_key UNIQUE (ledger_id),
    CONSTRAINT events_stage_check CHECK (stage IN ('preliminary', 'selection', 'final')),
    CONSTRAINT events_depth_check CHECK (depth IN ('results', 'paper', 'tablet'))
);

-- The text is kept byte for byte: its sum is what a ledger adopts.
CREATE TABLE schemes (
    event_id   uuid        NOT NULL,
    version    integer     NOT NULL,
    name       text        NOT NULL,
    body       text        NOT NULL,
    sha256     bytea       NOT NULL,
    reason     text        NOT NULL DEFAULT '',
    by_id      uuid        NOT NULL,
    by_name    text        NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT schemes_version_pk PRIMARY KEY (event_id, version),
    CONSTRAINT schemes_event_fk FOREIGN KEY (event_id) REFERENCES events (event_id),
    CONSTRAINT schemes_version_check CHECK (version BETWEEN 1 AND 65535),
    CONSTRAINT schemes_sum_check CHECK (sha256 = sha256(convert_to(body, 'UTF8')))
);

-- Keys that rows may exchange with one another in one change are deferred.
CREATE TABLE chairs (
    event_id uuid    NOT NULL,
    number   integer NOT NULL,
    panel    text    NOT NULL,
    seat     integer NOT NULL,
    judge    text    NOT NULL DEFAULT '',
    is_chief boolean NOT NULL DEFAULT false,
    CONSTRAINT chairs_number_pk PRIMARY KEY (event_id, number),
    CONSTRAINT chairs_event_fk FOREIGN KEY (event_id) REFERENCES events (event_id),
    CONSTRAINT chairs_seat_key UNIQUE (event_id, panel, seat) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT chairs_number_check CHECK (number BETWEEN 1 AND 65535),
    CONSTRAINT chairs_seat_check CHECK (seat >= 1)
);

CREATE TABLE entries (
    entry_id  uuid    NOT NULL,
    event_id  uuid    NOT NULL,
    ordinal   integer NOT NULL,
    entry_no  text    NOT NULL,
    seat_no   text,
    work_code text,
    name      text    NOT NULL,
    unit_id   uuid,
    pinyin    text    NOT NULL,
    CONSTRAINT entries_id_pk PRIMARY KEY (entry_id),
    CONSTRAINT entries_event_fk FOREIGN KEY (event_id) REFERENCES events (event_id),
    CONSTRAINT entries_unit_fk FOREIGN KEY (unit_id) REFERENCES units (unit_id),
    CONSTRAINT entries_ordinal_key UNIQUE (event_id, ordinal) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT entries_entry_no_key UNIQUE (event_id, entry_no) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT entries_seat_no_key UNIQUE (event_id, seat_no) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT entries_work_code_key UNIQUE (event_id, work_code) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT entries_ordinal_check CHECK (ordinal >= 1)
);

CREATE INDEX entries_unit_idx ON entries (unit_id);
