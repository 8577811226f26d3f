-- The city's plan (年度竞赛计划): what each event owes of the formal way.
--
-- +goose Up
-- Events that exist were run before anything was demanded of them.
ALTER TABLE events ADD COLUMN chain text NOT NULL DEFAULT 'light';
ALTER TABLE events ALTER COLUMN chain DROP DEFAULT;
ALTER TABLE events ADD CONSTRAINT events_chain_check CHECK (chain IN ('full', 'light'));
