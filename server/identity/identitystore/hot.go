package identitystore

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"jiangtai/server/store"
)

// hot are the statements of which every tablet asks every second: parsed and planned
// once a connection. Planning them anew took PostgreSQL as long as writing the marks
// that were sent meanwhile. They are prepared when they are first asked for, and end
// with the pool.
type hot struct {
	mu       sync.Mutex // guards prepared
	prepared map[string]*store.Stmt
}

func (s *Store) prepare(ctx context.Context, query string) (*store.Stmt, error) {
	s.hot.mu.Lock()
	known, ok := s.hot.prepared[query]
	s.hot.mu.Unlock()
	if ok {
		return known, nil
	}
	// Not under the lock: a database that does not answer must hold up only those who ask it.
	made, err := s.db.Prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	s.hot.mu.Lock()
	defer s.hot.mu.Unlock()
	if first, ok := s.hot.prepared[query]; ok {
		return first, made.Close()
	}
	s.hot.prepared[query] = made
	return made, nil
}

// getHot is get for what is asked all the time. A transaction asks on its own
// connection, which need not have the statement.
func (s *Store) getHot(ctx context.Context, doing string, dest any, query string, args ...any) (bool, error) {
	if store.InTransaction(ctx) {
		return s.get(ctx, doing, dest, query, args...)
	}
	st, err := s.prepare(ctx, query)
	if err != nil {
		return false, err
	}
	err = st.GetContext(ctx, dest, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, store.Fault(err, doing)
}
