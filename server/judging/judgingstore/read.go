package judgingstore

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
	"jiangtai/server/store"
)

// page is how many rows one statement reads: the time of a statement is limited.
const page = 5000

const headsSQL = `SELECT size, note FROM heads WHERE ledger_id = $1 AND size >= $2 ORDER BY size LIMIT $3`

// Heads implements judging.Ledgers.
func (s *Store) Heads(ctx context.Context, id contest.ID, from uint64, limit int, each func(size uint64, note string) error) error {
	for {
		most := page
		if limit > 0 {
			most = min(limit, page)
		}
		n, last, err := s.headsPage(ctx, id, from, most, each)
		if err != nil || n < most || limit > 0 {
			return err
		}
		from = last + 1
	}
}

func (s *Store) headsPage(ctx context.Context, id contest.ID, from uint64, most int, each func(uint64, string) error) (n int, last uint64, err error) {
	rows, err := s.reads.Querier(ctx).QueryxContext(ctx, headsSQL, id.String(), from, most)
	if err != nil {
		return 0, 0, store.Fault(err, "read heads")
	}
	defer rows.Close()
	for rows.Next() {
		var note string
		if err := rows.Scan(&last, &note); err != nil {
			return n, last, store.Fault(err, "read a head")
		}
		if err := each(last, note); err != nil {
			return n, last, err
		}
		n++
	}
	return n, last, store.Fault(rows.Err(), "read heads")
}

const (
	allTextsSQL = `SELECT mark_id, text FROM texts WHERE ledger_id = $1`
	textsOfSQL  = `SELECT mark_id, text FROM texts WHERE ledger_id = $1 AND mark_id = ANY($2::uuid[])`
)

// Texts implements judging.Notes.
func (s *Store) Texts(ctx context.Context, id contest.ID, marks []scoring.ID) (map[scoring.ID]string, error) {
	query, args := allTextsSQL, []any{id.String()}
	if marks != nil {
		var ids array
		ids.reset()
		for _, m := range marks {
			ids.uuid(m)
		}
		query, args = textsOfSQL, append(args, ids.value())
	}
	var rows []struct {
		Mark string `db:"mark_id"`
		Text string
	}
	if err := s.reads.Querier(ctx).SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, store.Fault(err, "read remarks")
	}
	out := make(map[scoring.ID]string, len(rows))
	for _, r := range rows {
		mark, err := scoring.ParseID(r.Mark)
		if err != nil {
			return nil, store.Fault(err, "read a remark")
		}
		out[mark] = r.Text
	}
	return out, nil
}

const (
	refuseSQL = `
INSERT INTO refusals (ledger_id, device_id, device_seq, mark_id, code, refused_at)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`
	refusalsSQL = `
SELECT ledger_id, device_id, device_seq, mark_id, code, refused_at FROM refusals WHERE ledger_id = ANY ($1::uuid[]) ORDER BY refused_at`
)

// Refuse implements judging.Notes.
func (s *Store) Refuse(ctx context.Context, id contest.ID, list []judging.Refusal) error {
	return s.reads.Do(ctx, func(ctx context.Context) error {
		for _, r := range list {
			_, err := s.reads.Querier(ctx).ExecContext(ctx, refuseSQL,
				id.String(), r.Device.String(), r.DeviceSeq, r.MarkID.String(), r.Code, r.At)
			if err != nil {
				return store.Fault(err, "note a refusal")
			}
		}
		return nil
	})
}

// Refusals implements judging.Notes.
func (s *Store) Refusals(ctx context.Context, id contest.ID) ([]judging.Refusal, error) {
	var ids array
	ids.reset()
	ids.uuid(id)
	all, err := s.refusedOf(ctx, ids.value())
	return all[id], err
}

// refusedOf are the refusals of some ledgers, in the order of their times.
func (s *Store) refusedOf(ctx context.Context, ids any) (map[contest.ID][]judging.Refusal, error) {
	var rows []struct {
		Ledger uuid.UUID `db:"ledger_id"`
		Device uuid.UUID `db:"device_id"`
		Number uint32    `db:"device_seq"`
		Mark   uuid.UUID `db:"mark_id"`
		Code   string    `db:"code"`
		At     time.Time `db:"refused_at"`
	}
	if err := s.reads.Querier(ctx).SelectContext(ctx, &rows, refusalsSQL, ids); err != nil {
		return nil, store.Fault(err, "read refusals")
	}
	out := map[contest.ID][]judging.Refusal{}
	for _, r := range rows {
		id := contest.ID(r.Ledger)
		out[id] = append(out[id], judging.Refusal{
			Device: scoring.ID(r.Device), DeviceSeq: r.Number, MarkID: scoring.ID(r.Mark), Code: r.Code, At: r.At,
		})
	}
	return out, nil
}
