package live_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/hub"
	"jiangtai/server/live"
)

// told is a board that says what a test wants of it.
type told struct {
	rules *scoring.Rules
	views map[scoring.Audience]scoring.Standings
}

func (b *told) View(a scoring.Audience) scoring.Standings { return b.views[a] }

func (b *told) Head(a scoring.Audience) scoring.Standings {
	v := b.views[a]
	v.Rows, v.Columns, v.Rankings = nil, nil, nil
	return v
}

func (b *told) Rules() *scoring.Rules { return b.rules }

// board is a board on which everybody sees the same rows.
func board(t testing.TB, v scoring.Standings, identity scheme.Identity) *told {
	t.Helper()
	text := strings.Replace(fmt.Sprintf(bench, identity), `"total":"100",`, `"total":"100","rankings":["group","unit"],`, 1)
	parsed, err := scheme.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := scoring.Compile(parsed)
	if err != nil {
		t.Fatal(err)
	}
	v.N, v.Phase, v.Release, v.Entries = 7, scoring.Running, scoring.Live, len(v.Rows)
	b := &told{rules: compiled, views: map[scoring.Audience]scoring.Standings{}}
	for a := range scoring.Audiences {
		b.views[a] = v
	}
	return b
}

// people are two persons of a team, one who stands alone, and the team.
func people(in ...[]scoring.Within) []scoring.Row {
	at := func(i int) []scoring.Within {
		if i < len(in) {
			return in[i]
		}
		return nil
	}
	row := func(id scoring.EntryID, pos int, total string) scoring.Row {
		return scoring.Row{Entry: id, Pos: pos, Rank: pos, Total: total, Done: 4, Need: 4, Status: scoring.Competing}
	}
	a, b, c, team := row(1, 1, "90.00"), row(2, 2, "80.00"), row(3, 3, "70.00"), row(4, 1, "160.00")
	a.Of, c.Of, team.Team = 4, 4, true
	a.In, b.In, c.In, team.In = at(0), at(1), at(2), at(3)
	return []scoring.Row{a, b, c, team}
}

// directory knows the names of groups.
type directory struct {
	mu    sync.Mutex // guards the rest
	names map[string]map[int]string
	asked int
	fail  error
}

func (d *directory) Groups(context.Context, contest.ID) (map[string]map[int]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked++
	out := map[string]map[int]string{}
	for r, list := range d.names {
		out[r] = map[int]string{}
		for n, name := range list {
			out[r][n] = name
		}
	}
	return out, d.fail
}

func (d *directory) say(ranking string, number int, name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.names[ranking][number] = name
}

func grouped(t testing.TB) (*live.Live, *hub.Hub, *directory) {
	t.Helper()
	d := &directory{names: map[string]map[int]string{"group": {1: "职工组", 2: "学生组"}, "unit": {7: "江城\"造船\"厂"}, "county": {3: "东湖区"}}}
	l, h, _ := newLive(t, func(c *live.Config) { c.Groups = d })
	return l, h, d
}

// ranked is how a client reads what the other tests of this room do not.
type ranked struct {
	K    string `json:"k"`
	Team bool   `json:"team"`
	Pos  int    `json:"pos"`
	Of   string `json:"of"`
	In   []*struct {
		G int `json:"g"`
		R int `json:"r"`
	} `json:"in"`
}

func (r ranked) String() string {
	s := fmt.Sprintf("%s %d", r.K, r.Pos)
	if r.Team {
		s = "team " + s
	}
	if r.Of != "" {
		s += " of " + r.Of
	}
	for _, in := range r.In {
		if in == nil {
			s += " -"
			continue
		}
		s += fmt.Sprintf(" %d:%d", in.G, in.R)
	}
	return s
}

func readRanked(t testing.TB, message string) (rows []string, head map[string]json.RawMessage) {
	t.Helper()
	var f struct {
		Head map[string]json.RawMessage `json:"head"`
		Rows []ranked                   `json:"rows"`
	}
	if err := json.Unmarshal([]byte(message), &f); err != nil {
		t.Fatal(err)
	}
	for _, r := range f.Rows {
		rows = append(rows, r.String())
	}
	return rows, f.Head
}

func TestTeamsAndGroupsAreTold(t *testing.T) {
	l, h, d := grouped(t)
	v := scoring.Standings{Rankings: []string{"group", "unit"}, Rows: people(
		[]scoring.Within{{Group: 1, Rank: 1}, {Group: 7, Rank: 1}},
		[]scoring.Within{{Group: 2, Rank: 1}, {}},
		[]scoring.Within{{Group: 1}, {Group: 7, Rank: 2}},
		[]scoring.Within{{Group: 1, Rank: 1}, {}},
	)}
	b := board(t, v, scheme.Open)
	l.Opened(meta(eventID), contest.Demo, 1, b)
	topics := []string{"public", "jury", "chief"}
	clients := map[string]*client{}
	for _, name := range topics {
		clients[name] = follow(t, h, find(t, l, administrator, "event/"+eventID.String()+"/"+name), hub.At{})
		_, _, raw := clients[name].at(7)
		valid(t, schemaOf(t, "frame.json"), raw)
		rows, head := readRanked(t, raw[0])
		want := []string{"N001 1 of N004 1:1 7:1", "N002 2 2:1 -", "N003 3 of N004 1:0 7:2", "team N004 1 1:1 -"}
		if d := cmp.Diff(want, rows); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		if got := string(head["rankings"]); got != `["group","unit"]` {
			t.Errorf("%s: rankings %s", name, got)
		}
		if got := string(head["groups"]); got != `{"group":{"1":"职工组","2":"学生组"},"unit":{"7":"江城\"造船\"厂"}}` {
			t.Errorf("%s: groups %s", name, got)
		}
	}
	asked := d.asked
	d.say("group", 3, "青年组")
	move := func(n uint64, number int) string {
		var c scoring.Change
		c.Clear(n)
		for a, v := range b.views {
			v.N = n
			b.views[a] = v
		}
		for _, a := range []scoring.Audience{scoring.Public, scoring.Jury, scoring.Chief} {
			r := people()[1]
			r.In = []scoring.Within{{Group: number, Rank: 1}, {}}
			c.Rows[a] = []scoring.Row{r}
			c.N[a], c.Touched[a] = n, true
		}
		l.Applied(eventID, began.Add(time.Second), &c, b)
		_, _, raw := clients["public"].at(n)
		valid(t, schemaOf(t, "frame.json"), raw)
		return raw[len(raw)-1]
	}
	rows, head := readRanked(t, move(8, 3))
	if rows[0] != "N002 2 3:1 -" || !strings.Contains(string(head["groups"]), `"3":"青年组"`) {
		t.Errorf("a new group came as %v with %s", rows, head["groups"])
	}
	for n := uint64(9); n < 12; n++ {
		if _, head := readRanked(t, move(n, 4)); len(head) != 0 {
			t.Errorf("the head says again %v", head)
		}
	}
	if d.asked != asked+2 {
		t.Errorf("asked %d times for two new numbers", d.asked-asked)
	}
}

// What nobody may know yet stands in no byte, whatever the board and the
// directory say: two events that differ only in who belongs where are the same.
func TestASealedEventTellsNoTeamsAndGroups(t *testing.T) {
	story := func(in ...[]scoring.Within) string {
		l, h, _ := grouped(t)
		rows := people(in...)
		if len(in) > 1 {
			rows[0].Of = 0
		}
		v := scoring.Standings{Sealed: true, Rankings: []string{"group", "unit"}, Rows: rows}
		l.Opened(meta(eventID), contest.Demo, 1, board(t, v, scheme.Coded))
		var all []string
		for _, name := range []string{"public", "jury", "chief"} {
			c := follow(t, h, find(t, l, administrator, "event/"+eventID.String()+"/"+name), hub.At{})
			_, _, raw := c.at(7)
			valid(t, schemaOf(t, "frame.json"), raw)
			all = append(all, raw...)
		}
		return strings.Join(all, "\n")
	}
	one := story([]scoring.Within{{Group: 1, Rank: 1}, {Group: 7, Rank: 1}})
	other := story(nil, []scoring.Within{{Group: 2, Rank: 1}, {Group: 7, Rank: 2}}, []scoring.Within{{Group: 1}, {}})
	if one != other {
		t.Errorf("a sealed event tells who belongs where:\n%s\n%s", one, other)
	}
	for _, word := range []string{`"of"`, `"in"`, `"rankings"`, `"groups"`, "职工组", "造船", "东湖"} {
		if strings.Contains(one, word) {
			t.Errorf("%s in %s", word, one)
		}
	}
	if public, _, _ := strings.Cut(one, "\n"); strings.Contains(public, `"team"`) || !strings.Contains(public, `"rows":[]`) {
		t.Errorf("the public is told %s", public)
	}
}

// Where ranks are not shown the board names no rankings, and nothing is told of
// groups.
func TestNoGroupsWithoutRanks(t *testing.T) {
	l, _, _ := grouped(t)
	l.Opened(meta(eventID), contest.Demo, 1, board(t, scoring.Standings{Rows: people()[:3]}, scheme.Open))
	b, err := l.Standings(t.Context(), eventID)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{`"in"`, `"rankings"`, `"groups"`} {
		if strings.Contains(string(b), word) {
			t.Errorf("%s in %s", word, b)
		}
	}
	valid(t, schemaOf(t, "frame.json"), []string{string(b)})
}

// Names of groups that did not come leave those that are known.
func TestGroupsThatDoNotAnswer(t *testing.T) {
	l, _, d := grouped(t)
	v := scoring.Standings{Rankings: []string{"group"}, Rows: people([]scoring.Within{{Group: 1, Rank: 1}})}
	b := board(t, v, scheme.Open)
	l.Opened(meta(eventID), contest.Demo, 1, b)
	d.mu.Lock()
	d.fail, d.names = context.DeadlineExceeded, nil
	d.mu.Unlock()
	l.Opened(meta(eventID), contest.Demo, 1, b)
	got, err := l.Standings(t.Context(), eventID)
	if err != nil || !strings.Contains(string(got), `"groups":{"group":{"1":"职工组","2":"学生组"}}`) {
		t.Errorf("%v: %s", err, got)
	}
}
