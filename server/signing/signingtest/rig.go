package signingtest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/signing"
	"jiangtai/server/signing/form"
)

// schemeText has a seat module of one panel and a coded one of two judges.
const schemeText = `{"format":"jiangtai.scheme/1","name":{"zh":"钳工"},
 "panels":[{"id":"floor","name":{"zh":"现场裁判组"}},{"id":"judges","name":{"zh":"评分裁判组"}}],
 "composition":"sum",
 "components":[{"id":"practical","name":{"zh":"实操"},"criteria":[
  {"id":"work","name":{"zh":"制作"},"identity":"seat","subs":[{"id":"w","name":{"zh":"过程"},"aspects":[
   {"id":"size","name":{"zh":"尺寸"},"kind":"points","panel":"floor","max":"50","step":"1"}]}]},
  {"id":"result","name":{"zh":"成品"},"identity":"coded","subs":[{"id":"r","name":{"zh":"成品"},"aspects":[
   {"id":"look","name":{"zh":"外观"},"kind":"panel","panel":"judges","max":"50","step":"1"}]}]}]}]}`

// Event is the id of the rig's event, Of its contest's.
var (
	Event = contest.ID{0xe0, 15: 1}
	Of    = contest.ID{0xc0, 15: 1}
)

// Person is an account with roles for the rig's event.
func Person(n byte, roles ...contest.Role) contest.Actor {
	a := contest.Actor{Account: contest.ID{0xac, 15: n}, Name: fmt.Sprint("官员", n)}
	for _, r := range roles {
		a.Grants = append(a.Grants, contest.Grant{Role: r, Contest: Of, Event: Event})
	}
	return a
}

// Who works for the event, and one who works for another.
var (
	Chief      = Person(1, contest.ChiefJudge)
	Host       = Person(2, contest.HostSecretary)
	Coder      = Person(3, contest.CodingJudge)
	Visitor    = Person(4, contest.Spectator)
	Clerk      = Person(5, contest.Clerk)
	Supervisor = Person(6, contest.Supervisor)
	Stranger   = contest.Actor{Account: contest.ID{0xac, 15: 9}, Grants: []contest.Grant{{Role: contest.Organiser, Contest: contest.ID{7}}}}
)

// Tablet is the tablet of a chair.
func Tablet(chair scoring.ChairID, judge string) contest.Actor {
	return contest.Actor{
		Name: judge, Device: contest.ID{0xde, 15: byte(chair)}, Event: Event, Chair: chair,
		Grants: []contest.Grant{{Role: contest.Judge, Contest: Of, Event: Event}},
	}
}

// The rig's judges at their tablets: of the floor, and two who mark by work code.
var (
	Floor  = Tablet(1, "方志明")
	First  = Tablet(2, "周启明")
	Second = Tablet(3, "石岩")
)

// Strokes are a signature.
const Strokes = "600 240;40,120,0 120,60,90 200,150,180 320,90,300;400,100,500 520,130,640"

// Rig is a desk with a board of its own and the other rooms' ends in the test's
// hands. Records are written without anybody's permission.
type Rig struct {
	*signing.Desk
	T       testing.TB
	mu      sync.Mutex // guards the rest
	Board   *scoring.Board
	Rules   *scoring.Rules // of the newest scheme; nil: none
	Entries []signing.Entrant
	Chairs  []contest.Chair
	Sees    []string                        // codes that the eyes see next
	Printed map[string]signing.Sheet        // what the press was given, by number
	Before  map[scoring.ChairID]form.Before // who sat in chairs before
	Inked   map[string]*signing.Inked
	Edits   int      // of chairs, labels and names: raise it with each
	Reads   int      // of the board
	acts    []string // audited
	marks   uint32
	at      time.Time
}

// Options of a rig; nil is the rig's own press and eyes.
type Options struct {
	Press signing.Press
	Eyes  signing.Eyes
	// NotOpen leaves the ledger empty, as it is before an event is opened.
	NotOpen bool
	// Teams makes two teams of two after four persons, each with a module of its own,
	// and ranks within groups and units; nothing is sealed.
	Teams bool
}

// teamsText is schemeText without seals, with what teams need.
func teamsText() string {
	text := strings.NewReplacer(`,"identity":"seat"`, "", `,"identity":"coded"`, "", `"composition":"sum",`,
		`"composition":"sum","rankings":["group","unit"],"teams":{"take":"best","best":1,"size":2},`).Replace(schemeText)
	return strings.TrimSuffix(text, "]}") + `,{"id":"together","name":{"zh":"协作"},"of":"team","criteria":[
  {"id":"acting","name":{"zh":"协作"},"subs":[{"id":"t","name":{"zh":"协作"},"aspects":[
   {"id":"teamwork","name":{"zh":"协作"},"kind":"points","panel":"floor","max":"20","step":"1"}]}]}]}]}`
}

// New makes a rig over a store.
func New(t testing.TB, s signing.Store, w signing.Work, o Options) *Rig {
	t.Helper()
	source := schemeText
	if o.Teams {
		source = teamsText()
	}
	text, err := scheme.Parse([]byte(source))
	if err != nil {
		t.Fatal(err)
	}
	rules, err := scoring.Compile(text)
	if err != nil {
		t.Fatal(err)
	}
	r := &Rig{
		T: t, Rules: rules, Board: scoring.NewBoard(scoring.RuleSet{1: rules}), at: time.Date(2026, 5, 12, 8, 0, 0, 0, time.UTC), Printed: map[string]signing.Sheet{},
		Inked:  map[string]*signing.Inked{},
		Chairs: []contest.Chair{{Number: 1, Panel: "floor", Seat: 1, Judge: "方志明"}, {Number: 2, Panel: "judges", Seat: 1, Judge: "周启明", IsChief: true}, {Number: 3, Panel: "judges", Seat: 2, Judge: "石岩"}},
	}
	for i := 1; i <= 4; i++ {
		r.Entries = append(r.Entries, signing.Entrant{
			Ordinal: scoring.EntryID(i), EntryNo: fmt.Sprintf("%03d", i), SeatNo: fmt.Sprintf("S%02d", i), WorkCode: fmt.Sprintf("%03dK", 900-i*37),
		})
	}
	if o.Teams {
		for i := 5; i <= 6; i++ {
			r.Entries = append(r.Entries, signing.Entrant{Ordinal: scoring.EntryID(i), EntryNo: fmt.Sprintf("T%02d", i-4), IsTeam: true})
		}
	}
	if o.Press == nil {
		o.Press = r
	}
	if o.Eyes == nil {
		o.Eyes = r
	}
	r.Desk = signing.New(signing.Config{Store: s, Work: w, Boards: r, Names: r, Draws: r, Press: o.Press, Eyes: o.Eyes, Audit: notes{r}, Now: r.Now})
	if !o.NotOpen {
		r.open()
	}
	return r
}

func (r *Rig) open() {
	r.T.Helper()
	r.Write(scoring.Command{Kind: scoring.Adopt})
	for _, c := range r.Chairs {
		r.Write(scoring.Command{Kind: scoring.Seat, Chair: c.Number, Aspect: c.Panel})
	}
	for i := range r.Entries {
		c := scoring.Command{Kind: scoring.Admit, Entry: r.Entries[i].Ordinal}
		if r.Entries[i].IsTeam {
			c.Value = "ranked,prize,unit,advance,team"
		}
		r.Write(c)
	}
	r.Write(scoring.Command{Kind: scoring.Open})
	if r.Rules.Scheme().Teams != nil {
		for i := 1; i <= 4; i++ {
			r.belong(i, "team", 5+i%2)
			r.belong(i, "group", 1+i/3)
		}
		r.belong(1, "unit", 3)
	}
}

func (r *Rig) belong(entry int, word string, number int) {
	r.T.Helper()
	r.Write(scoring.Command{Kind: scoring.Belong, Entry: scoring.EntryID(entry), Aspect: word, Value: fmt.Sprint(number)})
}

// Now is a second later each time that it is asked for.
func (r *Rig) Now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = r.at.Add(time.Second)
	return r.at
}

// Write puts a record on the board.
func (r *Rig) Write(c scoring.Command) {
	r.T.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.marks++
	c.MarkID, c.Version = scoring.ID{byte(r.marks), byte(r.marks >> 8), 1}, 1
	c.Attempt, c.Round = 1, 1
	if err := r.Board.Apply(scoring.Record{Command: c, Seq: r.Board.Seq() + 1}, nil); err != nil {
		r.T.Fatal(err)
	}
}

// MarkAll gives every entry its marks, the first one the highest.
func (r *Rig) MarkAll() {
	r.T.Helper()
	for i := 1; i <= len(r.Entries); i++ {
		v := fmt.Sprint(50 - i)
		if r.Entries[i-1].IsTeam {
			r.Write(scoring.Command{Kind: scoring.Mark, Chair: 1, Entry: scoring.EntryID(i), Aspect: "teamwork", Value: fmt.Sprint(i)})
			continue
		}
		r.Write(scoring.Command{Kind: scoring.Mark, Chair: 1, Entry: scoring.EntryID(i), Aspect: "size", Value: v})
		r.Write(scoring.Command{Kind: scoring.Mark, Chair: 2, Entry: scoring.EntryID(i), Aspect: "look", Value: v})
		r.Write(scoring.Command{Kind: scoring.Mark, Chair: 3, Entry: scoring.EntryID(i), Aspect: "look", Value: v})
	}
}

// Read is signing.Boards.
func (r *Rig) Read(_ context.Context, id contest.ID, reader func(signing.Reading) error) error {
	if id != Event {
		return fault.New(fault.Missing, "judging.missing")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Reads++
	return reader(signing.Reading{
		Event: contest.Event{ID: Event, Contest: Of, Code: "fitter", Trade: "钳工", Stage: contest.Final}, Kind: contest.Real,
		Chairs: r.Chairs, Entries: r.Entries, Version: 1, Rules: r.Rules, Seq: r.Board.Seq(), Head: fmt.Sprintf("%064d", r.Board.Seq()), Before: r.Before, Board: r.Board,
	})
}

// Stamp is signing.Boards.
func (r *Rig) Stamp(context.Context, contest.ID) (any, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return [2]int{int(r.Board.Seq()), r.Edits}, nil
}

// Names is signing.Names.
func (r *Rig) Names(context.Context, contest.ID) (map[scoring.EntryID]signing.Name, error) {
	out := map[scoring.EntryID]signing.Name{}
	for i := range r.Entries {
		out[r.Entries[i].Ordinal] = signing.Name{Name: fmt.Sprintf("选手%d", i+1), Unit: "江城造船厂"}
		if r.Entries[i].IsTeam {
			out[r.Entries[i].Ordinal] = signing.Name{Name: fmt.Sprintf("联队%d", i-3), Unit: "江城造船厂"}
		}
	}
	return out, nil
}

// Groups is signing.Names; the second group has no name.
func (r *Rig) Groups(context.Context, contest.ID) (map[string]map[int]string, error) {
	return map[string]map[int]string{"group": {1: "职工组"}}, nil
}

// Contest is signing.Names.
func (r *Rig) Contest(context.Context, contest.ID) (string, error) {
	return "江城市职工职业技能大赛", nil
}

// Record is signing.Draws.
func (r *Rig) Record(_ context.Context, a contest.Actor, _ contest.ID, _ string) (signing.DrawSheet, error) {
	if a.Who() != Coder.Who() {
		return signing.DrawSheet{}, fault.New(fault.Missing, "blind.missing")
	}
	return signing.DrawSheet{From: "赛位号", To: "评审号", Pairs: [][2]string{{"S01", "863K"}}, Facts: []signing.Fact{{Name: "方式", Value: "手工抽签"}}}, nil
}

// Labels is signing.Draws.
func (r *Rig) Labels(_ context.Context, a contest.Actor, _ contest.ID, _ string) ([]string, error) {
	if a.Who() != Coder.Who() {
		return nil, fault.New(fault.Missing, "blind.missing")
	}
	return []string{"863K", "826K"}, nil
}

// Print is signing.Press: pages of JSON.
func (r *Rig) Print(s signing.Sheet, stamp signing.Stamp) ([]byte, int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Printed[stamp.Number], r.Inked[stamp.Number] = s, stamp.Ink
	raw, err := json.Marshal(s)
	return raw, 1, err
}

// Codes is signing.Eyes.
func (r *Rig) Codes([]byte, string) ([]string, error) { return r.Sees, nil }

// Audited tells what was noted, in order.
func (r *Rig) Audited() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.acts)
}

// notes is signing.Audit.
type notes struct{ r *Rig }

func (n notes) Record(_ context.Context, a contest.Actor, what, object string, detail map[string]string) error {
	n.r.mu.Lock()
	defer n.r.mu.Unlock()
	n.r.acts = append(n.r.acts, strings.Join([]string{a.Name, what, object, detail["number"]}, " "))
	return nil
}
