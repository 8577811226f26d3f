package honoursstore

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/store"
)

type filingRow struct {
	Contest uuid.UUID `db:"contest_id"`
	Event   uuid.UUID `db:"event_id"`
	Profile string    `db:"profile"`
	Version int       `db:"version"`
	Class   string    `db:"class"`
	Planned bool      `db:"planned"`
}

const (
	saveFilingSQL = `
INSERT INTO honour_filings (contest_id, event_id, profile, version, class, planned)
VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (contest_id, event_id) DO UPDATE
   SET profile = EXCLUDED.profile, version = EXCLUDED.version, class = EXCLUDED.class, planned = EXCLUDED.planned`

	restartCursorsSQL = `
UPDATE honour_cursors SET seq = 0
 WHERE contest_id = $1 AND ($2::uuid = '00000000-0000-0000-0000-000000000000' OR event_id = $2)`

	listFilingsSQL = `
SELECT contest_id, event_id, profile, version, class, planned FROM honour_filings ORDER BY contest_id, event_id`
)

// SaveFiling is proposal.Filings.
func (s *Store) SaveFiling(ctx context.Context, f proposal.Filing) error {
	err := s.exec(ctx, "save a filing", saveFilingSQL, f.Contest.String(), f.Event.String(), f.Profile, f.Version, f.Class, f.Planned)
	if err != nil {
		return err
	}
	return s.exec(ctx, "restart cursors", restartCursorsSQL, f.Contest.String(), f.Event.String())
}

// ListFilings is proposal.Filings.
func (s *Store) ListFilings(ctx context.Context) ([]proposal.Filing, error) {
	return list(ctx, s, "list filings", func(r filingRow) (proposal.Filing, error) {
		return proposal.Filing{
			Contest: contest.ID(r.Contest), Event: contest.ID(r.Event), Profile: r.Profile, Version: r.Version, Class: r.Class, Planned: r.Planned,
		}, nil
	}, listFilingsSQL)
}

const (
	beginCursorSQL = `INSERT INTO honour_cursors (event_id, contest_id, seq) VALUES ($1, $2, 0) ON CONFLICT (event_id) DO NOTHING`
	lockCursorSQL  = `SELECT seq FROM honour_cursors WHERE event_id = $1 FOR UPDATE`
	moveCursorSQL  = `UPDATE honour_cursors SET seq = $2 WHERE event_id = $1`
)

// LockCursor is proposal.Proposals.
func (s *Store) LockCursor(ctx context.Context, of, event contest.ID) (uint64, error) {
	if err := s.exec(ctx, "begin a cursor", beginCursorSQL, event.String(), of.String()); err != nil {
		return 0, err
	}
	var seq int64
	err := s.db.Querier(ctx).GetContext(ctx, &seq, lockCursorSQL, event.String())
	return uint64(seq), store.Fault(err, "lock a cursor")
}

const (
	supersedeSQL = `
UPDATE honour_proposals SET state = 'superseded' WHERE event_id = $1 AND publication <> $2 AND state = 'proposed'`

	clearProposalsSQL = `
DELETE FROM honour_proposals WHERE event_id = $1 AND publication = $2 AND state = 'proposed'`

	proposeSQL = `
INSERT INTO honour_proposals (proposal_id, contest_id, event_id, publication, entry_id, name, unit, person_key, year,
       profile, version, outcome, evidence, state, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    ON CONFLICT (event_id, publication, entry_id) DO NOTHING`
)

// Propose is proposal.Proposals.
func (s *Store) Propose(ctx context.Context, event contest.ID, read, publication uint64, all []proposal.Proposal) error {
	if err := s.exec(ctx, "move a cursor", moveCursorSQL, event.String(), int64(read)); err != nil || publication == 0 {
		return err
	}
	if err := s.exec(ctx, "supersede proposals", supersedeSQL, event.String(), int64(publication)); err != nil {
		return err
	}
	if err := s.exec(ctx, "clear proposals", clearProposalsSQL, event.String(), int64(publication)); err != nil {
		return err
	}
	for _, p := range all {
		outcome, err := asJSON(p.Outcome)
		if err != nil {
			return err
		}
		evidence, err := asJSON(p.Evidence)
		if err != nil {
			return err
		}
		if err := s.exec(ctx, "propose", proposeSQL, p.ID.String(), p.Contest.String(), event.String(), int64(publication), p.Entry.String(),
			p.Name, p.Unit, p.PersonKey, p.Year, p.Profile, p.Version, outcome, evidence, string(p.State), p.At); err != nil {
			return err
		}
	}
	return nil
}

type proposalRow struct {
	ID          uuid.UUID     `db:"proposal_id"`
	Contest     uuid.UUID     `db:"contest_id"`
	Event       uuid.UUID     `db:"event_id"`
	Publication int64         `db:"publication"`
	Entry       uuid.UUID     `db:"entry_id"`
	Name        string        `db:"name"`
	Unit        string        `db:"unit"`
	PersonKey   string        `db:"person_key"`
	Year        int           `db:"year"`
	Profile     string        `db:"profile"`
	Version     int           `db:"version"`
	Outcome     []byte        `db:"outcome"`
	Evidence    []byte        `db:"evidence"`
	State       string        `db:"state"`
	Nomination  uuid.NullUUID `db:"nomination_id"`
	At          time.Time     `db:"created_at"`
	Total       int           `db:"total"`
}

func (r proposalRow) proposal() (proposal.Proposal, error) {
	p := proposal.Proposal{
		ID: contest.ID(r.ID), Contest: contest.ID(r.Contest), Event: contest.ID(r.Event), Publication: uint64(r.Publication), Entry: contest.ID(r.Entry),
		Name: r.Name, Unit: r.Unit, PersonKey: r.PersonKey, Year: r.Year, Profile: r.Profile, Version: r.Version,
		State: proposal.State(r.State), Nomination: maybe(r.Nomination), At: r.At.UTC(),
	}
	return p, errors.Join(json.Unmarshal(r.Outcome, &p.Outcome), json.Unmarshal(r.Evidence, &p.Evidence))
}

const (
	proposalColumns = `proposal_id, contest_id, event_id, publication, entry_id, name, unit, person_key, year, profile, version,
       outcome, evidence, state, nomination_id, created_at`

	findProposalSQL = `SELECT ` + proposalColumns + `, 1 AS total FROM honour_proposals WHERE proposal_id = $1`
	lockProposalSQL = findProposalSQL + ` FOR UPDATE`

	listProposalsSQL = `
SELECT ` + proposalColumns + `, count(*) OVER () AS total
  FROM honour_proposals
 WHERE ($1::uuid[] IS NULL OR contest_id = ANY ($1)) AND ($2 = '' OR state = $2)
 ORDER BY created_at DESC, (evidence ->> 'rank')::int, proposal_id
 LIMIT $3 OFFSET $4`

	changeProposalSQL = `UPDATE honour_proposals SET state = $2, nomination_id = $3 WHERE proposal_id = $1`
)

// FindProposal is proposal.Proposals.
func (s *Store) FindProposal(ctx context.Context, id contest.ID) (proposal.Proposal, error) {
	query := findProposalSQL
	if store.InTransaction(ctx) {
		query = lockProposalSQL
	}
	return find(ctx, s, "honours.proposal_missing", proposalRow.proposal, query, id.String())
}

// ListProposals is proposal.Proposals.
func (s *Store) ListProposals(ctx context.Context, q proposal.Query) ([]proposal.Proposal, int, error) {
	total := 0
	var of any
	if q.Contests != nil {
		of = ids(q.Contests)
	}
	found, err := list(ctx, s, "list proposals", func(r proposalRow) (proposal.Proposal, error) {
		total = r.Total
		return r.proposal()
	}, listProposalsSQL, of, string(q.State), q.Page.Limit, q.Page.Offset)
	return found, total, err
}

// ChangeProposal is proposal.Proposals.
func (s *Store) ChangeProposal(ctx context.Context, p proposal.Proposal) error {
	return s.exec(ctx, "change a proposal", changeProposalSQL, p.ID.String(), string(p.State), optional(p.Nomination))
}

const (
	releasePromotionsSQL = `DELETE FROM honour_promotions WHERE event_id = $1`

	claimPromotionSQL = `
WITH mine AS (
    INSERT INTO honour_promotions (person_key, year, award, event_id, entry_id) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (person_key, year) DO NOTHING RETURNING award)
SELECT count(*) FROM mine`
)

// ReleasePromotions is proposal.Promotions.
func (s *Store) ReleasePromotions(ctx context.Context, event contest.ID) error {
	return s.exec(ctx, "release promotions", releasePromotionsSQL, event.String())
}

// ClaimPromotion is proposal.Promotions. Who asks at the same time waits for the
// other's transaction.
func (s *Store) ClaimPromotion(ctx context.Context, p proposal.Promotion) (bool, error) {
	var n int
	err := s.db.Querier(ctx).GetContext(ctx, &n, claimPromotionSQL, p.PersonKey, p.Year, p.Award, p.Event.String(), p.Entry.String())
	return n == 1, store.Fault(err, "claim a promotion")
}
