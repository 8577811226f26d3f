package keyingstore_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/keying"
	"jiangtai/server/keying/keyingstore"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestStatementsParse(t *testing.T) { storetest.PrepareConstants(t, storetest.New(t)) }

func TestConstraintsHaveMeanings(t *testing.T) {
	storetest.CheckConstraints(t, storetest.New(t), "keying_ways", "keying_passes", "keyed_cells", "keying_decisions", "keying_photos", "keying_pictures")
}

var (
	event = contest.ID{0xe0, 15: 1}
	sheet = keying.Of{Chair: 2, Criterion: "w"}
	at    = time.Date(2026, 5, 12, 8, 0, 0, 0, time.UTC)
)

func id(n byte) contest.ID { return contest.ID{6: 0x70, 8: 0x80, 15: n} }

func pass(n byte, place int, by byte) keying.Pass {
	return keying.Pass{ID: id(n), Event: event, Of: sheet, Place: place, By: id(by), ByName: "记分员", At: at}
}

func cell(work, text string) keying.Keyed {
	k := keying.Keyed{At: keying.At{Work: work, Aspect: "a", Attempt: 1, Round: 1}, Value: keying.Value{Kind: keying.Mark, Text: text}, Pass: id(1), KeyedAt: at}
	if text == "" {
		k.Kind = keying.Empty
	}
	return k
}

type world struct {
	*keyingstore.Store
	t  *testing.T
	do func(func(ctx context.Context) error) error
}

func open(t *testing.T) world {
	db := storetest.New(t)
	return world{keyingstore.New(db), t, func(fn func(ctx context.Context) error) error { return db.Do(t.Context(), fn) }}
}

func (w world) must(fn func(ctx context.Context) error) {
	w.t.Helper()
	if err := w.do(fn); err != nil {
		w.t.Fatal(err)
	}
}

// Two clerks ask for a place at the same moment: one gets it, and nobody has both.
func TestNobodyIsFirstAndSecond(t *testing.T) {
	w := open(t)
	w.must(func(ctx context.Context) error { return w.CreatePass(ctx, pass(1, 1, 7)) })
	for name, p := range map[string]keying.Pass{"the same person": pass(2, 2, 7), "the same place": pass(3, 1, 8)} {
		if err := w.do(func(ctx context.Context) error { return w.CreatePass(ctx, p) }); fault.Code(err) != "keying.taken" {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.must(func(ctx context.Context) error { return w.CreatePass(ctx, pass(4, 2, 8)) })
	list, err := w.ListPasses(t.Context(), event)
	if diff := cmp.Diff([]keying.Pass{pass(1, 1, 7), pass(4, 2, 8)}, list); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

func TestWhatIsClosedStays(t *testing.T) {
	w := open(t)
	w.must(func(ctx context.Context) error {
		return errors.Join(w.CreatePass(ctx, pass(1, 1, 7)), w.PutKeyed(ctx, id(1), []keying.Keyed{cell("001", "5"), cell("002", "6"), cell("001", "7")}))
	})
	w.must(func(ctx context.Context) error { return w.PutKeyed(ctx, id(1), []keying.Keyed{cell("002", "")}) })
	list, err := w.ListKeyed(t.Context(), []contest.ID{id(1), id(9)})
	if diff := cmp.Diff([]keying.Keyed{cell("001", "7"), cell("002", "")}, list); err != nil || diff != "" {
		t.Fatalf("%v %s", err, diff)
	}
	w.must(func(ctx context.Context) error { return w.ClosePass(ctx, id(1), at) })
	for name, fn := range map[string]func(ctx context.Context) error{
		"changed": func(ctx context.Context) error { return w.PutKeyed(ctx, id(1), []keying.Keyed{cell("001", "8")}) },
		"freed":   func(ctx context.Context) error { return w.RemovePass(ctx, id(1)) },
	} {
		if err := w.do(fn); fault.Code(err) != "keying.closed" {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.must(func(ctx context.Context) error { return w.PutKeyed(ctx, id(1), []keying.Keyed{cell("003", "1")}) })
	if err := w.do(func(ctx context.Context) error { return w.PutKeyed(ctx, id(5), []keying.Keyed{cell("003", "1")}) }); fault.Code(err) != "keying.no_pass" {
		t.Errorf("of nobody's pass: %v", err)
	}
}

func TestAFreedPlaceIsForgotten(t *testing.T) {
	w := open(t)
	w.must(func(ctx context.Context) error {
		return errors.Join(w.CreatePass(ctx, pass(1, 1, 7)), w.PutKeyed(ctx, id(1), []keying.Keyed{cell("001", "5")}))
	})
	w.must(func(ctx context.Context) error { return w.RemovePass(ctx, id(1)) })
	w.must(func(ctx context.Context) error { return w.CreatePass(ctx, pass(2, 1, 8)) })
	if list, err := w.ListKeyed(t.Context(), []contest.ID{id(1), id(2)}); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestDecisionsAndWaysAreReadBack(t *testing.T) {
	w := open(t)
	if way, err := w.FindWay(t.Context(), event); err != nil || way != keying.Undecided {
		t.Errorf("%q, %v", way, err)
	}
	alone := keying.Decision{
		ID: id(1), Event: event, Of: sheet, At: cell("001", "").At, Value: keying.Value{Kind: keying.Mark, Text: "5"}, Reason: "纸面", By: id(7), ByName: "甲", When: at,
	}
	two := alone
	two.ID, two.Kind, two.Beside, two.Second, two.SecondName = id(2), keying.Settled, "mark:6", id(8), "乙"
	w.must(func(ctx context.Context) error {
		return errors.Join(w.PutWay(ctx, event, keying.Once, id(7), at), w.PutWay(ctx, event, keying.Twice, id(7), at), w.CreateDecision(ctx, alone), w.CreateDecision(ctx, two))
	})
	if way, err := w.FindWay(t.Context(), event); err != nil || way != keying.Twice {
		t.Errorf("%q, %v", way, err)
	}
	list, err := w.ListDecisions(t.Context(), event)
	if diff := cmp.Diff([]keying.Decision{alone, two}, list); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

// The newest photograph of a cell counts; where one shows all attempts it stands in for each.
func TestTheNewestPictureCounts(t *testing.T) {
	w := open(t)
	photo := func(n byte) keying.Photo {
		return keying.Photo{ID: id(n), Event: event, Document: id(99), Number: "W-26-0001", Chair: 2, Page: 1, By: id(7), ByName: "甲", At: at}
	}
	w.must(func(ctx context.Context) error {
		return w.PutPhoto(ctx, photo(1), []keying.Picture{{Work: "001", Aspect: "a", Attempt: 1, JPEG: []byte("old")}, {Work: "001", Aspect: "b", JPEG: []byte("all")}})
	})
	w.must(func(ctx context.Context) error {
		return w.PutPhoto(ctx, photo(2), []keying.Picture{{Work: "001", Aspect: "a", Attempt: 1, JPEG: []byte("new")}})
	})
	for _, c := range []struct {
		aspect  string
		attempt uint8
		want    string
	}{{"a", 1, "new"}, {"b", 3, "all"}} {
		got, err := w.FindPicture(t.Context(), event, 2, keying.At{Work: "001", Aspect: c.aspect, Attempt: c.attempt})
		if err != nil || string(got) != c.want {
			t.Errorf("%s %d: %s, %v", c.aspect, c.attempt, got, err)
		}
	}
	if _, err := w.FindPicture(t.Context(), event, 3, keying.At{Work: "001", Aspect: "a", Attempt: 1}); fault.Code(err) != "keying.no_picture" {
		t.Errorf("of another chair: %v", err)
	}
	counts, err := w.CountPictures(t.Context(), event)
	list, listErr := w.ListPictures(t.Context(), event, 2)
	if err != nil || listErr != nil || counts[2] != 2 || len(list) != 2 {
		t.Errorf("%v, %v, %v, %v", counts, list, err, listErr)
	}
}
