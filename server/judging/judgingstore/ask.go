package judgingstore

import (
	"context"

	"jiangtai/server/judging"
	"jiangtai/server/store"
)

const (
	// Waits until the transaction that was not answered has ended: it
	// holds the rows of the ledgers that it moved.
	settleSQL = `SELECT ledger_id FROM ledgers WHERE ledger_id = ANY($1::uuid[]) ORDER BY ledger_id FOR UPDATE`
	foundSQL  = `SELECT count(*) FROM records WHERE ledger_id = $1 AND mark_id = ANY($2::uuid[]) AND hash = ANY($3::bytea[])`
)

// ask finds out what became of batches whose transaction was not answered, and tells
// those who wait. What it gives back is certainly not written: the fence keeps it from
// being written twice, should the lost statement still reach the server.
func (s *Store) ask(joined []*waiting, cause error) (lost []*waiting) {
	there := make([]bool, len(joined))
	err := s.marks.Do(context.Background(), func(ctx context.Context) error {
		q := s.marks.Querier(ctx)
		var ids array
		ids.reset()
		for _, w := range joined {
			ids.uuid(w.batch.Ledger)
		}
		var held []string
		if err := q.SelectContext(ctx, &held, settleSQL, ids.value()); err != nil {
			return err
		}
		for i, w := range joined {
			found, err := s.find(ctx, w.batch)
			if err != nil {
				return err
			}
			there[i] = found
		}
		return nil
	})
	for i, w := range joined {
		switch {
		case err != nil:
			w.done <- cause
		case there[i]:
			w.done <- nil
		default:
			lost = append(lost, w)
		}
	}
	return lost
}

func (s *Store) find(ctx context.Context, b *judging.Batch) (bool, error) {
	var marks, hashes array
	marks.reset()
	hashes.reset()
	for i := range b.Lines {
		marks.uuid(b.Lines[i].MarkID)
		hashes.bytes(b.Lines[i].Hash[:])
	}
	var n int
	err := s.marks.Querier(ctx).GetContext(ctx, &n, foundSQL, b.Ledger.String(), marks.value(), hashes.value())
	return n == len(b.Lines), store.Fault(err, "look for records")
}
