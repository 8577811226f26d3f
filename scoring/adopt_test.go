package scoring_test

import (
	"reflect"
	"strings"
	"testing"

	"jiangtai/scoring"
)

// TestANewVersionKeepsWhatDidNotChange: the theory's marks stay, the piece's
// scale changed and is marked again; old devices' marks are late.
func TestANewVersionKeepsWhatDidNotChange(t *testing.T) {
	d := benchDesk(t, 2)
	d.set[2] = compile(t, strings.Replace(bench, `"step":"0.25"`, `"step":"0.5"`, 1))
	d.whole(1, "80", "80", "80", "80")
	adopt := scoring.Command{Kind: scoring.Adopt, Version: 2, Actor: scoring.ID{1}}
	d.refused(adopt, scoring.Rule, "judging.second_missing")
	adopt.Second = second
	d.must(adopt)
	if r := d.row(scoring.Chief, 1); r.Done != 1 || r.Need != 4 || r.Total != "" || r.Parts[0] != "80.00" {
		t.Fatalf("%+v", r)
	}
	if d.board.Version() != 2 {
		t.Fatal(d.board.Version())
	}
	old := mark(2, "score", 1, "60")
	old.Version = 1
	late := d.must(old)
	changed := mark(1, "piece", 2, "80.25")
	changed.Version = 1
	lateChanged := d.must(changed)
	if len(d.board.LateMarks()) != 2 {
		t.Fatal("marks of an old version are not kept apart")
	}
	count := scoring.Command{Kind: scoring.Count, Supersedes: late, Actor: scoring.ID{1}, Second: second}
	d.must(count)
	if r := d.row(scoring.Chief, 2); r.Parts[0] != "60.00" {
		t.Fatalf("%+v", r)
	}
	count.Supersedes = lateChanged
	d.refused(count, scoring.Rule, "judging.aspect_changed")
	for chair := 2; chair <= 4; chair++ {
		d.mark(1, "piece", chair, "90.5")
	}
	d.total(1, "87.35")
	again, err := scoring.Rebuild(d.set, d.records)
	if err != nil || asText(t, again.View(scoring.Chief)) != asText(t, d.board.View(scoring.Chief)) {
		t.Fatal("rebuilt otherwise", err)
	}
	d.act(scoring.Lock, "")
	d.set[3] = d.set[2]
	adopt.Version = 3
	d.refused(adopt, scoring.Rule, "judging.locked")
}

func TestProgressOfChairs(t *testing.T) {
	d := benchDesk(t, 2)
	d.mark(1, "score", 1, "80")
	d.mark(1, "piece", 3, "80")
	d.must(scoring.Command{Kind: scoring.SetState, Entry: 2, Value: string(scoring.DidNotStart)})
	want := []scoring.ChairProgress{{Chair: 1, Panel: "floor", Done: 1, Need: 1}, {Chair: 2, Panel: "judges", Done: 0, Need: 1}, {Chair: 3, Panel: "judges", Done: 1, Need: 1}, {Chair: 4, Panel: "judges", Done: 0, Need: 1}}
	if got := d.board.Chairs(); !reflect.DeepEqual(got, want) {
		t.Fatalf("%+v", got)
	}
	missing := d.board.Missing(1)
	if len(missing) != 2 || missing[0].Chair != 2 || missing[1].Chair != 4 || missing[0].Code != "B1.1" || missing[0].Short {
		t.Fatalf("%+v", missing)
	}
	if d.board.Missing(9) != nil {
		t.Fatal("somebody unknown owes marks")
	}
	marks := d.board.Marks(3)
	if len(marks) != 1 || marks[0].Value != "80" || marks[0].Aspect != "piece" || marks[0].Entry != 1 || marks[0].Chair != 3 {
		t.Fatalf("%+v", marks)
	}
	if got := d.board.Entries(); !reflect.DeepEqual(got, []scoring.EntryID{1, 2}) {
		t.Fatalf("%v", got)
	}
}

// TestThePanelIsBlindUntilAllAreIn: who is in shows, values do not.
func TestThePanelIsBlindUntilAllAreIn(t *testing.T) {
	d := benchDesk(t, 1)
	d.mark(1, "piece", 2, "80")
	d.mark(1, "piece", 4, "90")
	v, ok := d.board.Panel(1, "piece", 0)
	if !ok || v.Complete || v.Value != "" || !v.Chairs[0].In || v.Chairs[1].In || v.Chairs[0].Value != "" || v.Chairs[0].Kind != scoring.NoKind {
		t.Fatalf("%+v", v)
	}
	d.mark(1, "piece", 3, "85")
	v, _ = d.board.Panel(1, "piece", 1)
	if !v.Complete || v.Value != "85" || v.Chairs[1].Value != "85" || v.Chairs[0].Kind != scoring.Mark {
		t.Fatalf("%+v", v)
	}
	for _, no := range []struct {
		entry   int
		aspect  string
		attempt int
	}{{2, "piece", 1}, {1, "nothing", 1}, {1, "piece", 2}} {
		if _, ok := d.board.Panel(scoring.EntryID(no.entry), no.aspect, uint8(no.attempt)); ok {
			t.Errorf("%+v has a panel", no)
		}
		if _, ok := d.board.Cell(scoring.EntryID(no.entry), no.aspect, uint8(no.attempt), 1, 2); ok {
			t.Errorf("%+v has a cell", no)
		}
	}
}

// TestSheetsHoldWhatAPanelMarks and nothing of another panel's.
func TestSheetsHoldWhatAPanelMarks(t *testing.T) {
	r := compile(t, bench)
	floor, judges := r.Sheets("floor"), r.Sheets("judges")
	if len(floor) != 1 || floor[0].Criterion.Code != "A" || floor[0].Criterion.Max != "100" || floor[0].Subs[0].Aspects[0].Code != "A1.1" {
		t.Fatalf("%+v", floor)
	}
	if len(judges) != 1 || judges[0].Criterion.ID != "work" || judges[0].Subs[0].Code != "B1" || judges[0].Subs[0].Aspects[0].ID != "piece" {
		t.Fatalf("%+v", judges)
	}
	if r.Sheets("nobody") != nil || len(r.Panels()) != 2 || r.Max() != "100" || r.Places() != 2 {
		t.Fatal("panels, greatest total or places")
	}
	c, ok := r.CriterionOf("piece")
	if _, no := r.CriterionOf("none"); !ok || no || c.ID != "work" || c.Identity != "open" || len(r.Criteria()) != 2 {
		t.Fatalf("%+v", c)
	}
	if cols := r.Columns(); len(cols) != 2 || cols[0].ID != "theory" || cols[1].Max != "100" {
		t.Fatalf("%+v", cols)
	}
	one := single(t, "", `"kind":"points","panel":"floor"`)
	if cols := one.Columns(); len(cols) != 1 || cols[0].ID != "k" || cols[0].Max != "" || one.Max() != "" {
		t.Fatalf("%+v", cols)
	}
}

func TestStrongestIdentity(t *testing.T) {
	for _, c := range []struct{ event, module, want string }{
		{"", "", "open"}, {"seat", "", "seat"}, {"coded", "open", "coded"}, {"", "seat", "seat"}, {"seat", "coded", "coded"}, {"open", "open", "open"},
	} {
		text := bench
		if c.event != "" {
			text = strings.Replace(text, `"panels":`, `"identity":"`+c.event+`","panels":`, 1)
		}
		if c.module != "" {
			text = strings.Replace(text, `"id":"work",`, `"id":"work","identity":"`+c.module+`",`, 1)
		}
		r := compile(t, text)
		if string(r.Identity()) != c.want || r.Sealing() != (c.want != "open") {
			t.Errorf("%+v: %s, sealing %v", c, r.Identity(), r.Sealing())
		}
	}
}

// TestHeadIsTheViewWithoutRows, frozen or not.
func TestHeadIsTheViewWithoutRows(t *testing.T) {
	d := benchDesk(t, 2)
	hold := func() {
		t.Helper()
		for a := range scoring.Audiences {
			v := d.board.View(a)
			v.Rows, v.Columns = nil, nil
			if asText(t, v) != asText(t, d.board.Head(a)) {
				t.Fatalf("audience %d: %s", a, asText(t, d.board.Head(a)))
			}
		}
	}
	hold()
	d.whole(1, "80", "80", "80", "80")
	hold()
	d.act(scoring.Freeze, "")
	d.whole(2, "80", "80", "80", "80")
	hold()
}
