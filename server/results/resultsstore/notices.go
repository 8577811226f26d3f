package resultsstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/results"
	"jiangtai/server/store"
)

type noticeRow struct {
	Number   int       `db:"number"`
	List     []byte    `db:"list"`
	Place    string    `db:"place"`
	StartsOn time.Time `db:"starts_on"`
	EndsOn   time.Time `db:"ends_on"`
	By       uuid.UUID `db:"by_id"`
	ByName   string    `db:"by_name"`
	At       time.Time `db:"given_at"`
}

const (
	newestNoticeSQL = `
SELECT number, list, place, starts_on, ends_on, by_id, by_name, given_at
  FROM result_notices WHERE event_id = $1 ORDER BY number DESC LIMIT 1`

	appendNoticeSQL = `
INSERT INTO result_notices (event_id, number, list, place, starts_on, ends_on, by_id, by_name, given_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
)

// NewestNotice is results.Store.
func (s *Store) NewestNotice(ctx context.Context, event contest.ID) (results.Notice, bool, error) {
	var row noticeRow
	err := s.db.Querier(ctx).GetContext(ctx, &row, newestNoticeSQL, event.String())
	if errors.Is(err, sql.ErrNoRows) {
		return results.Notice{}, false, nil
	}
	if err != nil {
		return results.Notice{}, false, store.Fault(err, "find a notice")
	}
	return results.Notice{
		Event: event, Number: row.Number, List: sum(row.List), Place: row.Place, StartsOn: day(row.StartsOn), EndsOn: day(row.EndsOn),
		By: contest.ID(row.By), ByName: row.ByName, At: row.At.UTC(),
	}, true, nil
}

// day is a stored date as the room knows it: UTC midnight.
func day(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// AppendNotice is results.Store.
func (s *Store) AppendNotice(ctx context.Context, n results.Notice) error {
	_, err := s.db.Querier(ctx).ExecContext(ctx, appendNoticeSQL, n.Event.String(), n.Number, n.List[:], n.Place, n.StartsOn, n.EndsOn,
		n.By.String(), n.ByName, n.At)
	return store.Fault(err, "write a notice")
}
