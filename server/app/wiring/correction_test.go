package wiring_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/app/wiring"
	"jiangtai/server/contest"
	"jiangtai/server/correction"
	"jiangtai/server/correction/correctiontest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/judging/judgingtest"
)

// hall is the real desk of judging with the desk of corrections at it.
type hall struct {
	*judgingtest.World
	t      *testing.T
	n      int // of the event
	desk   *correction.Desk
	chief  contest.Actor
	papers *papersOf
	looks  *looksOf
	report byte
}

// papersOf says which papers would fall, and keeps the total that it was asked with.
type papersOf struct{ total string }

func (p *papersOf) Falls(_ context.Context, _ contest.ID, b *scoring.Board) ([]correction.Paper, error) {
	p.total = b.Working(1).Total
	return []correction.Paper{{Kind: "mark_sheet", Chair: 1, Number: "E-2026-1", State: "signed"}}, nil
}

// looksOf says which looks would be open, and keeps the total that it was asked with.
type looksOf struct{ total string }

func (l *looksOf) Reopens(_ context.Context, _ contest.ID, b *scoring.Board) ([]correction.Look, error) {
	l.total = b.Working(1).Total
	return []correction.Look{{Entry: 1, Why: "top", Again: true}, {Entry: 3, Why: "risen"}}, nil
}

func newHall(t *testing.T, n int, kind contest.Kind, work, result string) *hall {
	t.Helper()
	w := judgingtest.New(t)
	w.Events.Put(judgingtest.Setup(n, 3, kind, work, result))
	m := &correctiontest.Memory{}
	h := &hall{World: w, t: t, n: n, chief: judgingtest.Staff(7, contest.ChiefJudge), papers: &papersOf{}, looks: &looksOf{}}
	w.Seconds["chief"] = h.chief
	h.desk = correction.New(correction.Config{
		Store: m, Work: m, Boards: wiring.BoardsForCorrection{Desk: w.Desk}, Papers: h.papers, Rechecks: h.looks, Seconds: w.Seconds, Audit: w.Audit, Now: w.Now,
	})
	w.Open(t, n)
	return h
}

func (h *hall) event() contest.ID { return judgingtest.ID('e', h.n) }

// mark gives the marks of one work: the floor's, the judges', the level, the blind one.
func (h *hall) mark(label, code string, score string) {
	h.t.Helper()
	floor, blind := judgingtest.Tablet(h.n, judgingtest.Floor), judgingtest.Tablet(h.n, judgingtest.Blind)
	h.Must(h.t, floor, h.Mark(floor, label, "score", score))
	h.Must(h.t, blind, h.Mark(blind, code, "finish", "5"))
	for c := judgingtest.First; c < judgingtest.Blind; c++ {
		judge := judgingtest.Tablet(h.n, c)
		h.Must(h.t, judge, h.Mark(judge, label, "piece", "80"))
		h.Must(h.t, judge, h.Mark(judge, label, "level", "2"))
	}
}

func (h *hall) change(value string) correction.Change {
	return correction.Change{Work: "001", Chair: judgingtest.Floor, Aspect: "score", Kind: scoring.Mark, Value: value}
}

func (h *hall) preview(c correction.Change) correction.Preview {
	h.t.Helper()
	p, err := h.desk.Preview(h.t.Context(), h.chief, h.event(), c)
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

func (h *hall) order(c correction.Change, seq uint64) correction.Order {
	h.report++
	return correction.Order{
		ID: judgingtest.ID('r', int(h.report)), Change: c, Seq: seq, Reason: "现场记录与录入不符", User: "supervisor", Password: "right",
	}
}

func (h *hall) perform(o correction.Order) (correction.Correction, error) {
	return h.desk.Perform(h.t.Context(), h.chief, h.event(), o)
}

func (h *hall) refused(code string, o correction.Order) {
	h.t.Helper()
	if _, err := h.perform(o); fault.Code(err) != code {
		h.t.Errorf("got %v, want %s", err, code)
	}
}

func (h *hall) working(label string) judging.WorkingView {
	h.t.Helper()
	v, err := h.Desk.Working(h.t.Context(), h.Organiser(), h.event(), label)
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

func (h *hall) seq() uint64 {
	h.t.Helper()
	p, err := h.Desk.Progress(h.t.Context(), h.Organiser(), h.event())
	if err != nil {
		h.t.Fatal(err)
	}
	return p.Seq
}

// ready is a locked event of three works: 001 with 60, 002 with 70, 003 with 50.
func ready(t *testing.T, kind contest.Kind) *hall {
	t.Helper()
	h := newHall(t, 2, kind, "open", "open")
	for i, score := range []string{"60", "70", "50"} {
		h.mark(judgingtest.EntryNo(i+1), judgingtest.EntryNo(i+1), score)
	}
	h.Act(t, 2, judging.Act{Kind: judging.ActLock})
	return h
}

// What is shown before is what stands afterwards: totals and ranks of all rows, and the
// old value beside the new one.
func TestACorrectionIsWhatWasPreviewed(t *testing.T) {
	h := ready(t, contest.Real)
	before := h.seq()
	p := h.preview(h.change("75.0"))
	if h.seq() != before || p.Seq != before {
		t.Errorf("a preview has written: %d, then %d", before, h.seq())
	}
	if p.Old != (correction.Mark{Kind: "mark", Value: "60", Mark: p.Old.Mark}) || p.New.Value != "75" && p.New.Value != "75.0" || p.Judge != "裁判1" {
		t.Errorf("%+v → %+v", p.Old, p.New)
	}
	ranks := map[string][2]string{}
	for _, row := range p.Rows {
		ranks[row.Work] = row.Rank
	}
	if want := map[string][2]string{"001": {"2", "1"}, "002": {"1", "2"}}; !reflect.DeepEqual(ranks, want) || !p.Rows[0].Mine {
		t.Errorf("%+v", p.Rows)
	}
	if len(p.Papers) != 1 || h.papers.total != p.Rows[0].Total[1] {
		t.Errorf("papers were asked of a board with %s: %+v", h.papers.total, p)
	}
	if want := []correction.Look{{Entry: 1, Work: "001", Why: "top", Again: true}, {Entry: 3, Work: "003", Why: "risen"}}; !slices.Equal(p.Looks, want) || h.looks.total != p.Rows[0].Total[1] {
		t.Errorf("the recheck was asked of a board with %s: %+v", h.looks.total, p.Looks)
	}
	was := h.working("001").Total
	c, err := h.perform(h.order(h.change("75"), p.Seq))
	if err != nil {
		t.Fatal(err)
	}
	now := h.working("001")
	if was != p.Rows[0].Total[0] || now.Total != p.Rows[0].Total[1] || now.Rank != 1 {
		t.Errorf("%s → %s, rank %d; shown %+v", was, now.Total, now.Rank, p.Rows[0])
	}
	if c.Work != "001" || c.Old.Value != "60" || c.New.Value != p.New.Value || c.By != h.chief.Name || c.Second == "" || len(c.Rows) != 2 {
		t.Errorf("%+v", c)
	}
	mark := now.Components[0].Criteria[0].Aspects[0].Attempts[0].Rounds[0].Marks[0]
	if mark.MarkID != c.MarkID || mark.Value != c.New.Value {
		t.Errorf("the working shows %+v, the correction %+v", mark, c)
	}
	list, err := h.desk.List(t.Context(), h.Organiser(), h.event())
	if err != nil || len(list) != 1 || !reflect.DeepEqual(list[0], c) {
		t.Errorf("%+v, %v", list, err)
	}
	if !slices.Contains(h.Audit.What(), "correction.ordered ") {
		t.Errorf("audited %v", h.Audit.What())
	}
}

// The same order again is answered again, also after a restart, and writes nothing.
func TestTheSameOrderAgain(t *testing.T) {
	h := ready(t, contest.Real)
	o := h.order(h.change("75"), h.preview(h.change("75")).Seq)
	first, err := h.perform(o)
	if err != nil {
		t.Fatal(err)
	}
	after := h.seq()
	again, err := h.perform(o)
	if err != nil || !reflect.DeepEqual(first, again) || h.seq() != after {
		t.Errorf("%+v, %v; %d records, then %d", again, err, after, h.seq())
	}
	other := o
	other.Value, other.Aspect = "76", "finish"
	h.refused("correction.known", other)
}

// What moves between preview and confirmation makes the confirmation void.
func TestAMovedLedgerWantsANewPreview(t *testing.T) {
	h := ready(t, contest.Real)
	p := h.preview(h.change("75"))
	floor := judgingtest.Tablet(2, judgingtest.Floor)
	if o := h.Give(t, floor, h.Mark(floor, "003", "score", "51")); !o.Late {
		t.Fatalf("%+v", o)
	}
	before := h.seq()
	h.refused("correction.moved", h.order(h.change("75"), p.Seq))
	if h.seq() != before || h.working("001").Rank != 2 {
		t.Error("a refused correction has written")
	}
	if _, err := h.perform(h.order(h.change("75"), h.preview(h.change("75")).Seq)); err != nil {
		t.Error(err)
	}
}

func TestWhoCorrects(t *testing.T) {
	h := ready(t, contest.Real)
	seq := h.preview(h.change("75")).Seq
	for code, edit := range map[string]func(*correction.Order){
		"correction.reason":    func(o *correction.Order) { o.Reason = " 看错了 " },
		"correction.second":    func(o *correction.Order) { o.User = "organiser" }, // real: a supervisor
		"identity.credentials": func(o *correction.Order) { o.Password = "wrong" },
		"correction.same":      func(o *correction.Order) { o.Value = "60.0" },
		"judging.above_max":    func(o *correction.Order) { o.Value = "101" },
		"correction.missing":   func(o *correction.Order) { o.Work = "009" },
		"correction.kind":      func(o *correction.Order) { o.Kind = scoring.Withdraw },
	} {
		o := h.order(h.change("75"), seq)
		edit(&o)
		h.refused(code, o)
	}
	self := h.order(h.change("75"), seq)
	self.User = "chief"
	h.refused("correction.second", self)
	for code, who := range map[string]contest.Actor{
		"correction.role":    judgingtest.Staff(8, contest.Supervisor),
		"correction.missing": judgingtest.Tablet(2, judgingtest.Floor),
	} {
		if _, err := h.desk.Perform(t.Context(), who, h.event(), h.order(h.change("75"), seq)); fault.Code(err) != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
	if _, err := h.desk.Preview(t.Context(), judgingtest.Staff(8, contest.Clerk), h.event(), h.change("75")); fault.Code(err) != "correction.role" {
		t.Error(err)
	}
	// A rehearsal has no supervisors: the organiser may sign.
	r := ready(t, contest.Rehearsal)
	o := r.order(r.change("75"), r.preview(r.change("75")).Seq)
	o.User = "organiser"
	if _, err := r.perform(o); err != nil {
		t.Error(err)
	}
}

// While marking runs the judge corrects himself; after the publication the result is
// taken back first, and the preview shows what that would come to.
func TestThePhases(t *testing.T) {
	h := newHall(t, 2, contest.Real, "open", "open")
	for i := range 3 {
		h.mark(judgingtest.EntryNo(i+1), judgingtest.EntryNo(i+1), fmt.Sprint(60+i))
	}
	if _, err := h.desk.Preview(t.Context(), h.chief, h.event(), h.change("75")); fault.Code(err) != "correction.running" {
		t.Error(err)
	}
	h.Act(t, 2, judging.Act{Kind: judging.ActLock})
	h.Act(t, 2, judging.Act{Kind: judging.ActPublish})
	p := h.preview(h.change("75"))
	if p.Blocked != "correction.published" || p.Rows[0].Rank != [2]string{"3", "1"} {
		t.Errorf("%+v", p)
	}
	h.refused("correction.published", h.order(h.change("75"), p.Seq))
	h.Act(t, 2, judging.Act{Kind: judging.ActReopen, Reason: "申诉成立"})
	h.Act(t, 2, judging.Act{Kind: judging.ActLock})
	if _, err := h.perform(h.order(h.change("75"), h.preview(h.change("75")).Seq)); err != nil {
		t.Fatal(err)
	}
	h.Act(t, 2, judging.Act{Kind: judging.ActPublish})
	got, there, err := h.Desk.Published(t.Context(), h.event(), 0)
	if err != nil || !there || got.Rows[0].Entry != 1 || got.Rows[0].Rank != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

// While work codes are sealed only what stands under them can be corrected, and no
// total that a seat is part of is told.
func TestSealedWorks(t *testing.T) {
	h := newHall(t, 3, contest.Real, "seat", "coded")
	for i := range 3 {
		h.mark(fmt.Sprintf("S%03d", i+1), judgingtest.WorkCode(i+1), fmt.Sprint(60+i))
	}
	h.Act(t, 3, judging.Act{Kind: judging.ActLock})
	code := judgingtest.WorkCode(1)
	if _, err := h.desk.Preview(t.Context(), h.chief, h.event(), correction.Change{
		Work: code, Chair: judgingtest.Floor, Aspect: "score", Kind: scoring.Mark, Value: "75",
	}); fault.Code(err) != "correction.missing" {
		t.Errorf("a seat's mark by its code: %v", err)
	}
	c := correction.Change{Work: code, Chair: judgingtest.Blind, Aspect: "finish", Kind: scoring.NotPerformed}
	p := h.preview(c)
	if !p.Withheld || len(p.Rows) != 0 || p.Old.Value != "5" || p.New.Kind != "not_performed" || p.Work != code {
		t.Errorf("%+v", p)
	}
	done, err := h.perform(h.order(c, p.Seq))
	if err != nil || done.Work != code {
		t.Fatalf("%+v, %v", done, err)
	}
	h.Act(t, 3, judging.Act{Kind: judging.ActUnseal})
	list, err := h.desk.List(t.Context(), h.chief, h.event())
	if err != nil || len(list) != 1 || list[0].Work != "001" {
		t.Errorf("%+v, %v", list, err)
	}
}
