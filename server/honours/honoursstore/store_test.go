package honoursstore_test

import (
	"context"
	"io/fs"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"jiangtai/schemas"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours"
	"jiangtai/server/honours/honoursstore"
	"jiangtai/server/honours/honourstest"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func rig(t *testing.T) (*honourstest.Rig, *store.DB) {
	t.Helper()
	db := storetest.New(t)
	files, err := fs.Sub(schemas.Honours, "honours")
	if err != nil {
		t.Fatal(err)
	}
	return honourstest.NewRig(t, honoursstore.New(db), db, files), db
}

func TestScenes(t *testing.T) {
	for name, scene := range honourstest.Scenes {
		t.Run(name, func(t *testing.T) {
			r, _ := rig(t)
			scene(honourstest.NewCity(t, r))
		})
	}
}

func TestProposing(t *testing.T) {
	for name, scene := range honourstest.Proposing {
		t.Run(name, func(t *testing.T) {
			r, _ := rig(t)
			scene(t, r)
		})
	}
}

func TestStatementsParse(t *testing.T) { storetest.PrepareConstants(t, storetest.New(t)) }

// Every constraint of this room's tables has a meaning, and no meaning is of a
// constraint that is gone.
func TestConstraintsHaveMeanings(t *testing.T) {
	missing, stale, err := storetest.New(t).Unmapped(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(missing, stale...) {
		if strings.HasPrefix(name, "honour_") {
			t.Errorf("%s", name)
		}
	}
}

// The chain, opinions and votes refuse to be changed by anybody.
func TestWhatOnlyGrows(t *testing.T) {
	r, db := rig(t)
	c := honourstest.NewCity(t, r)
	c.To(c.Nominee(), "city_notice")
	for _, table := range []string{"honour_steps", "honour_opinions", "honour_voters", "honour_ballots"} {
		var n int
		if err := db.Querier(t.Context()).GetContext(t.Context(), &n, "SELECT count(*) FROM "+table); err != nil || n == 0 {
			t.Fatalf("%s has %d rows, %v", table, n, err)
		}
		for _, change := range []string{"UPDATE " + table + " SET %s = %s", "DELETE FROM " + table, "TRUNCATE " + table + " CASCADE"} {
			column := map[string]string{"honour_steps": "body", "honour_opinions": "answer", "honour_voters": "round", "honour_ballots": "choice"}[table]
			change = strings.ReplaceAll(change, "%s", column)
			err := db.Do(t.Context(), func(ctx context.Context) error {
				_, err := db.Querier(ctx).ExecContext(ctx, change)
				return err
			})
			if err == nil || !strings.Contains(err.Error(), "it only grows") {
				t.Errorf("%s: %v", change, err)
			}
		}
	}
}

// Words beside the chain can be erased, and the chain still verifies.
func TestWordsCanBeErased(t *testing.T) {
	r, db := rig(t)
	c := honourstest.NewCity(t, r)
	c.To(c.Nominee(), "second_review")
	err := db.Do(t.Context(), func(ctx context.Context) error {
		done, err := db.Querier(ctx).ExecContext(ctx, "DELETE FROM honour_texts")
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			t.Errorf("%d texts, %v", n, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	c.Intact()
}

// Of many who do the same at once exactly one does it; the others are told that
// the nominee has gone on.
func TestStepsRace(t *testing.T) {
	r, _ := rig(t)
	c := honourstest.NewCity(t, r)
	n := c.To(c.Nominee(), "recommend")
	var done, stale atomic.Int64
	var wg sync.WaitGroup
	for i := range 12 {
		wg.Go(func() {
			a := []contest.Actor{honourstest.Steward, honourstest.Colleague}[i%2]
			_, err := r.Take(t.Context(), a, n.ID, honours.Act{Step: "recommend", Do: honours.Pass, For: 9})
			switch fault.Code(err) {
			case "":
				done.Add(1)
			case "honours.step_order":
				stale.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if done.Load() != 1 || stale.Load() != 11 {
		t.Errorf("%d did it, %d were told", done.Load(), stale.Load())
	}
	c.Intact()
}

// Two unions nominate one person at the same time: one of them does.
func TestNominationsRace(t *testing.T) {
	r, _ := rig(t)
	c := honourstest.NewCity(t, r)
	for range 20 {
		who := c.Someone()
		var done atomic.Int64
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				a, body := honourstest.Steward, c.Yard.ID
				if i%2 == 1 {
					a, body = honourstest.Stranger, c.Mill.ID
				}
				_, err := r.Nominate(t.Context(), a, c.Campaign.ID, body, who)
				if err == nil {
					done.Add(1)
				} else if fault.Code(err) != "honours.duplicate_person" {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if done.Load() != 1 {
			t.Errorf("nominated %d times", done.Load())
		}
	}
	c.Intact()
}

// A member's votes at once count once, and the committee never has more votes
// than members.
func TestVotesRace(t *testing.T) {
	r, _ := rig(t)
	c := honourstest.NewCity(t, r)
	n := c.To(c.Nominee(), "second_review")
	var wg sync.WaitGroup
	var done atomic.Int64
	for i := range 16 {
		wg.Go(func() {
			a := honourstest.Person(byte(100+i/2), contest.CommitteeMember)
			if r.CastVote(t.Context(), a, n.ID, honours.VoteFor) == nil {
				done.Add(1)
			}
		})
	}
	wg.Wait()
	counted, err := r.Store.CountVotes(t.Context(), n.ID, n.Round)
	if err != nil || done.Load() != 3 || counted[honours.VoteFor] != 3 {
		t.Errorf("%d votes done, %v counted, %v", done.Load(), counted, err)
	}
}

// What the ports promise to all rooms: nothing is written outside a transaction.
func TestWritesNeedATransaction(t *testing.T) {
	s := honoursstore.New(storetest.New(t))
	if err := s.CreateIncident(context.Background(), honours.Incident{}); fault.Code(err) != "store.no_transaction" {
		t.Error(err)
	}
}
