package programmestore

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/programme"
	"jiangtai/server/store"
)

type contestRow struct {
	ID        uuid.UUID    `db:"contest_id"`
	Code      string       `db:"code"`
	Name      string       `db:"name"`
	NameEn    string       `db:"name_en"`
	Kind      string       `db:"kind"`
	Organiser string       `db:"organiser"`
	StartsOn  sql.NullTime `db:"starts_on"`
	EndsOn    sql.NullTime `db:"ends_on"`
	Visible   bool         `db:"visible"`
	CreatedAt time.Time    `db:"created_at"`
	Events    int          `db:"events"`
	Total     int          `db:"total"`
}

func (r contestRow) contest() programme.Contest {
	return programme.Contest{Visible: r.Visible, Events: r.Events, Contest: contest.Contest{
		ID: contest.ID(r.ID), Code: r.Code, Name: r.Name, NameEn: r.NameEn, Kind: contest.Kind(r.Kind),
		Organiser: r.Organiser, StartsOn: instant(r.StartsOn), EndsOn: instant(r.EndsOn), CreatedAt: r.CreatedAt.UTC(),
	}}
}

const listContestsSQL = `
SELECT c.contest_id, c.code, c.name, c.name_en, c.kind, c.organiser, c.starts_on, c.ends_on, c.visible, c.created_at,
       (SELECT count(*) FROM events e WHERE e.contest_id = c.contest_id) AS events,
       count(*) OVER () AS total
  FROM contests c
 WHERE ($1 OR c.contest_id = ANY ($2::uuid[])
        OR EXISTS (SELECT 1 FROM events e WHERE e.contest_id = c.contest_id AND e.event_id = ANY ($3::uuid[])))
   AND ($4::uuid IS NULL OR c.contest_id = $4)
   AND ($5 = '' OR c.code = $5)
   AND (c.visible OR NOT $6)
   AND NOT EXISTS (SELECT 1 FROM unnest($7::text[]) w
                    WHERE strpos(lower(concat_ws(' ', c.code, c.name, c.name_en, c.organiser)), w) = 0)
 ORDER BY c.starts_on DESC NULLS LAST, c.created_at DESC, c.contest_id
 LIMIT NULLIF($8::int, -1) OFFSET $9`

// ListContests is programme.Contests.
func (s *Store) ListContests(ctx context.Context, q programme.ContestQuery) ([]programme.Contest, int, error) {
	var rows []contestRow
	err := s.db.Querier(ctx).SelectContext(ctx, &rows, listContestsSQL,
		q.Scope.All, ids(q.Scope.Contests), ids(q.Scope.Events), optional(q.ID), q.Code, q.Visible,
		words(q.Page.Q), q.Page.Limit, q.Page.Offset)
	if err != nil {
		return nil, 0, store.Fault(err, "list contests")
	}
	if len(rows) == 0 && q.Page.Offset > 0 {
		q.Page.Limit, q.Page.Offset = 1, 0
		_, total, err := s.ListContests(ctx, q)
		return []programme.Contest{}, total, err
	}
	out, total := make([]programme.Contest, 0, len(rows)), 0
	for _, r := range rows {
		out, total = append(out, r.contest()), r.Total
	}
	return out, total, nil
}

const lockContestSQL = `
SELECT c.contest_id, c.code, c.name, c.name_en, c.kind, c.organiser, c.starts_on, c.ends_on, c.visible, c.created_at,
       (SELECT count(*) FROM events e WHERE e.contest_id = c.contest_id) AS events
  FROM contests c
 WHERE c.contest_id = $1
   FOR UPDATE`

// LockContest is programme.Contests.
func (s *Store) LockContest(ctx context.Context, id contest.ID) (programme.Contest, error) {
	var r contestRow
	err := s.db.Querier(ctx).GetContext(ctx, &r, lockContestSQL, id.String())
	return r.contest(), one(err, "programme.contest_missing", "lock a contest")
}

const createContestSQL = `
INSERT INTO contests (contest_id, code, name, name_en, kind, organiser, starts_on, ends_on, visible, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

// CreateContest is programme.Contests.
func (s *Store) CreateContest(ctx context.Context, c programme.Contest) error {
	return s.exec(ctx, "create a contest", createContestSQL, c.ID.String(), c.Code, c.Name, c.NameEn,
		string(c.Kind), c.Organiser, date(c.StartsOn), date(c.EndsOn), c.Visible, c.CreatedAt)
}

const changeContestSQL = `
UPDATE contests
   SET name = $2, name_en = $3, kind = $4, organiser = $5, starts_on = $6, ends_on = $7, visible = $8
 WHERE contest_id = $1`

// ChangeContest is programme.Contests.
func (s *Store) ChangeContest(ctx context.Context, c programme.Contest) error {
	return s.exec(ctx, "change a contest", changeContestSQL, c.ID.String(), c.Name, c.NameEn,
		string(c.Kind), c.Organiser, date(c.StartsOn), date(c.EndsOn), c.Visible)
}
