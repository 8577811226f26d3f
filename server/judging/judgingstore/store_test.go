package judgingstore_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/judging/judgingstore"
	. "jiangtai/server/judging/judgingtest"
	"jiangtai/server/ledger"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// base is a database with a store on it, and a plain connection beside.
type base struct {
	url   string
	db    *store.DB
	store *judgingstore.Store
	plain *sql.DB
}

func newBase(t testing.TB) *base {
	t.Helper()
	b := &base{url: storetest.URL(t)}
	b.db = storetest.Open(t, b.url, store.Options{})
	b.store = b.another(t)
	var err error
	if b.plain, err = sql.Open("postgres", b.url); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.plain.Close() })
	return b
}

// another is a second program's store on the same database.
func (b *base) another(t testing.TB) *judgingstore.Store {
	t.Helper()
	marks := storetest.Open(t, b.url, store.Options{Name: "marks", Connections: 3})
	s, err := judgingstore.Open(t.Context(), marks, b.db)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func (b *base) count(t testing.TB, query string, args ...any) (n int) {
	t.Helper()
	if err := b.plain.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// chain makes batches that follow one another in one ledger.
type chain struct {
	id   contest.ID
	seq  uint64
	hash ledger.Hash
	mark int
}

func newChain(n int) *chain {
	id := ID('l', n)
	return &chain{id: id, hash: ledger.Genesis(ledger.ID(id)), mark: n * 1_000_000}
}

func (c *chain) batch(n int) *judging.Batch {
	b := &judging.Batch{Ledger: c.id, Seq: c.seq, Hash: c.hash, Note: fmt.Sprintf("head \"%d\"\\\n", c.seq+uint64(n))}
	h := c.hash
	for i := range n {
		c.mark++
		body := fmt.Appendf(nil, "body %d \x00\xff", c.mark)
		h = ledger.Chain(h, body)
		b.Lines = append(b.Lines, judging.Line{
			Seq: c.seq + uint64(i) + 1, MarkID: ID('m', c.mark), Payload: [16]byte{1}, Body: body, Hash: h,
		})
	}
	return b
}

func (c *chain) moved(b *judging.Batch) {
	last := b.Lines[len(b.Lines)-1]
	c.seq, c.hash = last.Seq, last.Hash
}

func TestEverySQLConstantPrepares(t *testing.T) {
	b := newBase(t)
	storetest.PrepareConstants(t, b.db)
}

func TestWhatIsAppendedIsLoaded(t *testing.T) {
	b := newBase(t)
	ctx := t.Context()
	c := newChain(1)
	state, err := b.store.Begin(ctx, c.id)
	if err != nil || state.Seq != 0 || state.Hash != c.hash || state.Epoch != 1 {
		t.Fatalf("a new ledger: %+v, %v", state, err)
	}
	var all []judging.Line
	for n := 1; n <= 4; n++ {
		batch := c.batch(n)
		batch.Texts = []judging.Text{{Hash: batch.Lines[0].Hash, MarkID: batch.Lines[0].MarkID, Text: `他说:"\'; DROP` + "\n 👩‍🏭 <img onerror>"}}
		if err := b.store.Append(ctx, batch); err != nil {
			t.Fatal(err)
		}
		c.moved(batch)
		all = append(all, batch.Lines...)
	}
	i := 0
	err = b.store.Load(ctx, c.id, 2, func(l judging.Line) error {
		want := all[i+2]
		if l.Seq != want.Seq || !bytes.Equal(l.Body, want.Body) || l.Hash != want.Hash || l.Payload != want.Payload {
			t.Errorf("line %d is %+v, was %+v", i+3, l, want)
		}
		i++
		return nil
	})
	if err != nil || i != len(all)-2 {
		t.Fatalf("%d lines, %v", i, err)
	}
	var heads []string
	if err := b.store.Heads(ctx, c.id, 2, 0, func(size uint64, note string) error {
		heads = append(heads, fmt.Sprint(size, note))
		return nil
	}); err != nil || strings.Join(heads, "") != "3head \"3\"\\\n6head \"6\"\\\n10head \"10\"\\\n" {
		t.Fatalf("heads %q, %v", heads, err)
	}
	texts, err := b.store.Texts(ctx, c.id, []scoring.ID{all[0].MarkID, ID('m', 7)})
	if err != nil || len(texts) != 1 || !strings.Contains(texts[all[0].MarkID], "DROP\n 👩‍🏭 <img") {
		t.Errorf("texts %q, %v", texts, err)
	}
	if texts, err = b.store.Texts(ctx, c.id, nil); err != nil || len(texts) != 4 {
		t.Errorf("all texts %q, %v", texts, err)
	}
	if err := b.store.Raise(ctx, c.id, 3); err != nil {
		t.Fatal(err)
	}
	if state, err = b.store.Begin(ctx, c.id); err != nil || state.Epoch != 3 || state.Seq != 10 || state.Hash != c.hash {
		t.Errorf("the head %+v, %v", state, err)
	}
}

// Promise A 11: the head is the fence.
func TestAnotherHeadWritesNothing(t *testing.T) {
	b := newBase(t)
	ctx := t.Context()
	c := newChain(1)
	if _, err := b.store.Begin(ctx, c.id); err != nil {
		t.Fatal(err)
	}
	first := c.batch(2)
	if err := b.store.Append(ctx, first); err != nil {
		t.Fatal(err)
	}
	stale := c.batch(1) // still names the empty ledger
	if err := b.store.Append(ctx, stale); !errors.Is(err, judging.ErrMoved) {
		t.Fatalf("a stale head: %v", err)
	}
	c.moved(first)
	forged := c.batch(1)
	forged.Hash[0] ^= 1 // right number, another history
	if err := b.store.Append(ctx, forged); !errors.Is(err, judging.ErrMoved) {
		t.Fatalf("another history's head: %v", err)
	}
	if n := b.count(t, "SELECT count(*) FROM records"); n != 2 {
		t.Errorf("%d records", n)
	}
	if n := b.count(t, "SELECT count(*) FROM heads"); n != 1 {
		t.Errorf("%d heads", n)
	}
}

// Promise A 10: sixteen writers; no sequence number is missing or doubled, and
// batches of many ledgers share transactions.
func TestSixteenWriters(t *testing.T) {
	b := newBase(t)
	ctx := t.Context()
	const writers, each = 16, 40
	before := b.count(t, "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")
	var done sync.WaitGroup
	for n := 1; n <= writers; n++ {
		c := newChain(n)
		if _, err := b.store.Begin(ctx, c.id); err != nil {
			t.Fatal(err)
		}
		done.Go(func() {
			for i := range each {
				batch := c.batch(1 + i%3)
				if err := b.store.Append(ctx, batch); err != nil {
					t.Errorf("ledger %d: %v", n, err)
					return
				}
				c.moved(batch)
			}
		})
	}
	done.Wait()
	for n := 1; n <= writers; n++ {
		prev, want := ledger.Genesis(ledger.ID(ID('l', n))), uint64(0)
		err := b.store.Load(ctx, ID('l', n), 0, func(l judging.Line) error {
			want++
			if l.Seq != want || ledger.Chain(prev, l.Body) != l.Hash {
				return fmt.Errorf("record %d stands at %d, or the chain breaks", l.Seq, want)
			}
			prev = l.Hash
			return nil
		})
		if err != nil || want != 79 {
			t.Errorf("ledger %d: %d records, %v", n, want, err)
		}
	}
	commits := b.count(t, "SELECT count(DISTINCT xmin::text) FROM heads")
	t.Logf("%d batches in %d transactions (statistics from %d)", writers*each, commits, before)
	if commits > writers*each*3/4 {
		t.Errorf("%d transactions for %d batches: nothing was joined", commits, writers*each)
	}
}

// One bad batch fails alone: its neighbours of the same transaction are written.
func TestABadBatchFailsAlone(t *testing.T) {
	b := newBase(t)
	ctx := t.Context()
	good, bad, known := newChain(1), newChain(2), newChain(3)
	for _, c := range []*chain{good, bad, known} {
		if _, err := b.store.Begin(ctx, c.id); err != nil {
			t.Fatal(err)
		}
	}
	taken := known.batch(1)
	if err := b.store.Append(ctx, taken); err != nil {
		t.Fatal(err)
	}
	hold, err := b.plain.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	// The ledger's row is held, so that a first batch waits and others join.
	var n int
	if err := hold.QueryRowContext(ctx, "SELECT 1 FROM ledgers WHERE ledger_id = $1 FOR UPDATE", known.id.String()).Scan(&n); err != nil {
		t.Fatal(err)
	}
	known.moved(taken)
	errs := make(chan error, 1)
	go func() { errs <- b.store.Append(ctx, known.batch(1)) }()
	waitFor(t, b, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()", 1)
	var done sync.WaitGroup
	var goodErr, badErr error
	done.Go(func() { goodErr = b.store.Append(ctx, good.batch(2)) })
	done.Go(func() {
		batch := bad.batch(2)
		batch.Lines[1].MarkID = taken.Lines[0].MarkID
		badErr = b.store.Append(ctx, batch)
	})
	if err := hold.Commit(); err != nil {
		t.Fatal(err)
	}
	done.Wait()
	if err := <-errs; err != nil {
		t.Errorf("the one that waited: %v", err)
	}
	if goodErr != nil {
		t.Errorf("the good one: %v", goodErr)
	}
	if fault.Code(badErr) != judging.ErrKnownMark.Code {
		t.Errorf("the bad one: %v", badErr)
	}
	if n := b.count(t, "SELECT count(*) FROM records WHERE ledger_id = $1", bad.id.String()); n != 0 {
		t.Errorf("%d records of the bad one", n)
	}
}

// waitFor polls until the query counts want.
func waitFor(t testing.TB, b *base, query string, want int) {
	t.Helper()
	for range 20_000 {
		if b.count(t, query) >= want {
			return
		}
	}
	t.Fatalf("never %d: %s", want, query)
}

func TestHistoryCannotBeChanged(t *testing.T) {
	b := newBase(t)
	ctx := t.Context()
	c := newChain(1)
	if _, err := b.store.Begin(ctx, c.id); err != nil {
		t.Fatal(err)
	}
	if err := b.store.Append(ctx, c.batch(3)); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"UPDATE records SET body = ''", "DELETE FROM records", "TRUNCATE records", "UPDATE records SET seq = 9 WHERE seq = 1",
		"UPDATE heads SET note = ''", "DELETE FROM heads", "TRUNCATE heads", "DELETE FROM ledgers", "TRUNCATE ledgers",
		"INSERT INTO records SELECT ledger_id, seq, mark_id, payload, body, hash FROM records ON CONFLICT (mark_id) DO UPDATE SET body = ''", "TRUNCATE ledgers, records, heads",
	} {
		if _, err := b.plain.ExecContext(ctx, statement); err == nil || !strings.Contains(err.Error(), "a ledger only grows") {
			t.Errorf("%s: %v", statement, err)
		}
	}
	if n := b.count(t, "SELECT count(*) FROM records"); n != 3 {
		t.Errorf("%d records", n)
	}
}

func TestConstraintsHaveMeanings(t *testing.T) {
	b := newBase(t)
	missing, stale, err := b.db.Unmapped(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	ours := func(names []string) (list []string) {
		for _, n := range names {
			for _, table := range []string{"ledgers_", "records_", "heads_", "texts_", "refusals_"} {
				if strings.HasPrefix(n, table) {
					list = append(list, n)
				}
			}
		}
		return list
	}
	if m, s := ours(missing), ours(stale); len(m)+len(s) > 0 {
		t.Errorf("without a meaning: %v; of nothing: %v", m, s)
	}
}
