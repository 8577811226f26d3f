package judgingstore_test

import (
	"context"
	"fmt"
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/judging"
	. "jiangtai/server/judging/judgingtest"
)

// TestALongLedgerIsReadWhole: a ledger of several pages comes in its order from
// wherever it is wanted, and one that somebody took a record out of comes with its
// hole: whoever follows the chain sees which is missing.
func TestALongLedgerIsReadWhole(t *testing.T) {
	b := newBase(t)
	c := newChain(1)
	if _, err := b.store.Begin(t.Context(), c.id); err != nil {
		t.Fatal(err)
	}
	const all = 21_345
	for range all / 15 {
		batch := c.batch(15)
		if err := b.store.Append(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
		c.moved(batch)
	}
	seqs := func(after uint64) (list []uint64) {
		if err := b.store.Load(t.Context(), ID('l', 1), after, func(l judging.Line) error {
			list = append(list, l.Seq)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return list
	}
	for _, after := range []uint64{0, 1, 4999, 5000, 21_344, 21_345, 30_000} {
		list := seqs(after)
		if want := max(all, after) - after; uint64(len(list)) != want {
			t.Fatalf("%d records after %d, want %d", len(list), after, want)
		}
		for i, seq := range list {
			if seq != after+uint64(i)+1 {
				t.Fatalf("after %d record %d stands at %d", after, seq, i)
			}
		}
	}
	some := bodies(t, b, c.id)
	for _, n := range []uint64{0, 1, 399, 400, 401, 20_000, 20_001, 21_345} {
		if next, err := some(n); err != nil || next != n+1 {
			t.Fatalf("of %d bodies %d came: %v", n, next-1, err)
		}
	}
	if _, err := some(21_346); err == nil {
		t.Fatal("more bodies than there are")
	}
	takeOut(t, b, 7001)
	if next, err := some(21_345); err == nil || next != 6801 {
		t.Errorf("with a hole at 7001 the bodies came up to %d: %v", next-1, err)
	}
	list := seqs(5000)
	if len(list) != all-5001 || list[1999] != 7000 || list[2000] != 7002 {
		t.Errorf("%d records after 5000, around the hole %v", len(list), list[1998:2002])
	}
}

// takeOut removes a record, as a superuser does.
func takeOut(t *testing.T, b *base, seq int) {
	t.Helper()
	err := b.db.Do(t.Context(), func(ctx context.Context) error {
		for _, statement := range []string{
			"ALTER TABLE records DISABLE TRIGGER ALL", fmt.Sprintf("DELETE FROM records WHERE seq = %d", seq), "ALTER TABLE records ENABLE TRIGGER ALL",
		} {
			if _, err := b.db.Querier(ctx).ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// bodies reads so many bodies of a ledger, holds them against its lines, and says which
// would be next.
func bodies(t *testing.T, b *base, id contest.ID) func(n uint64) (next uint64, err error) {
	t.Helper()
	all := map[uint64]string{}
	if err := b.store.Load(t.Context(), id, 0, func(l judging.Line) error {
		all[l.Seq] = string(l.Body)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return func(n uint64) (next uint64, err error) {
		next = 1
		err = b.store.Bodies(t.Context(), id, n, func(seq uint64, body []byte) error {
			if seq != next || string(body) != all[seq] {
				t.Fatalf("body %d is %x, after %d", seq, body, next-1)
			}
			next++
			return nil
		})
		return next, err
	}
}
