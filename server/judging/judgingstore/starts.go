package judgingstore

import (
	"context"
	"database/sql"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/judging/clerk"
	"jiangtai/server/ledger"
	"jiangtai/server/store"
)

// One statement sees a ledger and its signed head at one moment.
const startsSQL = `
SELECT l.ledger_id, l.epoch, l.seq, l.head_hash, h.size, h.note
  FROM ledgers l
  LEFT JOIN heads h ON h.ledger_id = l.ledger_id AND h.size = l.seq
 WHERE l.ledger_id = ANY ($1::uuid[])`

// Starts implements clerk.Starts.
func (s *Store) Starts(ctx context.Context, ledgers []contest.ID) (map[contest.ID]*clerk.Start, error) {
	var ids array
	ids.reset()
	for _, id := range ledgers {
		ids.uuid(id)
	}
	refused, err := s.refusedOf(ctx, ids.value())
	if err != nil {
		return nil, err
	}
	var rows []struct {
		Ledger uuid.UUID `db:"ledger_id"`
		Epoch  uint64
		Seq    uint64
		Hash   []byte `db:"head_hash"`
		Size   sql.NullInt64
		Note   sql.NullString
	}
	if err := s.reads.Querier(ctx).SelectContext(ctx, &rows, startsSQL, ids.value()); err != nil {
		return nil, store.Fault(err, "read the heads of ledgers")
	}
	out := make(map[contest.ID]*clerk.Start, len(rows))
	for _, r := range rows {
		if len(r.Hash) != len(ledger.Hash{}) {
			return nil, fault.New(fault.Internal, "server.internal")
		}
		id := contest.ID(r.Ledger)
		out[id] = &clerk.Start{
			State: judging.State{Epoch: r.Epoch, Seq: r.Seq, Hash: ledger.Hash(r.Hash)},
			Size:  uint64(r.Size.Int64), Note: r.Note.String, Refused: refused[id],
		}
	}
	return out, nil
}
