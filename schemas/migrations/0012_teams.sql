-- Teams and groups (团体、组别、县区): an entry may be a team or stand in one, and
-- belongs to a group, a county and a unit, which an event may rank by. Records of a
-- ledger carry numbers only; what a number stands for is kept here.
--
-- +goose Up
ALTER TABLE units
    ADD COLUMN parent_id uuid, -- the union above it
    ADD CONSTRAINT units_parent_fk FOREIGN KEY (parent_id) REFERENCES units (unit_id),
    ADD CONSTRAINT units_parent_check CHECK (parent_id <> unit_id);

ALTER TABLE entries
    ADD COLUMN kind    text NOT NULL DEFAULT 'person',
    ADD COLUMN team_id uuid,
    ADD COLUMN grp     text NOT NULL DEFAULT '',
    ADD COLUMN county  text NOT NULL DEFAULT '', -- its own; where its unit's is known, that counts
    ADD CONSTRAINT entries_kind_check CHECK (kind IN ('person', 'team')),
    ADD CONSTRAINT entries_team_check CHECK (team_id IS NULL OR kind = 'person'),
    ADD CONSTRAINT entries_event_key UNIQUE (event_id, entry_id),
    ADD CONSTRAINT entries_team_fk FOREIGN KEY (event_id, team_id) REFERENCES entries (event_id, entry_id)
        DEFERRABLE INITIALLY DEFERRED;

CREATE INDEX entries_team_idx ON entries (team_id) WHERE team_id IS NOT NULL;

-- A number never gets another key, and a key never another number.
CREATE TABLE entry_groups (
    event_id uuid    NOT NULL,
    sort     text    NOT NULL,
    number   integer NOT NULL,
    key      text    NOT NULL, -- what is numbered: a group's or county's name, a unit's code
    name     text    NOT NULL, -- as shown
    CONSTRAINT entry_groups_number_pk PRIMARY KEY (event_id, sort, number),
    CONSTRAINT entry_groups_event_fk FOREIGN KEY (event_id) REFERENCES events (event_id),
    CONSTRAINT entry_groups_key_key UNIQUE (event_id, sort, key),
    CONSTRAINT entry_groups_sort_check CHECK (sort IN ('group', 'county', 'unit')),
    CONSTRAINT entry_groups_number_check CHECK (number BETWEEN 1 AND 9999)
);

-- Who last said, while marking ran, that an entry belongs elsewhere, and why.
CREATE TABLE entry_moves (
    entry_id uuid        NOT NULL,
    by_id    uuid        NOT NULL,
    reason   text        NOT NULL,
    moved_at timestamptz NOT NULL,
    CONSTRAINT entry_moves_entry_pk PRIMARY KEY (entry_id),
    CONSTRAINT entry_moves_entry_fk FOREIGN KEY (entry_id) REFERENCES entries (entry_id) ON DELETE CASCADE
);
