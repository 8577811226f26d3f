package judgingstore

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/ledger"
	"jiangtai/server/store"
)

// Store keeps ledgers: it is judging's Ledgers and Notes. Safe for concurrent
// use.
type Store struct {
	marks *store.DB // for appends alone
	reads *store.DB

	mu     sync.Mutex // guards what follows, but for what the writer of a round has in hand
	idle   *sync.Cond // a round has ended
	rounds [2]round
	last   int           // records of the last commit that was begun
	line   []chan *round // of those who wait for the next round
	closed bool
}

var _ = store.Constraints(map[string]store.Meaning{
	"ledgers_id_pk":         store.Ours,
	"ledgers_epoch_check":   store.Ours,
	"ledgers_seq_check":     store.Ours,
	"ledgers_hash_check":    store.Ours,
	"records_seq_pk":        store.Ours, // the fence is in front of it
	"records_mark_key":      {Kind: judging.ErrKnownMark.Kind, Code: judging.ErrKnownMark.Code},
	"records_seq_check":     store.Ours,
	"records_payload_check": store.Ours,
	"records_hash_check":    store.Ours,
	"heads_size_pk":         store.Ours,
	"heads_size_check":      store.Ours,
	"texts_hash_pk":         store.Ours,
	"refusals_number_pk":    store.Ours,
})

// Open connects and prepares the statements. marks is a pool of its own, for what
// became of a lost connection's batches; reads is the program's. Close it before them.
func Open(ctx context.Context, marks, reads *store.DB) (*Store, error) {
	s := &Store{marks: marks, reads: reads}
	s.idle = sync.NewCond(&s.mu)
	for i := range s.rounds {
		var err error
		if s.rounds[i].writer, err = newWriter(ctx, marks); err != nil {
			return nil, err
		}
		s.rounds[i].store = s
	}
	return s, nil
}

// Close writes what waits; what comes later is refused.
func (s *Store) Close() error {
	s.mu.Lock()
	wasClosed := s.closed
	s.closed = true
	for !s.rounds[0].rests() || !s.rounds[1].rests() || len(s.line) > 0 {
		s.idle.Wait()
	}
	s.mu.Unlock()
	if wasClosed {
		return nil
	}
	return errors.Join(s.rounds[0].writer.line.Close(), s.rounds[1].writer.line.Close())
}

const (
	createSQL = `INSERT INTO ledgers (ledger_id, head_hash) VALUES ($1, $2) ON CONFLICT DO NOTHING`
	stateSQL  = `SELECT epoch, seq, head_hash FROM ledgers WHERE ledger_id = $1`
	raiseSQL  = `UPDATE ledgers SET epoch = $2 WHERE ledger_id = $1 AND epoch < $2`
)

// Create makes an empty ledger, in the transaction of ctx if there is one. A
// ledger that is there stays as it is.
func (s *Store) Create(ctx context.Context, id contest.ID) error {
	genesis := ledger.Genesis(ledger.ID(id))
	return s.reads.Do(ctx, func(ctx context.Context) error {
		_, err := s.reads.Querier(ctx).ExecContext(ctx, createSQL, id.String(), genesis[:])
		return store.Fault(err, "create a ledger")
	})
}

// Begin implements judging.Ledgers.
func (s *Store) Begin(ctx context.Context, id contest.ID) (judging.State, error) {
	state, err := s.state(ctx, id)
	if !errors.Is(err, sql.ErrNoRows) {
		return state, store.Fault(err, "read the head of a ledger")
	}
	if err := s.Create(ctx, id); err != nil {
		return judging.State{}, err
	}
	state, err = s.state(ctx, id)
	return state, store.Fault(err, "read the head of a ledger")
}

func (s *Store) state(ctx context.Context, id contest.ID) (judging.State, error) {
	var row struct {
		Epoch uint64
		Seq   uint64
		Hash  []byte `db:"head_hash"`
	}
	if err := s.reads.Querier(ctx).GetContext(ctx, &row, stateSQL, id.String()); err != nil {
		return judging.State{}, err
	}
	if len(row.Hash) != len(ledger.Hash{}) {
		return judging.State{}, fault.New(fault.Internal, "server.internal")
	}
	return judging.State{Epoch: row.Epoch, Seq: row.Seq, Hash: ledger.Hash(row.Hash)}, nil
}

// Raise implements judging.Ledgers.
func (s *Store) Raise(ctx context.Context, id contest.ID, epoch uint64) error {
	return s.reads.Do(ctx, func(ctx context.Context) error {
		_, err := s.reads.Querier(ctx).ExecContext(ctx, raiseSQL, id.String(), epoch)
		return store.Fault(err, "raise the epoch of a ledger")
	})
}
