-- Identity (身份): accounts and what they may do, sessions, judges' tablets and
-- the codes that pair them, the audit. Ids and times come in as data; secrets
-- come in as hashes only.
--
-- +goose Up
CREATE TABLE accounts (
    account_id    uuid        NOT NULL,
    user_name     text        NOT NULL,
    name          text        NOT NULL,
    password_hash text        NOT NULL,
    must_change   boolean     NOT NULL,
    disabled_at   timestamptz,
    created_at    timestamptz NOT NULL,
    created_by    uuid        NOT NULL, -- zero: the one-time link; not an account for the command line
    version       integer     NOT NULL,
    CONSTRAINT accounts_id_pk PRIMARY KEY (account_id),
    CONSTRAINT accounts_user_key UNIQUE (user_name),
    CONSTRAINT accounts_user_check CHECK (user_name = lower(user_name)),
    CONSTRAINT accounts_hash_check CHECK (password_hash LIKE '$argon2id$%')
);

-- Zero ids mean all. Contests and events are not referenced: they are the
-- programme's, their ids are never used again, and a grant of something that is
-- gone covers nothing.
CREATE TABLE grants (
    account_id uuid NOT NULL,
    role       text NOT NULL,
    contest_id uuid NOT NULL,
    event_id   uuid NOT NULL,
    CONSTRAINT grants_all_pk PRIMARY KEY (account_id, role, contest_id, event_id),
    CONSTRAINT grants_account_fk FOREIGN KEY (account_id) REFERENCES accounts (account_id),
    CONSTRAINT grants_role_check CHECK (role IN
        ('administrator', 'organiser', 'host', 'chief_judge', 'supervisor', 'clerk', 'spectator')),
    CONSTRAINT grants_scope_check CHECK ((role = 'administrator') =
        (contest_id = '00000000-0000-0000-0000-000000000000')),
    CONSTRAINT grants_event_check CHECK (CASE
        WHEN role IN ('host', 'chief_judge', 'clerk') THEN event_id <> '00000000-0000-0000-0000-000000000000'
        WHEN role = 'supervisor' THEN true
        ELSE event_id = '00000000-0000-0000-0000-000000000000' END)
);
CREATE INDEX grants_contest_idx ON grants (contest_id);

-- By the hash of the name typed, whether somebody has it or not.
CREATE TABLE sign_in_attempts (
    user_hash bytea       NOT NULL,
    tries     integer     NOT NULL,
    until     timestamptz NOT NULL,
    CONSTRAINT sign_in_attempts_user_pk PRIMARY KEY (user_hash)
);

CREATE TABLE devices (
    device_id    uuid        NOT NULL,
    contest_id   uuid        NOT NULL,
    event_id     uuid        NOT NULL,
    chair_number integer     NOT NULL,
    judge        text        NOT NULL,
    name         text        NOT NULL,
    agent        text        NOT NULL,
    paired_at    timestamptz NOT NULL,
    seen_at      timestamptz NOT NULL,
    pending      integer     NOT NULL DEFAULT 0,
    frozen_at    timestamptz,
    frozen_why   text,
    CONSTRAINT devices_id_pk PRIMARY KEY (device_id),
    CONSTRAINT devices_chair_check CHECK (chair_number BETWEEN 1 AND 65535),
    CONSTRAINT devices_pending_check CHECK (pending >= 0),
    CONSTRAINT devices_frozen_check CHECK ((frozen_at IS NULL) = (frozen_why IS NULL))
);
-- One chair has one tablet.
CREATE UNIQUE INDEX devices_chair_key ON devices (event_id, chair_number) WHERE frozen_at IS NULL;
CREATE INDEX devices_event_idx ON devices (event_id);

CREATE TABLE sessions (
    session_id uuid        NOT NULL,
    token_hash bytea       NOT NULL,
    account_id uuid,
    device_id  uuid,
    created_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL,
    idle_s     integer     NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at   timestamptz,
    ended_why  text,
    ip         text        NOT NULL,
    agent      text        NOT NULL,
    CONSTRAINT sessions_id_pk PRIMARY KEY (session_id),
    CONSTRAINT sessions_token_key UNIQUE (token_hash),
    CONSTRAINT sessions_account_fk FOREIGN KEY (account_id) REFERENCES accounts (account_id),
    CONSTRAINT sessions_device_fk FOREIGN KEY (device_id) REFERENCES devices (device_id),
    CONSTRAINT sessions_holder_check CHECK (num_nonnulls(account_id, device_id) = 1),
    CONSTRAINT sessions_token_check CHECK (octet_length(token_hash) = 32),
    CONSTRAINT sessions_ended_check CHECK ((ended_at IS NULL) = (ended_why IS NULL))
);
CREATE INDEX sessions_account_idx ON sessions (account_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_device_idx ON sessions (device_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_ended_idx ON sessions (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE pairing_codes (
    code_hash    bytea       NOT NULL,
    event_id     uuid        NOT NULL,
    chair_number integer     NOT NULL,
    created_at   timestamptz NOT NULL,
    created_by   uuid        NOT NULL,
    expires_at   timestamptz NOT NULL,
    used_at      timestamptz,
    void_at      timestamptz,
    CONSTRAINT pairing_codes_hash_pk PRIMARY KEY (code_hash),
    CONSTRAINT pairing_codes_hash_check CHECK (octet_length(code_hash) = 32),
    CONSTRAINT pairing_codes_end_check CHECK (num_nonnulls(used_at, void_at) <= 1)
);
-- Of two printed sheets one counts.
CREATE UNIQUE INDEX pairing_codes_live_key ON pairing_codes (event_id, chair_number)
    WHERE used_at IS NULL AND void_at IS NULL;

CREATE TABLE setup_links (
    link_hash  bytea       NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT setup_links_hash_pk PRIMARY KEY (link_hash)
);

CREATE TABLE audit (
    audit_id   bigint GENERATED ALWAYS AS IDENTITY,
    at         timestamptz NOT NULL,
    actor_id   uuid        NOT NULL, -- zero: nobody was signed in
    session_id uuid,
    what       text        NOT NULL,
    object     text        NOT NULL,
    detail     jsonb       NOT NULL,
    CONSTRAINT audit_id_pk PRIMARY KEY (audit_id),
    CONSTRAINT audit_detail_check CHECK (jsonb_typeof(detail) = 'object')
);

-- +goose StatementBegin
CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is kept: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
-- +goose StatementEnd

CREATE TRIGGER audit_rows_kept BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_is_kept();
CREATE TRIGGER audit_table_kept BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept();
