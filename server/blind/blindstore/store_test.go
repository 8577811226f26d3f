package blindstore_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/blind"
	"jiangtai/server/blind/blindstore"
	"jiangtai/server/blind/blindtest"
	"jiangtai/server/blind/recusal"
	"jiangtai/server/blind/recusal/recusaltest"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func keep(t *testing.T, db *store.DB) *blindstore.Store {
	t.Helper()
	s, err := blindstore.New(db, []byte(strings.Repeat("k", blindstore.KeySize)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestDesk(t *testing.T) {
	blindtest.Conform(t, func(t *testing.T) (blind.Store, blind.Work) {
		db := storetest.New(t)
		return keep(t, db), db
	})
}

func TestStatementsParse(t *testing.T) { storetest.PrepareConstants(t, storetest.New(t)) }

func TestConstraintsHaveMeanings(t *testing.T) {
	missing, stale, err := storetest.New(t).Unmapped(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(missing, stale...) {
		if strings.HasPrefix(name, "blind") || strings.HasPrefix(name, "recusal") {
			t.Errorf("%s", name)
		}
	}
}

func TestAKeyOfTheWrongLength(t *testing.T) {
	if _, err := blindstore.New(nil, make([]byte, 63)); err == nil {
		t.Error("a short key is taken")
	}
}

// drawn is an event with seats and codes, drawn and closed.
func drawn(t *testing.T) (*blindtest.Rig, *store.DB) {
	t.Helper()
	db := storetest.New(t)
	r := blindtest.NewRig(keep(t, db), db)
	r.DrawBoth(t, blindtest.Weld)
	return r, db
}

func exec(t *testing.T, db *store.DB, query string) error {
	t.Helper()
	return db.Do(t.Context(), func(ctx context.Context) error {
		_, err := db.Querier(ctx).ExecContext(ctx, query)
		return err
	})
}

// B47: whatever is exchanged, changed, taken away or put back in the stored pairs
// ends the unsealing.
func TestSwappedPairsAreNeverUnsealed(t *testing.T) {
	for name, tamper := range map[string]string{
		"secrets exchanged": `UPDATE blind_pairs p SET sealed = o.sealed FROM blind_pairs o
			WHERE o.draw_id = p.draw_id AND o.entry_id <> p.entry_id AND p.entry_id IN (SELECT min(entry_id::text)::uuid FROM blind_pairs)`,
		"one bit": `UPDATE blind_pairs SET sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)
			WHERE entry_id IN (SELECT max(entry_id::text)::uuid FROM blind_pairs)`,
		"one gone":   `DELETE FROM blind_pairs WHERE entry_id IN (SELECT min(entry_id::text)::uuid FROM blind_pairs)`,
		"its index":  `UPDATE blind_pairs SET label_mark = sha256(label_mark) WHERE entry_id IN (SELECT min(entry_id::text)::uuid FROM blind_pairs)`,
		"other draw": `UPDATE blind_pairs p SET sealed = o.sealed FROM blind_pairs o WHERE o.entry_id = p.entry_id AND o.draw_id <> p.draw_id`,
	} {
		r, db := drawn(t)
		r.Change(blindtest.Weld, func(e *blind.Event) { e.IsOpen = true })
		if err := exec(t, db, tamper); err != nil {
			t.Fatal(name, err)
		}
		err := r.Unseal(t.Context(), blindtest.Other, blindtest.Weld, blind.Unsealing{Second: blindtest.With("watcher")})
		if code := fault.Code(err); code != "blind.swapped" && code != "blind.pair_damaged" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A closed draw, the strikes and the log of unsealings cannot be edited.
func TestWhatIsClosedStays(t *testing.T) {
	r, db := drawn(t)
	r.Change(blindtest.Weld, func(e *blind.Event) { e.IsOpen = true })
	blindtest.Want(t, "", r.Unseal(t.Context(), blindtest.Other, blindtest.Weld, blind.Unsealing{Second: blindtest.With("watcher")}))
	for _, query := range []string{
		"UPDATE blind_draws SET digest = repeat('0', 64)", "UPDATE blind_draws SET phase = 'open', closed_at = NULL", "DELETE FROM blind_draws",
		"UPDATE blind_steps SET what = 'refused'", "DELETE FROM blind_steps", "TRUNCATE blind_steps", "TRUNCATE blind_strikes", "DELETE FROM blind_strikes",
	} {
		if err := exec(t, db, query); err == nil {
			t.Errorf("%s was done", query)
		}
	}
}

// B46: no table of the desk tells who holds which label, nor a seed.
func TestNoPairLiesOpen(t *testing.T) {
	r, db := drawn(t)
	ctx := t.Context()
	var all strings.Builder
	for _, table := range []string{"blind_check_ins", "blind_arrivals", "blind_draws", "blind_pairs", "blind_strikes", "blind_steps"} {
		var rows []string
		if err := db.Querier(ctx).SelectContext(ctx, &rows, "SELECT t::text FROM "+table+" t"); err != nil {
			t.Fatal(err)
		}
		all.WriteString(strings.Join(rows, "\n"))
	}
	text := all.String()
	if !strings.Contains(text, "见证人") {
		t.Fatal("the tables were not read")
	}
	for _, label := range r.Held(t, blindtest.Other, blindtest.Weld, blind.Codes) {
		if strings.Contains(text, label) || strings.Contains(text, fmt.Sprintf("%x", label)) {
			t.Errorf("%s lies open", label)
		}
	}
	rec, err := r.Desk.Record(ctx, blindtest.Coder, blindtest.Weld, blind.Seats)
	if err != nil || strings.Contains(text, fmt.Sprintf("%x", rec.Draw.Seed)) {
		t.Error("the seed lies open", err)
	}
}

// Of 64 who do the same at once one succeeds: beginning a draw, and keying the
// same label for different entries.
func TestDrawsCannotBeRaced(t *testing.T) {
	db := storetest.New(t)
	s := keep(t, db)
	race := func(act func(ctx context.Context, n int) error) map[string]int {
		var mu sync.Mutex
		var wg sync.WaitGroup
		out := map[string]int{}
		for n := range 64 {
			wg.Go(func() {
				err := db.Do(t.Context(), func(ctx context.Context) error { return act(ctx, n) })
				mu.Lock()
				defer mu.Unlock()
				out[fault.Code(err)]++
			})
		}
		wg.Wait()
		return out
	}
	d := blind.Draw{Event: blindtest.Cook, Layer: blind.Codes, Method: blind.ByHand, Phase: blind.Open, Witness: "见证人"}
	got := race(func(ctx context.Context, n int) error {
		d := d
		d.ID = contest.ID{0: 1, 15: byte(n)}
		return s.CreateDraw(ctx, d)
	})
	if got[""] != 1 || got["blind.already_drawn"] != 63 {
		t.Errorf("draws: %v", got)
	}
	list, err := s.ListDraws(t.Context(), blindtest.Cook)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	got = race(func(ctx context.Context, n int) error {
		return s.SavePairs(ctx, list[0], []blind.Pair{{Entry: contest.ID{0: 2, 15: byte(n)}, From: fmt.Sprint(n), Label: "007H"}})
	})
	if got[""] != 1 || got["blind.label_taken"] != 63 {
		t.Errorf("labels: %v", got)
	}
}

func TestTies(t *testing.T) {
	recusaltest.Conform(t, func(t *testing.T) (recusal.Store, blind.Store, blind.Work) {
		db := storetest.New(t)
		s := keep(t, db)
		return s, s, db
	})
}

// What was declared lies sealed in one length, opens in no other place, and is not
// changed behind the desk.
func TestTiesLieSealed(t *testing.T) {
	db := storetest.New(t)
	s := keep(t, db)
	r := recusaltest.NewRig(s, s, db)
	for i, reason := range []string{"表", strings.Repeat("<", 300)} {
		err := r.Declare(t.Context(), blindtest.Host, blindtest.Cook, recusal.Declaration{
			Chair: scoring.ChairID(i + 1), Kind: recusal.Relative, EntryNo: "003", Reason: reason, Source: recusal.Himself,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var lengths []int
	do := func(query string, into any, args ...any) error {
		return db.Do(t.Context(), func(ctx context.Context) error {
			if into == nil {
				_, err := db.Querier(ctx).ExecContext(ctx, query, args...)
				return err
			}
			return db.Querier(ctx).SelectContext(ctx, into, query, args...)
		})
	}
	if err := do(`SELECT DISTINCT length(sealed) FROM recusal_ties`, &lengths); err != nil || len(lengths) != 1 {
		t.Errorf("lengths %v, %v", lengths, err)
	}
	for _, query := range []string{`UPDATE recusal_ties SET version = 2`, `DELETE FROM recusal_ties`, `TRUNCATE recusal_decisions`} {
		if err := do(query, nil); err == nil {
			t.Errorf("%s is taken", query)
		}
	}
	moved := `INSERT INTO recusal_ties (tie_id, version, event_id, sealed) SELECT tie_id, 2, event_id, sealed FROM recusal_ties`
	if err := do(moved, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ListTies(t.Context(), blindtest.Cook); fault.Code(err) != "blind.pair_damaged" {
		t.Errorf("a version that was copied opens: %v", err)
	}
}
