-- Honours (荣誉): what published results propose, and the campaigns that take
-- nominees from a draft to the register. Ids and times come in as data.
--
-- +goose Up

-- The roles of honours hold for the whole city, as an administrator's does;
-- which union an account acts for is in honour_bodies.
ALTER TABLE grants DROP CONSTRAINT grants_role_check;
ALTER TABLE grants ADD CONSTRAINT grants_role_check CHECK (role IN
    ('administrator', 'organiser', 'host', 'chief_judge', 'supervisor', 'clerk', 'spectator',
     'union_office', 'unit_union', 'county_union', 'committee'));
ALTER TABLE grants DROP CONSTRAINT grants_scope_check;
ALTER TABLE grants ADD CONSTRAINT grants_scope_check CHECK
    ((role IN ('administrator', 'union_office', 'unit_union', 'county_union', 'committee')) =
     (contest_id = '00000000-0000-0000-0000-000000000000'));

-- Contests and events are the programme's and not referenced. The zero event
-- means all events of the contest.
CREATE TABLE honour_filings (
    contest_id uuid    NOT NULL,
    event_id   uuid    NOT NULL,
    profile    text    NOT NULL,
    version    integer NOT NULL,
    class      text    NOT NULL,
    planned    boolean NOT NULL,
    CONSTRAINT honour_filings_scope_pk PRIMARY KEY (contest_id, event_id)
);

-- Up to which record an event's ledger was read for publications.
CREATE TABLE honour_cursors (
    event_id   uuid   NOT NULL,
    contest_id uuid   NOT NULL,
    seq        bigint NOT NULL,
    CONSTRAINT honour_cursors_event_pk PRIMARY KEY (event_id),
    CONSTRAINT honour_cursors_seq_check CHECK (seq >= 0)
);

CREATE TABLE honour_proposals (
    proposal_id   uuid        NOT NULL,
    contest_id    uuid        NOT NULL,
    event_id      uuid        NOT NULL,
    publication   bigint      NOT NULL,
    entry_id      uuid        NOT NULL,
    name          text        NOT NULL,
    unit          text        NOT NULL,
    person_key    text        NOT NULL,
    year          integer     NOT NULL,
    profile       text        NOT NULL,
    version       integer     NOT NULL,
    outcome       jsonb       NOT NULL,
    evidence      jsonb       NOT NULL,
    state         text        NOT NULL,
    nomination_id uuid,
    created_at    timestamptz NOT NULL,
    CONSTRAINT honour_proposals_id_pk PRIMARY KEY (proposal_id),
    CONSTRAINT honour_proposals_entry_key UNIQUE (event_id, publication, entry_id),
    CONSTRAINT honour_proposals_state_check CHECK (state IN ('proposed', 'nominated', 'dismissed', 'superseded'))
);
CREATE INDEX honour_proposals_contest_idx ON honour_proposals (contest_id, created_at);

-- A person is raised once a year.
CREATE TABLE honour_promotions (
    person_key text    NOT NULL,
    year       integer NOT NULL,
    award      text    NOT NULL,
    event_id   uuid    NOT NULL,
    entry_id   uuid    NOT NULL,
    CONSTRAINT honour_promotions_person_pk PRIMARY KEY (person_key, year)
);
CREATE INDEX honour_promotions_event_idx ON honour_promotions (event_id);

CREATE TABLE honour_bodies (
    body_id   uuid   NOT NULL,
    code      text   NOT NULL,
    name      text   NOT NULL,
    kind      text   NOT NULL,
    parent_id uuid,
    weight    bigint NOT NULL,
    members   uuid[] NOT NULL,
    CONSTRAINT honour_bodies_id_pk PRIMARY KEY (body_id),
    CONSTRAINT honour_bodies_code_key UNIQUE (code),
    CONSTRAINT honour_bodies_parent_fk FOREIGN KEY (parent_id) REFERENCES honour_bodies (body_id),
    CONSTRAINT honour_bodies_kind_check CHECK (kind IN ('grassroots', 'county', 'industry')),
    CONSTRAINT honour_bodies_floor_check CHECK ((kind = 'grassroots') = (parent_id IS NOT NULL)),
    CONSTRAINT honour_bodies_weight_check CHECK (weight >= 0)
);

CREATE TABLE honour_campaigns (
    campaign_id uuid        NOT NULL,
    kind        text        NOT NULL,
    sequence    text        NOT NULL,
    version     integer     NOT NULL,
    honour      text        NOT NULL,
    year        integer     NOT NULL,
    name        text        NOT NULL,
    places      integer     NOT NULL,
    committee   integer     NOT NULL,
    quotas      jsonb       NOT NULL,
    deadline    date,
    seq         bigint      NOT NULL, -- head of its chain
    head_hash   bytea       NOT NULL,
    created_at  timestamptz NOT NULL,
    CONSTRAINT honour_campaigns_id_pk PRIMARY KEY (campaign_id),
    CONSTRAINT honour_campaigns_kind_check CHECK (kind IN ('real', 'rehearsal', 'demo')),
    CONSTRAINT honour_campaigns_places_check CHECK (places > 0 AND committee > 0),
    CONSTRAINT honour_campaigns_hash_check CHECK (octet_length(head_hash) = 32)
);

-- The campaign's chain. What can be erased lies in honour_texts.
CREATE TABLE honour_steps (
    campaign_id uuid        NOT NULL,
    seq         bigint      NOT NULL,
    record_id   uuid        NOT NULL,
    recorded_at timestamptz NOT NULL,
    body        bytea       NOT NULL,
    hash        bytea       NOT NULL,
    CONSTRAINT honour_steps_seq_pk PRIMARY KEY (campaign_id, seq),
    CONSTRAINT honour_steps_record_key UNIQUE (record_id),
    CONSTRAINT honour_steps_campaign_fk FOREIGN KEY (campaign_id) REFERENCES honour_campaigns (campaign_id),
    CONSTRAINT honour_steps_seq_check CHECK (seq >= 1),
    CONSTRAINT honour_steps_hash_check CHECK (octet_length(hash) = 32)
);
CREATE TABLE honour_texts (
    record_id uuid NOT NULL,
    text      text NOT NULL,
    CONSTRAINT honour_texts_record_pk PRIMARY KEY (record_id),
    CONSTRAINT honour_texts_record_fk FOREIGN KEY (record_id) REFERENCES honour_steps (record_id)
);

CREATE TABLE honour_nominations (
    nomination_id uuid        NOT NULL,
    campaign_id   uuid        NOT NULL,
    body_id       uuid        NOT NULL,
    proposal_id   uuid,
    person_key    text        NOT NULL,
    unit_key      text        NOT NULL,
    name          text        NOT NULL,
    unit          text        NOT NULL,
    category      text        NOT NULL,
    traits        text[]      NOT NULL,
    deeds         text        NOT NULL,
    new_merit     text        NOT NULL,
    files         text[]      NOT NULL,
    step          text        NOT NULL,
    state         text        NOT NULL,
    round         integer     NOT NULL,
    content_hash  bytea       NOT NULL, -- of the content at its submission
    created_at    timestamptz NOT NULL,
    CONSTRAINT honour_nominations_id_pk PRIMARY KEY (nomination_id),
    CONSTRAINT honour_nominations_campaign_fk FOREIGN KEY (campaign_id) REFERENCES honour_campaigns (campaign_id),
    CONSTRAINT honour_nominations_body_fk FOREIGN KEY (body_id) REFERENCES honour_bodies (body_id),
    CONSTRAINT honour_nominations_proposal_fk FOREIGN KEY (proposal_id) REFERENCES honour_proposals (proposal_id),
    CONSTRAINT honour_nominations_state_check CHECK (state IN
        ('active', 'returned', 'withdrawn', 'rejected', 'vetoed', 'conferred', 'revoked')),
    CONSTRAINT honour_nominations_hash_check CHECK (octet_length(content_hash) = 32)
);
-- One person, one nomination: whichever union was first. Who is out may be
-- nominated again.
CREATE UNIQUE INDEX honour_nominations_person_key ON honour_nominations (campaign_id, person_key)
    WHERE state IN ('active', 'returned', 'conferred');

CREATE TABLE honour_notices (
    notice_id    uuid        NOT NULL,
    campaign_id  uuid        NOT NULL,
    step         text        NOT NULL,
    public       boolean     NOT NULL,
    place        text        NOT NULL,
    text         text        NOT NULL,
    starts_on    date        NOT NULL,
    ends_on      date        NOT NULL,
    days         integer     NOT NULL,
    state        text        NOT NULL,
    changed      boolean     NOT NULL,
    replaces_id  uuid,
    nominations  uuid[]      NOT NULL,
    content_hash bytea       NOT NULL,
    created_at   timestamptz NOT NULL,
    CONSTRAINT honour_notices_id_pk PRIMARY KEY (notice_id),
    CONSTRAINT honour_notices_campaign_fk FOREIGN KEY (campaign_id) REFERENCES honour_campaigns (campaign_id),
    CONSTRAINT honour_notices_replaces_fk FOREIGN KEY (replaces_id) REFERENCES honour_notices (notice_id),
    CONSTRAINT honour_notices_replaces_key UNIQUE (replaces_id),
    CONSTRAINT honour_notices_state_check CHECK (state IN ('open', 'finished', 'restarted')),
    CONSTRAINT honour_notices_days_check CHECK (days > 0 AND ends_on >= starts_on),
    CONSTRAINT honour_notices_hash_check CHECK (octet_length(content_hash) = 32)
);
CREATE INDEX honour_notices_public_idx ON honour_notices (starts_on) WHERE public;

CREATE TABLE honour_objections (
    objection_id  uuid        NOT NULL,
    number        bigint      NOT NULL,
    campaign_id   uuid        NOT NULL,
    notice_id     uuid        NOT NULL,
    nomination_id uuid        NOT NULL,
    named         boolean     NOT NULL,
    name          text        NOT NULL,
    unit          text        NOT NULL,
    contact       text        NOT NULL,
    text          text        NOT NULL,
    state         text        NOT NULL,
    finding       text        NOT NULL,
    received_by   uuid        NOT NULL,
    received_at   timestamptz NOT NULL,
    CONSTRAINT honour_objections_id_pk PRIMARY KEY (objection_id),
    CONSTRAINT honour_objections_number_key UNIQUE (campaign_id, number),
    CONSTRAINT honour_objections_notice_fk FOREIGN KEY (notice_id) REFERENCES honour_notices (notice_id),
    CONSTRAINT honour_objections_nomination_fk FOREIGN KEY (nomination_id) REFERENCES honour_nominations (nomination_id),
    CONSTRAINT honour_objections_state_check CHECK (state IN ('open', 'recorded', 'dismissed', 'upheld')),
    CONSTRAINT honour_objections_named_check CHECK (named = (state <> 'recorded'))
);

CREATE TABLE honour_opinions (
    opinion_id    bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    nomination_id uuid        NOT NULL,
    round         integer     NOT NULL,
    department    text        NOT NULL,
    answer        text        NOT NULL,
    number        text        NOT NULL,
    given_on      date        NOT NULL,
    expires_on    date        NOT NULL,
    recorded_at   timestamptz NOT NULL,
    CONSTRAINT honour_opinions_id_pk PRIMARY KEY (opinion_id),
    CONSTRAINT honour_opinions_nomination_fk FOREIGN KEY (nomination_id) REFERENCES honour_nominations (nomination_id),
    CONSTRAINT honour_opinions_answer_check CHECK (answer IN ('agree', 'disagree', 'no_record'))
);
CREATE INDEX honour_opinions_nomination_idx ON honour_opinions (nomination_id);

-- Who has voted, and what was voted: no key and no time between them.
CREATE TABLE honour_voters (
    nomination_id uuid    NOT NULL,
    round         integer NOT NULL,
    account_id    uuid    NOT NULL,
    CONSTRAINT honour_voters_account_pk PRIMARY KEY (nomination_id, round, account_id),
    CONSTRAINT honour_voters_nomination_fk FOREIGN KEY (nomination_id) REFERENCES honour_nominations (nomination_id)
);
CREATE TABLE honour_ballots (
    ballot_id     uuid    NOT NULL,
    nomination_id uuid    NOT NULL,
    round         integer NOT NULL,
    choice        text    NOT NULL,
    CONSTRAINT honour_ballots_id_pk PRIMARY KEY (ballot_id),
    CONSTRAINT honour_ballots_nomination_fk FOREIGN KEY (nomination_id) REFERENCES honour_nominations (nomination_id),
    CONSTRAINT honour_ballots_choice_check CHECK (choice IN ('for', 'against', 'abstain'))
);
CREATE INDEX honour_ballots_nomination_idx ON honour_ballots (nomination_id, round);

CREATE TABLE honour_incidents (
    incident_id uuid        NOT NULL,
    key         text        NOT NULL, -- a person's or a unit's
    kind        text        NOT NULL,
    happened_on date        NOT NULL,
    note        text        NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT honour_incidents_id_pk PRIMARY KEY (incident_id)
);
CREATE INDEX honour_incidents_key_idx ON honour_incidents (key);

CREATE TABLE honour_register (
    honoured_id   uuid NOT NULL,
    nomination_id uuid NOT NULL,
    kind          text NOT NULL,
    honour        text NOT NULL,
    honour_name   text NOT NULL,
    honour_en     text NOT NULL,
    year          integer NOT NULL,
    name          text NOT NULL,
    unit          text NOT NULL,
    person_key    text NOT NULL,
    conferred_on  date NOT NULL,
    conferred_by  uuid NOT NULL,
    revoked_on    date,
    CONSTRAINT honour_register_id_pk PRIMARY KEY (honoured_id),
    CONSTRAINT honour_register_nomination_key UNIQUE (nomination_id),
    CONSTRAINT honour_register_nomination_fk FOREIGN KEY (nomination_id) REFERENCES honour_nominations (nomination_id),
    CONSTRAINT honour_register_revoked_check CHECK (revoked_on >= conferred_on)
);
CREATE INDEX honour_register_person_idx ON honour_register (person_key);
CREATE INDEX honour_register_year_idx ON honour_register (year);

-- +goose StatementBegin
CREATE FUNCTION refuse_honour_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: it only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER honour_steps_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON honour_steps
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_honour_change();
CREATE TRIGGER honour_opinions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON honour_opinions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_honour_change();
CREATE TRIGGER honour_voters_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON honour_voters
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_honour_change();
CREATE TRIGGER honour_ballots_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON honour_ballots
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_honour_change();
