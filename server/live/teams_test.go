package live_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/hub"
)

// squad is bench with teams of two, marked together for their teamwork, and ranks
// within groups and units.
func squad(t testing.TB, identity scheme.Identity) scoring.RuleSet {
	t.Helper()
	text := strings.Replace(fmt.Sprintf(bench, identity), `"total":"100",`, `"rankings":["group","unit"],"teams":{"take":"sum","size":2,"least":1},`, 1)
	text = strings.TrimSuffix(text, "]}") + `,{"id":"together","name":{"zh":"协作"},"max":"20","of":"team","criteria":[
	  {"id":"acting","name":{"zh":"协作"},"subs":[{"id":"t","name":{"zh":"协作"},"aspects":[
	   {"id":"teamwork","name":{"zh":"协作"},"kind":"points","panel":"floor","max":"20","step":"0.5"}]}]}]}]}`
	parsed, err := scheme.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := scoring.Compile(parsed)
	if err != nil {
		t.Fatal(err)
	}
	return scoring.RuleSet{1: compiled}
}

const squadPersons, squadTeams = 8, 3

// newSquad is an event of eight persons and three teams; two persons stand alone.
func newSquad(t testing.TB, identity scheme.Identity) *stand {
	t.Helper()
	l, h, names := newLive(t, nil)
	s := &stand{t: t, live: l, hub: h, names: names, id: eventID, set: squad(t, identity)}
	s.board = scoring.NewBoard(s.set)
	l.Opened(meta(s.id), contest.Demo, 1, s.board)
	s.do(scoring.Command{Kind: scoring.Adopt, Version: 1})
	for chair, panel := range []string{"floor", "judges", "judges", "judges"} {
		s.do(scoring.Command{Kind: scoring.Seat, Chair: scoring.ChairID(chair + 1), Aspect: panel})
	}
	for e := range squadPersons + squadTeams {
		c := scoring.Command{Kind: scoring.Admit, Entry: scoring.EntryID(e + 1)}
		if e >= squadPersons {
			c.Value = "ranked,prize,unit,advance,team"
		}
		s.do(c)
	}
	s.act(scoring.Open, "")
	return s
}

func (s *stand) belong(entry int, word string, number int) {
	s.t.Helper()
	s.do(scoring.Command{Kind: scoring.Belong, Entry: scoring.EntryID(entry), Aspect: word, Value: fmt.Sprint(number)})
}

func (s *stand) belongAll() {
	s.t.Helper()
	for e := 1; e <= squadPersons; e++ {
		if e <= 2*squadTeams {
			s.belong(e, "team", squadPersons+1+(e-1)%squadTeams)
		}
		s.belong(e, "group", 1+e%2)
		if e > 2 {
			s.belong(e, "unit", 1+e%3)
		}
	}
	for e := squadPersons + 1; e <= squadPersons+squadTeams; e++ {
		s.belong(e, "unit", 1)
	}
}

// play gives random marks to persons and teams.
func (s *stand) play(seed uint64, steps int) {
	s.t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	for range steps {
		entry := r.IntN(squadPersons+squadTeams) + 1
		if entry <= squadPersons {
			s.mark(entry, r.IntN(4)+1, fmt.Sprintf("%d.5", r.IntN(100)))
			continue
		}
		c := scoring.Command{Kind: scoring.Mark, Entry: scoring.EntryID(entry), Aspect: "teamwork", Chair: 1, Value: fmt.Sprint(r.IntN(20))}
		if cell, ok := s.board.Cell(c.Entry, c.Aspect, 1, 1, c.Chair); ok {
			c.Supersedes = cell.MarkID
		}
		s.do(c)
	}
}

// fold is what a client holds who read all messages, row by row as they came last.
func fold(t testing.TB, raw []string) map[string]string {
	t.Helper()
	rows := map[string]string{}
	for _, m := range raw {
		var f struct {
			Snapshot bool              `json:"snapshot"`
			Rows     []json.RawMessage `json:"rows"`
			Gone     []string          `json:"gone"`
		}
		if err := json.Unmarshal([]byte(m), &f); err != nil {
			t.Fatal(err)
		}
		if f.Snapshot {
			clear(rows)
		}
		for _, r := range f.Rows {
			var of ranked
			if err := json.Unmarshal(r, &of); err != nil {
				t.Fatal(err)
			}
			rows[of.K] = of.String()
		}
		for _, k := range f.Gone {
			delete(rows, k)
		}
	}
	return rows
}

// want is the same of the board's view.
func (s *stand) want(a scoring.Audience) map[string]string {
	rows := map[string]string{}
	for _, r := range s.board.View(a).Rows {
		key := func(id scoring.EntryID) string { return fmt.Sprintf("N%03d", id) }
		of := ranked{K: key(r.Entry), Team: r.Team, Pos: r.Pos}
		if r.Of != 0 {
			of.Of = key(r.Of)
		}
		text := of.String()
		for _, in := range r.In {
			if in.Group == 0 {
				text += " -"
				continue
			}
			text += fmt.Sprintf(" %d:%d", in.Group, in.Rank)
		}
		rows[of.K] = text
	}
	return rows
}

func TestClientsBuildTeamsAndGroups(t *testing.T) {
	s := newSquad(t, scheme.Open)
	audiences := map[string]scoring.Audience{"public": scoring.Public, "jury": scoring.Jury, "chief": scoring.Chief}
	early := map[string]*client{}
	for name := range audiences {
		early[name] = follow(t, s.hub, s.topic(name), hub.At{})
		early[name].at(s.board.View(audiences[name]).N)
	}
	s.belongAll()
	check := func(what string) {
		t.Helper()
		for name, a := range audiences {
			late := follow(t, s.hub, s.topic(name), hub.At{})
			for which, c := range map[string]*client{"early": early[name], "late": late} {
				_, _, raw := c.at(s.board.View(a).N)
				if d := cmp.Diff(s.want(a), fold(t, raw)); d != "" {
					t.Fatalf("%s: %s, %s: %s", what, name, which, d)
				}
				valid(t, schemaOf(t, "frame.json"), raw)
			}
			late.leave()
		}
	}
	check("belonging")
	for seed := range uint64(8) {
		s.play(seed, 25)
		check(fmt.Sprintf("season %d", seed))
	}
	if _, _, raw := early["public"].at(0); !strings.Contains(strings.Join(raw[1:], ""), `"in":[{"g":`) {
		t.Error("nobody was told of a group but by a snapshot")
	}
	s.act(scoring.Freeze, "")
	before := s.want(scoring.Public)
	s.play(99, 25)
	s.belong(1, "group", 2)
	check("frozen")
	if d := cmp.Diff(before, s.want(scoring.Public)); d != "" {
		t.Errorf("a frozen board moved: %s", d)
	}
	s.act(scoring.Unfreeze, "")
	check("thawed")
	s.act(scoring.SetRule, "top:2")
	check("the first two of each list")
	s.act(scoring.SetRule, "ranks")
	check("ranks")
}

// Who belongs where is told when an event is unsealed, and not before.
func TestUnsealingTellsTeamsAndGroups(t *testing.T) {
	s := newSquad(t, scheme.Coded)
	public, chief := follow(t, s.hub, s.topic("public"), hub.At{}), follow(t, s.hub, s.topic("chief"), hub.At{})
	s.play(5, 400)
	s.act(scoring.Lock, "")
	for name, c := range map[string]*client{"public": public, "chief": chief} {
		_, _, raw := c.at(s.board.View(map[string]scoring.Audience{"public": scoring.Public, "chief": scoring.Chief}[name]).N)
		for _, m := range raw {
			for _, word := range []string{`"in"`, `"of"`, `"rankings"`, `"groups"`} {
				if strings.Contains(m, word) {
					t.Fatalf("%s is told %s before the unsealing: %s", name, word, m)
				}
			}
		}
	}
	s.do(scoring.Command{Kind: scoring.Unseal, Second: scoring.ID{2}, Actor: scoring.ID{1}})
	s.belongAll()
	for name, a := range map[string]scoring.Audience{"public": scoring.Public, "chief": scoring.Chief} {
		c := map[string]*client{"public": public, "chief": chief}[name]
		_, head, raw := c.at(s.board.View(a).N)
		if d := cmp.Diff(s.want(a), fold(t, raw)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		if string(head["rankings"]) != `["group","unit"]` {
			t.Errorf("%s: rankings %s", name, head["rankings"])
		}
	}
}
