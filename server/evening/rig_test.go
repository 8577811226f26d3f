package evening_test

import (
	"context"
	"fmt"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/evening"
	"jiangtai/server/fault"
)

// schemeText has a seat module with a gate that the floor marks, and a coded one that
// two judges mark each, with a spread.
const schemeText = `{"format":"jiangtai.scheme/1","name":{"zh":"钳工"},
 "panels":[{"id":"floor","name":{"zh":"现场"}},{"id":"judges","name":{"zh":"评分"}}],"composition":"sum",
 "components":[{"id":"practical","name":{"zh":"实操"},"criteria":[
  {"id":"work","name":{"zh":"制作"},"identity":"%s","subs":[{"id":"w","name":{"zh":"过程"},"aspects":[
   {"id":"size","name":{"zh":"尺寸","en":"Size"},"kind":"points","panel":"floor","max":"50","step":"1"},
   {"id":"crack","name":{"zh":"裂纹"},"kind":"gate","panel":"floor","voids":"entry"}]}]},
  {"id":"result","name":{"zh":"成品"},"identity":"%s","subs":[{"id":"r","name":{"zh":"成品"},"aspects":[
   {"id":"look","name":{"zh":"外观"},"kind":"panel","panel":"judges","max":"50","step":"1","spread":"20"}]}]}]}]}`

var (
	event = contest.ID{0xe0, 15: 1}
	of    = contest.ID{0xc0, 15: 1}

	chief    = person(1, contest.ChiefJudge)
	clerk    = person(2, contest.Clerk)
	stranger = contest.Actor{Account: contest.ID{9}, Grants: []contest.Grant{{Role: contest.Organiser, Contest: contest.ID{7}}}}
)

func person(n byte, role contest.Role) contest.Actor {
	return contest.Actor{Account: contest.ID{0xac, 15: n}, Grants: []contest.Grant{{Role: role, Contest: of}}}
}

// rig is a desk over a board of its own: chairs 1 (floor), 2 and 3 (judges), three
// entries.
type rig struct {
	*evening.Desk
	t     *testing.T
	board *scoring.Board
	marks byte
}

func newRig(t *testing.T, work, result string) *rig {
	t.Helper()
	s, err := scheme.Parse([]byte(fmt.Sprintf(schemeText, work, result)))
	if err != nil {
		t.Fatal(err)
	}
	rules, err := scoring.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{t: t, board: scoring.NewBoard(scoring.RuleSet{1: rules})}
	r.Desk = evening.New(r)
	r.write(scoring.Command{Kind: scoring.Adopt})
	for chair, panel := range []string{"floor", "judges", "judges"} {
		r.write(scoring.Command{Kind: scoring.Seat, Chair: scoring.ChairID(chair + 1), Aspect: panel})
	}
	for entry := range 3 {
		r.write(scoring.Command{Kind: scoring.Admit, Entry: scoring.EntryID(entry + 1)})
	}
	r.write(scoring.Command{Kind: scoring.Open})
	return r
}

func (r *rig) write(c scoring.Command) {
	r.t.Helper()
	r.marks++
	c.MarkID, c.Version = scoring.ID{15: r.marks}, 1
	c.Actor, c.Second = contest.ID{1}, contest.ID{2}
	draft, no := r.board.Check(c)
	if no != nil {
		r.t.Fatalf("%+v: %+v", c, *no)
	}
	if err := r.board.Apply(scoring.Record{Command: draft.Command, Seq: r.board.Seq() + 1}, nil); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) mark(chair scoring.ChairID, entry scoring.EntryID, aspect, value string, round uint8) {
	r.t.Helper()
	r.write(scoring.Command{Kind: scoring.Mark, Chair: chair, Entry: entry, Aspect: aspect, Value: value, Round: round})
}

// Read is evening.Boards: while sealed staff know works by their code.
func (r *rig) Read(_ context.Context, id contest.ID, reader func(evening.Reading) error) error {
	if id != event {
		return fault.New(fault.Missing, "judging.missing")
	}
	sealed := r.board.Sealed()
	word := "E%d"
	if sealed {
		word = "C%d"
	}
	return reader(evening.Reading{
		Event: contest.Event{ID: event, Contest: of}, Seq: r.board.Seq(), Board: r.board,
		Chairs: []contest.Chair{{Number: 1, Panel: "floor", Seat: 1, Judge: "裁判1"}, {Number: 2, Panel: "judges", Seat: 1, Judge: "裁判2"}, {Number: 3, Panel: "judges", Seat: 2, Judge: "裁判3"}},
		Label:  func(e scoring.EntryID) string { return fmt.Sprintf(word, e) },
		Find: func(label string) (scoring.EntryID, bool) {
			var n int
			_, err := fmt.Sscanf(label, word, &n)
			return scoring.EntryID(n), err == nil && n >= 1 && n <= 3
		},
		Shown: func(aspect string, _ scoring.EntryID) bool { return !sealed || aspect == "look" },
	})
}
