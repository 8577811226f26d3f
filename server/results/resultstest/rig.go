package resultstest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/results"
)

// schemeText has a module marked by any chair of a panel, one that two judges
// mark each, with a spread, and prizes whose ties a person decides.
const schemeText = `{"format":"jiangtai.scheme/1","name":{"zh":"钳工"},
 "panels":[{"id":"floor","name":{"zh":"现场"}},{"id":"judges","name":{"zh":"评分"}}],
 "composition":"sum","ranking":{"ties":"%s"},
 "prizes":{"list":[{"id":"gold","name":{"zh":"一等奖","en":"Gold"},"number":1},{"id":"silver","name":{"zh":"二等奖"},"share":"0.2"}],"ties":"decide"},
 "components":[{"id":"practical","name":{"zh":"实操"},"criteria":[
  {"id":"work","name":{"zh":"制作"},"identity":"%s","subs":[{"id":"w","name":{"zh":"过程"},"aspects":[
   {"id":"size","name":{"zh":"尺寸","en":"Size"},"kind":"points","panel":"floor","max":"50","step":"1"}]}]},
  {"id":"result","name":{"zh":"成品"},"identity":"%s","subs":[{"id":"r","name":{"zh":"成品"},"aspects":[
   {"id":"look","name":{"zh":"外观"},"kind":"panel","panel":"judges","max":"50","step":"1","spread":"20"}]}]}]}]}`

// The chairs of the event.
const (
	Floor  scoring.ChairID = 1
	JudgeA scoring.ChairID = 2
	JudgeB scoring.ChairID = 3
)

// Event is the id of the rig's event, Of its contest's.
var (
	Event = contest.ID{0xe0, 15: 1}
	Of    = contest.ID{0xc0, 15: 1}
)

// Rig is a desk with a board of its own; what other rooms would say is in its
// fields. Records are written without anybody's permission.
type Rig struct {
	*results.Desk
	T testing.TB

	mu      sync.Mutex // guards the rest
	Of      contest.Event
	Kind    contest.Kind
	Board   *scoring.Board
	Entries []results.Entrant
	Sheets  []results.Paper
	Devices []results.Tablet
	Away    []scoring.EntryID
	Acts    []string         // audited
	Before  *results.Carried // how carried numbers stand; nil: the scheme has none
	at      time.Time
	draws   byte
	marks   uint32
	lastAt  time.Time
	records []scoring.Record
	// Untied is what is left of ties.
	Untied int
}

// Options of a rig; zero values are one open event with ten entries, full chain.
type Options struct {
	Work, Result string // identities
	Ties         string // of the ranking
	Entries      int
	Chain        contest.Chain
	Carries      bool // a module of one number from the stage before
}

// carries is that module.
const carries = `,{"id":"before","name":{"zh":"初赛"},"subs":[{"id":"b","name":{"zh":"初赛"},"aspects":[
   {"id":"pre","name":{"zh":"初赛成绩"},"kind":"external","max":"100","step":"1","carried":"total"}]}]}]}]}`

// Person is an account with roles in the rig's contest.
func Person(n byte, roles ...contest.Role) contest.Actor {
	a := contest.Actor{Account: contest.ID{0xac, 15: n}, Name: fmt.Sprint("官员", n)}
	for _, r := range roles {
		a.Grants = append(a.Grants, contest.Grant{Role: r, Contest: Of})
	}
	return a
}

// Who works for the event, and one who does not.
var (
	Chief      = Person(1, contest.ChiefJudge)
	Supervisor = Person(2, contest.Supervisor)
	Organiser  = Person(3, contest.Organiser)
	Host       = Person(4, contest.HostSecretary)
	Stranger   = contest.Actor{Account: contest.ID{0xac, 15: 9}, Grants: []contest.Grant{{Role: contest.Organiser, Contest: contest.ID{7}}}}
)

// New makes a rig on a store.
func New(t testing.TB, store results.Store, work results.Work, o Options) *Rig {
	t.Helper()
	o.Work, o.Result = or(o.Work, "open"), or(o.Result, "open")
	if o.Entries == 0 {
		o.Entries = 10
	}
	if o.Chain == "" {
		o.Chain = contest.FullChain
	}
	text := fmt.Sprintf(schemeText, or(o.Ties, "shared"), o.Work, o.Result)
	if o.Carries {
		text = strings.TrimSuffix(text, "]}]}") + carries
	}
	s, err := scheme.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	rules, err := scoring.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	r := &Rig{
		T: t, Kind: contest.Real, Board: scoring.NewBoard(scoring.RuleSet{1: rules}),
		Of: contest.Event{ID: Event, Contest: Of, Code: "fitter", Trade: "钳工", Chain: o.Chain},
		at: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC),
	}
	for i := 1; i <= o.Entries; i++ {
		r.Entries = append(r.Entries, results.Entrant{
			Ordinal: scoring.EntryID(i), EntryNo: fmt.Sprintf("%03d", i), SeatNo: fmt.Sprintf("S%02d", i), WorkCode: Code(i),
		})
	}
	r.Desk = results.New(results.Config{
		Store: store, Work: work, Boards: r, Papers: r, Tablets: r, Absentees: r, Recusals: r, Names: r, Stages: r, Audit: r, Chance: r.chance, Now: r.Now,
	})
	return r
}

// Code is the work code of an entry: not in its order.
func Code(i int) string { return fmt.Sprintf("%03dK", (i*7919+13)%1000) }

func or(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

// Unsettled is results.Recusals.
func (r *Rig) Unsettled(context.Context, contest.ID) (int, error) { return r.Untied, nil }

// Unrecused is results.Boards.
func (r *Rig) Unrecused(context.Context, contest.ID) (map[scoring.EntryID]string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	b := scoring.NewBoard(scoring.RuleSet{1: r.Board.Rules()})
	for _, rec := range r.records {
		if rec.Kind == scoring.Recuse {
			continue
		}
		rec.Seq = b.Seq() + 1
		if err := b.Apply(rec, nil); err != nil {
			return nil, err
		}
	}
	out := map[scoring.EntryID]string{}
	for _, row := range b.View(scoring.Chief).Rows {
		out[row.Entry] = row.Total
	}
	return out, nil
}

// Now is the rig's clock.
func (r *Rig) Now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at
}

// Wait moves the clock.
func (r *Rig) Wait(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = r.at.Add(d)
}

func (r *Rig) chance(b []byte) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.draws++
	for i := range b {
		b[i] = r.draws
	}
	return nil
}

// Write writes a record that the board must take.
func (r *Rig) Write(c scoring.Command) {
	r.T.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.marks++
	c.MarkID, c.Actor, c.Version = scoring.ID{0x4d, 12: byte(r.marks >> 16), 13: byte(r.marks >> 8), 15: byte(r.marks)}, scoring.ID{1}, 1
	if c.Kind == scoring.Mark {
		if old, ok := r.Board.Cell(c.Entry, c.Aspect, c.Attempt, c.Round, c.Chair); ok {
			c.Supersedes = old.MarkID
		}
	}
	d, refusal := r.Board.Check(c)
	if refusal != nil {
		r.T.Fatalf("%+v: %+v", c, refusal)
	}
	rec := scoring.Record{Command: d.Command, Seq: r.Board.Seq() + 1, At: r.at.UnixNano()}
	if err := r.Board.Apply(rec, nil); err != nil {
		r.T.Fatal(err)
	}
	r.records = append(r.records, rec)
	r.lastAt = r.at
}

// Do writes an act without a value.
func (r *Rig) Do(kind scoring.Kind) {
	r.T.Helper()
	r.Write(scoring.Command{Kind: kind, Second: scoring.ID{2}})
}

// Open opens marking for all entries.
func (r *Rig) Open() {
	r.T.Helper()
	r.Write(scoring.Command{Kind: scoring.Adopt, Value: fmt.Sprintf("%064d", 1)})
	for chair, panel := range map[scoring.ChairID]string{Floor: "floor", JudgeA: "judges", JudgeB: "judges"} {
		r.Write(scoring.Command{Kind: scoring.Seat, Chair: chair, Aspect: panel})
	}
	for _, e := range r.Entries {
		r.Write(scoring.Command{Kind: scoring.Admit, Entry: e.Ordinal})
	}
	r.Do(scoring.Open)
}

// Mark gives a mark.
func (r *Rig) Mark(chair scoring.ChairID, entry scoring.EntryID, aspect, value string) {
	r.T.Helper()
	r.Write(scoring.Command{Kind: scoring.Mark, Chair: chair, Entry: entry, Aspect: aspect, Value: value})
}

// MarkAll gives every entry all its marks, the first entry the most.
func (r *Rig) MarkAll() {
	r.T.Helper()
	for i, e := range r.Entries {
		v := fmt.Sprint(48 - i)
		r.Mark(Floor, e.Ordinal, "size", v)
		r.Mark(JudgeA, e.Ordinal, "look", v)
		r.Mark(JudgeB, e.Ordinal, "look", v)
	}
}

// Sign has all sheets signed.
func (r *Rig) Sign() {
	r.Sheets = []results.Paper{
		{Kind: results.MarkSheet, Chair: Floor, Panel: "floor", State: results.PaperSigned, Number: "F-26-0001"},
		{Kind: results.MarkSheet, Chair: JudgeA, Panel: "judges", State: results.PaperSigned, Number: "F-26-0002"},
		{Kind: results.MarkSheet, Chair: JudgeB, Panel: "judges", State: results.PaperSigned, Number: "F-26-0003"},
		{Kind: results.PanelSummary, Panel: "judges", State: results.PaperSigned, Number: "F-26-0004"},
		{Kind: results.ResultList, State: results.PaperMissing},
	}
}

// Read implements results.Boards.
func (r *Rig) Read(_ context.Context, event contest.ID, reader func(results.Reading) error) error {
	if event != Event {
		return fault.New(fault.Missing, "judging.missing")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	chairs := []contest.Chair{
		{Number: Floor, Panel: "floor", Seat: 1, Judge: "甲"},
		{Number: JudgeA, Panel: "judges", Seat: 1, Judge: "乙"},
		{Number: JudgeB, Panel: "judges", Seat: 2, Judge: "丙"},
	}
	return reader(results.Reading{
		Event: r.Of, Kind: r.Kind, Chairs: chairs, Entries: r.Entries, Seq: r.Board.Seq(), Head: fmt.Sprint("head", r.Board.Seq()),
		At: r.lastAt, Board: r.Board,
	})
}

// Papers implements results.Papers.
func (r *Rig) Papers(context.Context, contest.ID) ([]results.Paper, error) { return r.Sheets, nil }

// Tablets implements results.Tablets.
func (r *Rig) Tablets(context.Context, contest.ID) ([]results.Tablet, error) { return r.Devices, nil }

// Absentees implements results.Absentees.
func (r *Rig) Absentees(context.Context, contest.ID) ([]scoring.EntryID, error) { return r.Away, nil }

// Groups is results.Names.
func (r *Rig) Groups(context.Context, contest.ID) (map[string]map[int]string, error) {
	return map[string]map[int]string{"group": {1: "职工组", 2: "学生组"}, "county": {1: "东湖区"}}, nil
}

// Carried implements results.Stages.
func (r *Rig) Carried(context.Context, contest.ID) (results.Carried, bool, error) {
	if r.Before == nil {
		return results.Carried{}, false, nil
	}
	return *r.Before, true, nil
}

// Names implements results.Names.
func (r *Rig) Names(context.Context, contest.ID) (map[scoring.EntryID]results.Name, error) {
	out := map[scoring.EntryID]results.Name{}
	for _, e := range r.Entries {
		out[e.Ordinal] = results.Name{Name: "选手" + e.EntryNo, Unit: "单位"}
	}
	return out, nil
}

// Record implements results.Audit.
func (r *Rig) Record(_ context.Context, _ contest.Actor, what, _ string, _ map[string]string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Acts = append(r.Acts, what)
	return nil
}
