package entering_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/judging/entering"
	. "jiangtai/server/judging/judgingtest"
)

var (
	clerk     = Staff(7, contest.Clerk)
	organiser = Staff(9, contest.Organiser)
	theory    = entering.Selection{Kind: entering.Theory}
	first     = entering.Selection{Kind: entering.Panel, Chair: PaperFirst, Criterion: "weld"}
)

func desk(t *testing.T, depth contest.Depth, identity string) (*World, *entering.Desk) {
	t.Helper()
	w := New(t)
	w.Events.Put(PaperSetup(1, 3, depth, identity))
	w.Restart(t)
	w.Open(t, 1)
	return w, entering.New(w.Desk)
}

func names(c entering.Choices) string {
	var out []string
	for _, s := range c.Sheets {
		out = append(out, fmt.Sprintf("%s/%d/%s %s %d/%d", s.Kind, s.Chair, s.Criterion, s.Identity, s.Done, s.Need))
	}
	return strings.Join(out, ", ")
}

func TestTheSheetsThatOneMayEnter(t *testing.T) {
	cases := []struct {
		depth    contest.Depth
		identity string
		actor    contest.Actor
		want     string
	}{
		{contest.Paper, "open", clerk, "theory/0/exam open 0/3, panel/1/weld open 0/6, panel/2/weld open 0/6"},
		{contest.Paper, "coded", clerk, "theory/0/exam open 0/3, panel/1/weld coded 0/6, panel/2/weld coded 0/6"},
		{contest.Paper, "open", organiser, "theory/0/exam open 0/3"},
		{contest.Paper, "coded", organiser, ""}, // he reads marks by code and would know them by name
		{contest.ResultsOnly, "open", organiser, "results/0/ open 0/12, theory/0/exam open 0/3, panel/1/weld open 0/6, panel/2/weld open 0/6"},
		{contest.Tablet, "open", clerk, "theory/0/exam open 0/3, panel/1/weld open 0/6, panel/2/weld open 0/6"},
	}
	for _, c := range cases {
		_, d := desk(t, c.depth, c.identity)
		got, err := d.Choices(t.Context(), c.actor, ID('e', 1))
		if err != nil || names(got) != c.want {
			t.Errorf("%s, %s, %s: %s, %v", c.depth, c.identity, c.actor.Name, names(got), err)
		}
	}
	w, d := desk(t, contest.Tablet, "open")
	w.Tablets.Pair(judging.Tablet{Device: ID('d', 1), Chair: PaperFirst})
	if got, err := d.Choices(t.Context(), clerk, ID('e', 1)); err != nil || names(got) != "theory/0/exam open 0/3, panel/2/weld open 0/6" {
		t.Errorf("beside a tablet: %s, %v", names(got), err)
	}
	if _, err := d.Choices(t.Context(), Staff(10, contest.ChiefJudge), ID('e', 1)); fault.Code(err) != "judging.role" {
		t.Errorf("a chief judge: %v", err)
	}
}

func TestASheetHasOneLabelAndNoTotal(t *testing.T) {
	w, d := desk(t, contest.Paper, "coded")
	s, err := d.Sheet(t.Context(), clerk, ID('e', 1), first)
	if err != nil || s.Identity != "coded" || len(s.Columns) != 2 || s.Columns[0].Title != "B1.1 外观" || s.Version != 1 {
		t.Fatalf("%+v, %v", s, err)
	}
	var works []string
	for _, r := range s.Rows {
		works = append(works, r.Work)
	}
	want := []string{WorkCode(1), WorkCode(2), WorkCode(3)}
	slices.Sort(want)
	if !slices.Equal(works, want) {
		t.Errorf("works %v, want %v in the order of the labels", works, want)
	}
	mark := judging.Entered{MarkID: w.MarkID(), Kind: scoring.Mark, Chair: PaperFirst, Work: WorkCode(2), Aspect: "face", Value: "7.50", Version: 1}
	other := judging.Entered{MarkID: w.MarkID(), Kind: scoring.Mark, Chair: PaperSecond, Work: WorkCode(2), Aspect: "face", Value: "3", Version: 1}
	if _, err := w.Desk.Enter(t.Context(), clerk, ID('e', 1), []judging.Entered{mark, other}); err != nil {
		t.Fatal(err)
	}
	s, err = d.Sheet(t.Context(), clerk, ID('e', 1), first)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range s.Rows {
		want := entering.Cell{Round: 1}
		if r.Work == WorkCode(2) {
			want = entering.Cell{Value: "7.5", Kind: "mark", Round: 1, MarkID: mark.MarkID}
		}
		if r.Cells[0] != want {
			t.Errorf("%s: %+v", r.Work, r.Cells[0])
		}
	}
	for name, c := range map[string]struct {
		actor contest.Actor
		sel   entering.Selection
		code  string
	}{
		"both modules at once":    {clerk, entering.Selection{Kind: entering.Results}, ""},
		"a chair that is not":     {clerk, entering.Selection{Kind: entering.Panel, Chair: 9}, "judging.missing"},
		"a module that is not":    {clerk, entering.Selection{Kind: entering.Panel, Chair: PaperFirst, Criterion: "bench"}, "judging.missing"},
		"theory by an organiser":  {organiser, theory, "judging.sheet_sealed"},
		"a chair by an organiser": {organiser, first, "judging.role"},
	} {
		if _, err := d.Sheet(t.Context(), c.actor, ID('e', 1), c.sel); fault.Code(err) != c.code {
			t.Errorf("%s: %v, want %q", name, err, c.code)
		}
	}
}

// list makes a workbook's rows of the sheet's columns: a work, then texts.
func list(t *testing.T, d *entering.Desk, actor contest.Actor, sel entering.Selection, sum byte, rows ...string) entering.List {
	t.Helper()
	s, err := d.Sheet(t.Context(), actor, ID('e', 1), sel)
	if err != nil {
		t.Fatal(err)
	}
	l := entering.List{Columns: s.Columns, Sum: [32]byte{sum}, Place: func(row, column int) string { return fmt.Sprintf("%d:%d", row, column) }}
	for _, r := range rows {
		texts := strings.Split(r, ",")
		l.Rows = append(l.Rows, entering.ListRow{Work: texts[0], Values: texts[1:]})
	}
	return l
}

func TestAListIsWholeOrNothingAndOnce(t *testing.T) {
	w, d := desk(t, contest.Paper, "open")
	give := func(l entering.List) string {
		t.Helper()
		before := len(w.Memory.Lines(ID('l', 1)))
		got, err := d.Import(t.Context(), clerk, ID('e', 1), first, l)
		if err != nil {
			return fault.Code(err)
		}
		out := fmt.Sprintf("new %d, corrected %d, same %d, empty %d, written %d", got.Marks, got.Corrections, got.Unchanged, got.Empty, len(w.Memory.Lines(ID('l', 1)))-before)
		if got.IsRepeat {
			out = fmt.Sprintf("repeated, written %d", len(w.Memory.Lines(ID('l', 1)))-before)
		}
		for _, f := range got.Faults {
			out += "; " + f.Path + " " + f.Code + " " + f.Hint
		}
		return out
	}
	faulty := list(t, d, clerk, first, 1, "001,8,1", "002,8.3,2", "002,8,1", "009,1,1", "003,11,")
	const wrong = "new 2, corrected 0, same 0, empty 1, written 0; 1:0 judging.off_step 0.5; 1:1 judging.above_max 1; 2:-1 judging.sheet_twice 002; 3:-1 judging.no_such_entry 009; 4:0 judging.above_max 10"
	if got := give(faulty); got != wrong {
		t.Errorf("faults: %s", got)
	}
	good := list(t, d, clerk, first, 2, "001,8,1", "002,7.50,未做", "003,,")
	good.IsPreview = true
	if got := give(good); got != "new 4, corrected 0, same 0, empty 2, written 0" {
		t.Errorf("preview: %s", got)
	}
	good.IsPreview = false
	if got := give(good); got != "new 4, corrected 0, same 0, empty 2, written 4" {
		t.Errorf("import: %s", got)
	}
	if got := give(good); got != "repeated, written 0" {
		t.Errorf("the same file again: %s", got)
	}
	next := list(t, d, clerk, first, 3, "001,8.0,1", "002,6,1", "003,9,0")
	if got := give(next); got != "new 2, corrected 0, same 2, empty 0, written 0; 1:0 judging.sheet_differs 7.5; 1:1 judging.sheet_differs " {
		t.Errorf("other values without a reason: %s", got)
	}
	next.Reason = "纸面更正"
	if got := give(next); got != "new 2, corrected 2, same 2, empty 0, written 4" {
		t.Errorf("with a reason: %s", got)
	}
	if got := give(good); got != "repeated, written 0" {
		t.Errorf("the first file after corrections: %s", got)
	}
	records, err := w.Desk.Records(t.Context(), w.Organiser(), ID('e', 1), 0)
	if err != nil || !slices.ContainsFunc(records, func(r judging.RecordView) bool { return r.Text == next.Reason && !r.Supersedes.IsZero() }) {
		t.Errorf("no record has the reason, %v", err)
	}
	stale := next
	stale.Columns, stale.Sum = next.Columns[:1], [32]byte{9}
	if got := give(stale); got != "judging.sheet_changed" {
		t.Errorf("another layout: %s", got)
	}
	w.Act(t, 1, judging.Act{Kind: judging.ActLock})
	if got := give(list(t, d, clerk, first, 4, "003,1,1")); got != "judging.locked" {
		t.Errorf("after the lock: %s", got)
	}
}

func TestBeforeTheOpeningASheetIsToBeSeen(t *testing.T) {
	w := New(t)
	s := PaperSetup(1, 3, contest.Paper, "coded")
	s.Entries[0].WorkCode = ""
	w.Events.Put(s)
	w.Restart(t)
	d := entering.New(w.Desk)
	got, err := d.Sheet(t.Context(), clerk, ID('e', 1), first)
	if err != nil || got.Phase != scoring.Waiting || len(got.Rows) != 2 || got.Unnamed != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	l := entering.List{Columns: got.Columns, Rows: []entering.ListRow{{Work: WorkCode(2), Values: []string{"1", "1"}}}, Place: func(int, int) string { return "" }}
	if _, err := d.Import(t.Context(), clerk, ID('e', 1), first, l); fault.Code(err) != "judging.not_open" {
		t.Errorf("a list before the opening: %v", err)
	}
	bare := Setup(2, 3, contest.Rehearsal, "open", "open")
	bare.Version, bare.Rules = 0, scoring.RuleSet{}
	w.Events.Put(bare)
	if got, err := d.Choices(t.Context(), clerk, ID('e', 2)); err != nil || len(got.Sheets) != 0 || got.Version != 0 {
		t.Errorf("an event without a scheme: %+v, %v", got, err)
	}
	if _, err := d.Sheet(t.Context(), clerk, ID('e', 2), theory); fault.Code(err) != "judging.no_scheme" {
		t.Errorf("its sheet: %v", err)
	}
}

func TestOneNumberIsAScheme(t *testing.T) {
	s, err := scheme.Parse(entering.OneNumber)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := scoring.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	if rules.Max() != "100" || len(rules.Aspects) != 1 || rules.Aspects[0].Panel != -1 || rules.Sealing() {
		t.Errorf("at most %s, %d aspects", rules.Max(), len(rules.Aspects))
	}
}

// Theory is of persons, practice of teams: each sheet has its own rows, and a sheet
// of everything closes the cells of the others.
func TestSheetsOfTeamsAndOfPersons(t *testing.T) {
	rows := func(s entering.Sheet) string {
		var out []string
		for _, r := range s.Rows {
			text := r.Work
			for _, c := range r.Cells {
				if c.Closed {
					text += "-"
				} else {
					text += "+"
				}
			}
			out = append(out, text)
		}
		return strings.Join(out, " ")
	}
	w := New(t)
	w.Events.Put(TeamSetup(1, contest.Paper, "open"))
	w.Events.Put(TeamSetup(2, contest.ResultsOnly, "open"))
	w.Restart(t)
	w.Open(t, 1)
	desk, who := entering.New(w.Desk), w.Organiser()
	who.Grants = append(who.Grants, contest.Grant{Role: contest.Clerk, Contest: ID('c', 1)}, contest.Grant{Role: contest.HostSecretary, Contest: ID('c', 1)})
	for _, tc := range []struct {
		event int
		sel   entering.Selection
		want  string
	}{
		{1, entering.Selection{Kind: entering.Theory, Criterion: "exam"}, "003+ 004+ 005+ 006+"},
		{1, entering.Selection{Kind: entering.Panel, Chair: PaperFirst, Criterion: "cell"}, "001+ 002+"},
		{2, entering.Selection{Kind: entering.Results}, "001-++ 002-++ 003+-- 004+-- 005+-- 006+--"},
	} {
		s, err := desk.Sheet(t.Context(), who, ID('e', tc.event), tc.sel)
		if err != nil {
			t.Fatal(err)
		}
		if got := rows(s); got != tc.want {
			t.Errorf("%v: %s, want %s", tc.sel, got, tc.want)
		}
	}
	list, err := desk.Choices(t.Context(), who, ID('e', 1))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list.Sheets {
		if want := map[entering.Kind]int{entering.Theory: 4, entering.Panel: 2}[c.Kind]; c.Need != want {
			t.Errorf("%s %s needs %d, want %d", c.Kind, c.Criterion, c.Need, want)
		}
	}
}
