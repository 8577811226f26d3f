package signingstore_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/signing"
	"jiangtai/server/signing/signingstore"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// schemeText has a seat module of one panel and a coded one of two judges.
const schemeText = `{"format":"jiangtai.scheme/1","name":{"zh":"钳工"},
 "panels":[{"id":"floor","name":{"zh":"现场裁判组"}},{"id":"judges","name":{"zh":"评分裁判组"}}],
 "composition":"sum",
 "components":[{"id":"practical","name":{"zh":"实操"},"criteria":[
  {"id":"work","name":{"zh":"制作"},"identity":"seat","subs":[{"id":"w","name":{"zh":"过程"},"aspects":[
   {"id":"size","name":{"zh":"尺寸"},"kind":"points","panel":"floor","max":"50","step":"1"}]}]},
  {"id":"result","name":{"zh":"成品"},"identity":"coded","subs":[{"id":"r","name":{"zh":"成品"},"aspects":[
   {"id":"look","name":{"zh":"外观"},"kind":"panel","panel":"judges","max":"50","step":"1"}]}]}]}]}`

var (
	event = contest.ID{0xe0, 15: 1}
	of    = contest.ID{0xc0, 15: 1}
)

func person(n byte, roles ...contest.Role) contest.Actor {
	a := contest.Actor{Account: contest.ID{0xac, 15: n}, Name: fmt.Sprint("官员", n)}
	for _, r := range roles {
		a.Grants = append(a.Grants, contest.Grant{Role: r, Contest: of, Event: event})
	}
	return a
}

var (
	chief    = person(1, contest.ChiefJudge)
	host     = person(2, contest.HostSecretary)
	coder    = person(3, contest.CodingJudge)
	visitor  = person(4, contest.Spectator)
	stranger = contest.Actor{Account: contest.ID{0xac, 15: 9}, Grants: []contest.Grant{{Role: contest.Organiser, Contest: contest.ID{7}}}}
)

// rig is a desk over a real database, with a board, eyes and a press of its own:
// what the press was given can be read again.
type rig struct {
	*signing.Desk
	t       *testing.T
	mu      sync.Mutex // guards the rest
	board   *scoring.Board
	entries []signing.Entrant
	chairs  []contest.Chair
	marks   uint32
	at      time.Time
	sees    []string // codes that the eyes see next
	printed map[string]signing.Sheet
}

func newRig(t *testing.T) *rig {
	t.Helper()
	s, err := scheme.Parse([]byte(schemeText))
	if err != nil {
		t.Fatal(err)
	}
	rules, err := scoring.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	db := storetest.New(t)
	r := &rig{
		t: t, board: scoring.NewBoard(scoring.RuleSet{1: rules}), at: time.Date(2026, 5, 12, 8, 0, 0, 0, time.UTC), printed: map[string]signing.Sheet{},
		chairs: []contest.Chair{{Number: 1, Panel: "floor", Seat: 1, Judge: "方志明"}, {Number: 2, Panel: "judges", Seat: 1, Judge: "周启明", IsChief: true}, {Number: 3, Panel: "judges", Seat: 2, Judge: "石岩"}},
	}
	for i := 1; i <= 4; i++ {
		r.entries = append(r.entries, signing.Entrant{
			Ordinal: scoring.EntryID(i), EntryNo: fmt.Sprintf("%03d", i), SeatNo: fmt.Sprintf("S%02d", i), WorkCode: fmt.Sprintf("%03dK", 900-i*37),
		})
	}
	r.Desk = signing.New(signing.Config{
		Store: signingstore.New(db), Work: db, Boards: r, Names: r, Draws: r, Press: r, Eyes: r, Audit: silent{}, Now: r.now,
	})
	r.write(scoring.Command{Kind: scoring.Adopt})
	for _, c := range r.chairs {
		r.write(scoring.Command{Kind: scoring.Seat, Chair: c.Number, Aspect: c.Panel})
	}
	for i := range r.entries {
		r.write(scoring.Command{Kind: scoring.Admit, Entry: r.entries[i].Ordinal})
	}
	r.write(scoring.Command{Kind: scoring.Open})
	return r
}

func (r *rig) now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = r.at.Add(time.Second)
	return r.at
}

func (r *rig) write(c scoring.Command) {
	r.t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.marks++
	c.MarkID, c.Version = scoring.ID{byte(r.marks), byte(r.marks >> 8), 1}, 1
	c.Attempt, c.Round = 1, 1
	if err := r.board.Apply(scoring.Record{Command: c, Seq: r.board.Seq() + 1}, nil); err != nil {
		r.t.Fatal(err)
	}
}

// mark gives every entry its marks: all but the first entry's look are by the
// entry's number.
func (r *rig) markAll() {
	r.t.Helper()
	for i := 1; i <= len(r.entries); i++ {
		v := fmt.Sprint(50 - i)
		r.write(scoring.Command{Kind: scoring.Mark, Chair: 1, Entry: scoring.EntryID(i), Aspect: "size", Value: v})
		r.write(scoring.Command{Kind: scoring.Mark, Chair: 2, Entry: scoring.EntryID(i), Aspect: "look", Value: v})
		r.write(scoring.Command{Kind: scoring.Mark, Chair: 3, Entry: scoring.EntryID(i), Aspect: "look", Value: v})
	}
}

// Read is signing.Boards.
func (r *rig) Read(_ context.Context, id contest.ID, reader func(signing.Reading) error) error {
	if id != event {
		return fault.New(fault.Missing, "judging.missing")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return reader(signing.Reading{
		Event: contest.Event{ID: event, Contest: of, Code: "fitter", Trade: "钳工", Stage: contest.Final}, Kind: contest.Real,
		Chairs: r.chairs, Entries: r.entries, Version: 1, Seq: r.board.Seq(), Head: fmt.Sprintf("%064d", r.board.Seq()), Board: r.board,
	})
}

// Names is signing.Names.
func (r *rig) Names(context.Context, contest.ID) (map[scoring.EntryID]signing.Name, error) {
	out := map[scoring.EntryID]signing.Name{}
	for i := range r.entries {
		out[r.entries[i].Ordinal] = signing.Name{Name: fmt.Sprintf("选手%d", i+1), Unit: "江城造船厂"}
	}
	return out, nil
}

// Contest is signing.Names.
func (r *rig) Contest(context.Context, contest.ID) (string, error) {
	return "江城市职工职业技能大赛", nil
}

// Record is signing.Draws.
func (r *rig) Record(_ context.Context, a contest.Actor, _ contest.ID, _ string) (signing.DrawSheet, error) {
	if a.Who() != coder.Who() {
		return signing.DrawSheet{}, fault.New(fault.Missing, "blind.missing")
	}
	return signing.DrawSheet{From: "赛位号", To: "评审号", Pairs: [][2]string{{"S01", "863K"}}, Facts: []signing.Fact{{Name: "方式", Value: "手工抽签"}}}, nil
}

// Labels is signing.Draws.
func (r *rig) Labels(_ context.Context, a contest.Actor, _ contest.ID, _ string) ([]string, error) {
	if a.Who() != coder.Who() {
		return nil, fault.New(fault.Missing, "blind.missing")
	}
	return []string{"863K", "826K"}, nil
}

// Print is signing.Press: pages of JSON.
func (r *rig) Print(s signing.Sheet, stamp signing.Stamp) ([]byte, int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.printed[stamp.Number] = s
	raw, err := json.Marshal(s)
	return raw, 1, err
}

// Codes is signing.Eyes.
func (r *rig) Codes([]byte, string) ([]string, error) { return r.sees, nil }

type silent struct{}

func (silent) Record(context.Context, contest.Actor, string, string, map[string]string) error {
	return nil
}
