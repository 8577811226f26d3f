-- The city's plan (年度竞赛计划): what each event owes of the formal way.
--
-- +goose Up
-- Events that exist were run before anything was demanded of them.
ALTER TABLE events ADD COLUMN chain text NOT NULL DEFAULT 'light';
ALTER TABLE events ALTER COLUMN chain DROP DEFAULT;
ALTER TABLE events ADD CONSTRAINT events_chain_check CHECK (chain IN ('full', 'light'));

-- Filings (备案): an event in the city's yearly plan. An event that has no row is
-- planned, and nobody has applied for it.
CREATE TABLE filings (
    event_id    uuid        NOT NULL,
    version     integer     NOT NULL,
    state       text        NOT NULL,
    year        integer     NOT NULL,
    is_listed   boolean     NOT NULL, -- in the union's plan
    class       text        NOT NULL, -- a word of the honour rules
    month       integer     NOT NULL, -- 0: open
    budget      bigint      NOT NULL, -- yuan
    return_by   date,
    note        text        NOT NULL,
    number      text        NOT NULL, -- 备案号, empty until filed
    reason      text        NOT NULL, -- of the last return or cancellation
    digest      text        NOT NULL, -- SHA-256 of what was applied with
    list_number text        NOT NULL, -- of the signed list that was reported
    reported_by uuid        NOT NULL, -- nil: the signing room
    applied_at  timestamptz,
    filed_at    timestamptz,
    reported_at timestamptz,
    accepted_at timestamptz,
    CONSTRAINT filings_event_pk PRIMARY KEY (event_id),
    CONSTRAINT filings_event_fk FOREIGN KEY (event_id) REFERENCES events (event_id),
    CONSTRAINT filings_version_check CHECK (version >= 1),
    CONSTRAINT filings_state_check CHECK (state IN ('planned', 'applied', 'returned', 'filed', 'reported', 'sent_back', 'accepted', 'cancelled')),
    CONSTRAINT filings_year_check CHECK (year BETWEEN 2000 AND 2100),
    CONSTRAINT filings_month_check CHECK (month BETWEEN 0 AND 12),
    CONSTRAINT filings_budget_check CHECK (budget >= 0),
    CONSTRAINT filings_number_check CHECK (state NOT IN ('filed', 'reported', 'sent_back', 'accepted') OR number <> ''),
    CONSTRAINT filings_list_check CHECK (state NOT IN ('reported', 'accepted') OR list_number <> '')
);

CREATE UNIQUE INDEX filings_number_key ON filings (number) WHERE number <> '';

CREATE TABLE filing_steps (
    event_id   uuid        NOT NULL,
    number     integer     NOT NULL,
    at         timestamptz NOT NULL,
    by_id      uuid        NOT NULL,
    by_name    text        NOT NULL,
    act        text        NOT NULL,
    from_state text        NOT NULL,
    to_state   text        NOT NULL,
    reason     text        NOT NULL,
    detail     jsonb       NOT NULL,
    CONSTRAINT filing_steps_number_pk PRIMARY KEY (event_id, number),
    CONSTRAINT filing_steps_event_fk FOREIGN KEY (event_id) REFERENCES events (event_id)
);

-- Documents lie in the database, so that one snapshot has everything.
CREATE TABLE filing_files (
    file_id  uuid        NOT NULL,
    event_id uuid        NOT NULL,
    kind     text        NOT NULL,
    name     text        NOT NULL,
    media    text        NOT NULL,
    size     integer     NOT NULL,
    sha256   bytea       NOT NULL,
    by_id    uuid        NOT NULL,
    by_name  text        NOT NULL,
    at       timestamptz NOT NULL,
    body     bytea       NOT NULL,
    CONSTRAINT filing_files_id_pk PRIMARY KEY (file_id),
    CONSTRAINT filing_files_event_fk FOREIGN KEY (event_id) REFERENCES events (event_id),
    CONSTRAINT filing_files_sum_key UNIQUE (event_id, kind, sha256),
    CONSTRAINT filing_files_kind_check CHECK (kind IN ('programme', 'technical', 'scheme', 'judges', 'result_list', 'other')),
    CONSTRAINT filing_files_size_check CHECK (size = octet_length(body) AND size <= 20971520),
    CONSTRAINT filing_files_sum_check CHECK (sha256 = sha256(body))
);

-- Pictures and office files are packed already.
ALTER TABLE filing_files ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE TABLE host_contacts (
    host_id uuid NOT NULL,
    person  text NOT NULL,
    phone   text NOT NULL,
    email   text NOT NULL,
    note    text NOT NULL,
    CONSTRAINT host_contacts_host_pk PRIMARY KEY (host_id),
    CONSTRAINT host_contacts_host_fk FOREIGN KEY (host_id) REFERENCES hosts (host_id)
);
