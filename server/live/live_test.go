package live_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"jiangtai/schemas"
	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/hub"
	"jiangtai/server/live"
)

func newReader(b []byte) io.Reader { return bytes.NewReader(b) }

// schemaOf holds messages against a contract in schemas/frames.
func schemaOf(t testing.TB, name string) *jsonschema.Schema {
	t.Helper()
	raw, err := schemas.Frames.ReadFile("frames/" + name)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, doc); err != nil {
		t.Fatal(err)
	}
	sch, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return sch
}

func valid(t testing.TB, sch *jsonschema.Schema, messages []string) {
	t.Helper()
	for _, m := range messages {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(m))
		if err != nil {
			t.Fatalf("%v: %s", err, m)
		}
		if err := sch.Validate(v); err != nil {
			t.Fatalf("%v: %s", err, m)
		}
	}
}

// random marks, corrections and statuses, from the first to the last.
func (s *stand) season(seed uint64, entries, steps int) {
	s.t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	for range steps {
		entry, chair := r.IntN(entries)+1, r.IntN(4)+1
		if s.board.Status(scoring.EntryID(entry)) == scoring.Competing {
			s.mark(entry, chair, fmt.Sprintf("%d.5", r.IntN(100)))
		}
		if r.IntN(40) == 0 {
			s.do(scoring.Command{Kind: scoring.SetState, Entry: scoring.EntryID(entry), Value: string(scoring.DidNotFinish)})
		}
	}
}

func TestClientsBuildTheView(t *testing.T) {
	s := newStand(t, scheme.Open, 12)
	sch := schemaOf(t, "frame.json")
	audiences := map[string]scoring.Audience{"public": scoring.Public, "jury": scoring.Jury, "chief": scoring.Chief}
	early := map[string]*client{}
	for name := range audiences {
		early[name] = follow(t, s.hub, s.topic(name), hub.At{})
	}
	for chair := 1; chair <= 4; chair++ { // one by one, so that they are not joined
		s.mark(1, chair, "55.5")
		for name, a := range audiences {
			s.check(early[name], a, scheme.Open)
		}
	}
	s.season(1, 12, 150)
	for name, a := range audiences {
		s.check(early[name], a, scheme.Open)
		s.check(follow(t, s.hub, s.topic(name), hub.At{}), a, scheme.Open)
	}
	s.act(scoring.SetRule, "top:3")
	s.season(2, 12, 60)
	s.check(early["public"], scoring.Public, scheme.Open)
	s.act(scoring.SetRule, "ranks")
	s.season(3, 12, 60)
	s.check(early["public"], scoring.Public, scheme.Open)
	s.act(scoring.SetRule, "progress")
	s.season(4, 12, 20)
	s.act(scoring.SetRule, "live")
	s.act(scoring.Lock, "")
	for name, a := range audiences {
		s.check(early[name], a, scheme.Open)
		_, _, raw := early[name].at(0)
		valid(t, sch, raw)
		var snaps int
		for _, m := range raw {
			if strings.Contains(m, `"snapshot":true`) {
				snaps++
			}
		}
		if snaps == len(raw) {
			t.Errorf("%s: nothing but snapshots", name)
		}
	}
}

// Connections break at any moment and go on at their (epoch, n); what came
// twice changes nothing.
func TestBrokenConnectionsResume(t *testing.T) {
	s := newStand(t, scheme.Open, 10)
	topic := s.topic("public")
	c := follow(t, s.hub, topic, hub.At{})
	r := rand.New(rand.NewPCG(4, 4))
	var resumed int
	for i := range uint64(60) {
		s.season(i, 10, r.IntN(4)+1)
		if r.IntN(2) == 0 {
			s.check(c, scoring.Public, scheme.Open)
		}
		c.leave()
		c.mu.Lock()
		from := hub.At{Epoch: c.epoch, N: c.n}
		rows, head, snaps := c.rows, c.head, c.snaps
		c.rows = map[string]row{}
		c.mu.Unlock()
		next := join(t, s.hub, from)
		next.rows, next.head, next.snaps = rows, head, snaps
		next.reader.Subscribe(topic, from)
		c = next
		s.check(c, scoring.Public, scheme.Open)
		if c.snaps == snaps {
			resumed++
		}
	}
	if resumed == 0 {
		t.Error("nobody ever resumed without a snapshot")
	}
}

// One mark on a board costs the rows that moved and little beside.
func TestFrameIsSmall(t *testing.T) {
	s := newStand(t, scheme.Open, 60)
	c := follow(t, s.hub, s.topic("public"), hub.At{})
	c.at(s.board.View(scoring.Public).N)
	s.mark(7, 1, "50")
	_, _, raw := c.at(s.board.View(scoring.Public).N)
	last := raw[len(raw)-1]
	var f struct{ Rows []json.RawMessage }
	if err := json.Unmarshal([]byte(last), &f); err != nil || len(f.Rows) != 1 {
		t.Fatalf("%v: %s", err, last)
	}
	// 80 on the wire, less the four that frame it and ten more digits in the numbers of a
	// city's topics and of an event's evening.
	if over := len(last) - len(f.Rows[0]); over > 66 {
		t.Errorf("%d bytes beside the row: %s", over, last)
	}
}

func TestPublicTopicCarries200Rows(t *testing.T) {
	s := newStand(t, scheme.Open, 210)
	c := follow(t, s.hub, s.topic("public"), hub.At{})
	s.check(c, scoring.Public, scheme.Open)
	for entry := 205; entry <= 209; entry++ { // from the end to the top
		for chair := 1; chair <= 4; chair++ {
			s.mark(entry, chair, "80")
		}
	}
	s.check(c, scoring.Public, scheme.Open)
	rows, _, _ := c.at(0)
	if len(rows) != 200 || rows[0].K != "N205" {
		t.Errorf("%d rows, first %+v", len(rows), rows[0])
	}
	s.check(follow(t, s.hub, s.topic("chief"), hub.At{}), scoring.Chief, scheme.Open)
}

// Two contests that differ only in what may not be seen send the same bytes.
func TestSealedAndFrozenLeakNothing(t *testing.T) {
	story := func(identity scheme.Identity, before bool, hidden ...string) (public, jury []string, standings []byte, counts live.Counts) {
		s := newStand(t, identity, 6)
		p, j := follow(t, s.hub, s.topic("public"), hub.At{}), follow(t, s.hub, s.topic("jury"), hub.At{})
		p.at(s.board.View(scoring.Public).N)
		j.at(s.board.View(scoring.Jury).N)
		if before {
			s.mark(1, 1, "50")
			p.at(s.board.View(scoring.Public).N) // else the reset may overtake its frame
			s.act(scoring.Freeze, "")
		}
		for i, v := range hidden {
			s.mark(i%6+1, i%4+1, v)
			// One frame at a time, so that nothing depends on how they were joined.
			p.at(s.board.View(scoring.Public).N)
			j.at(s.board.View(scoring.Jury).N)
		}
		_, _, public = p.at(s.board.View(scoring.Public).N)
		_, _, jury = j.at(s.board.View(scoring.Jury).N)
		standings, err := s.live.Standings(t.Context(), s.id)
		if err != nil {
			t.Fatal(err)
		}
		counts, _ = s.live.Counts(s.id)
		return public, jury, standings, counts
	}
	for _, identity := range []scheme.Identity{scheme.Seat, scheme.Coded} {
		p1, j1, s1, c1 := story(identity, false, "10", "20", "30", "40", "50", "60", "70")
		p2, j2, s2, c2 := story(identity, false, "95", "20", "5.5", "99", "1", "60.25", "100")
		if strings.Join(p1, "\n") != strings.Join(p2, "\n") || !bytes.Equal(s1, s2) || c1 != c2 {
			t.Errorf("%s: public bytes tell marks:\n%v\n%v", identity, p1, p2)
		}
		if strings.Join(j1, "\n") != strings.Join(j2, "\n") {
			t.Errorf("%s: the panel's bytes tell marks", identity)
		}
		for _, m := range append(append([]string{string(s1)}, p1...), j1...) {
			for _, word := range []string{"选手", "造船", "N00", `"py"`, `"total"`, `"parts"`} {
				if strings.Contains(m, word) {
					t.Errorf("%s: %q in %s", identity, word, m)
				}
			}
		}
	}
	p1, _, s1, c1 := story(scheme.Open, true, "10", "20", "30", "40", "50")
	p2, _, s2, c2 := story(scheme.Open, true, "95")
	if strings.Join(p1, "\n") != strings.Join(p2, "\n") || !bytes.Equal(s1, s2) || c1 != c2 {
		t.Errorf("a frozen board tells:\n%v\n%v", p1, p2)
	}
}

// A floor judge, who sees the person at seat 5, tapped once and saw in the
// panels' topic which work code had one mark more. Two contests that differ only
// in whose work is marked must give a panel the same bytes; and the chief judge,
// who knows the other module's marks by their own label.
func TestAPanelDoesNotJoinSeatAndCode(t *testing.T) {
	for name, a := range map[string]scoring.Audience{"jury": scoring.Jury, "chief": scoring.Chief} {
		t.Run(name, func(t *testing.T) { joinsNothing(t, name, a) })
	}
}

func joinsNothing(t *testing.T, name string, a scoring.Audience) {
	t.Helper()
	text := strings.Replace(fmt.Sprintf(bench, scheme.Coded), `{"id":"paper",`, `{"id":"paper","identity":"seat",`, 1)
	parsed, err := scheme.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := scoring.Compile(parsed)
	if err != nil {
		t.Fatal(err)
	}
	told := func(entry int) (string, *stand, *client) {
		l, h, names := newLive(t, nil)
		s := &stand{t: t, live: l, hub: h, names: names, id: eventID, set: scoring.RuleSet{1: compiled}}
		s.board = scoring.NewBoard(s.set)
		l.Opened(meta(s.id), contest.Demo, 1, s.board)
		s.prelude(3)
		j := follow(t, h, s.topic(name), hub.At{})
		j.at(s.board.View(a).N)
		s.mark(entry, 1, "50")
		_, _, raw := j.at(s.board.View(a).N)
		return strings.Join(raw, "\n"), s, j
	}
	one, _, _ := told(1)
	other, s, j := told(2)
	if one != other {
		t.Errorf("a panel is told whose work moved:\n%s\n%s", one, other)
	}
	s.act(scoring.Lock, "")
	s.do(scoring.Command{Kind: scoring.Unseal, Second: scoring.ID{2}, Actor: scoring.ID{1}})
	s.check(j, a, scheme.Open)
}

func TestUnsealingJoinsNames(t *testing.T) {
	s := newStand(t, scheme.Coded, 3)
	jury, chief, public := follow(t, s.hub, s.topic("jury"), hub.At{}), follow(t, s.hub, s.topic("chief"), hub.At{}), follow(t, s.hub, s.topic("public"), hub.At{})
	for entry := 1; entry <= 3; entry++ {
		for chair := 1; chair <= 4; chair++ {
			s.mark(entry, chair, fmt.Sprint(entry*20))
		}
	}
	s.check(jury, scoring.Jury, scheme.Coded)
	s.check(chief, scoring.Chief, scheme.Coded)
	s.act(scoring.Lock, "")
	s.do(scoring.Command{Kind: scoring.Unseal, Second: scoring.ID{2}, Actor: scoring.ID{1}})
	s.check(jury, scoring.Jury, scheme.Open)
	s.check(chief, scoring.Chief, scheme.Open)
	s.check(public, scoring.Public, scheme.Open)
	if rows, _, _ := public.at(0); len(rows) != 3 || rows[0].Name == "" {
		t.Errorf("no names after unsealing: %+v", rows)
	}
}

// A second node, or this one after a restart, goes on where the first was.
func TestRestartGoesOn(t *testing.T) {
	s := newStand(t, scheme.Open, 5)
	c := follow(t, s.hub, s.topic("public"), hub.At{})
	s.season(9, 5, 40)
	n := s.board.View(scoring.Public).N
	rows, _, _ := c.at(n)

	board, err := scoring.Rebuild(s.set, s.records)
	if err != nil {
		t.Fatal(err)
	}
	l, h, names := newLive(t, nil)
	l.Opened(meta(eventID), contest.Demo, 1, board)
	again := &stand{t: t, live: l, hub: h, names: names, id: eventID, set: s.set, board: board, records: s.records, next: s.next}
	resumed := follow(t, h, again.topic("public"), hub.At{Epoch: 1, N: n})
	resumed.mu.Lock()
	resumed.snaps = 1 // he has one, from before
	for _, r := range rows {
		resumed.rows[r.K] = r
	}
	resumed.mu.Unlock()
	fresh := follow(t, h, again.topic("public"), hub.At{})
	fresh.at(n)
	again.mark(1, 1, "77")
	again.check(fresh, scoring.Public, scheme.Open)
	if _, _, raw := resumed.at(board.View(scoring.Public).N); len(raw) != 1 || strings.Contains(raw[0], "snapshot") {
		t.Errorf("resumed with %v", raw)
	}
	// Another history: everybody starts again, whatever his number.
	l.Opened(meta(eventID), contest.Demo, 2, board)
	eventually(t, "snapshot of the new epoch", func() bool {
		fresh.mu.Lock()
		defer fresh.mu.Unlock()
		return fresh.epoch == 2 && fresh.snaps == 2
	})
	again.check(fresh, scoring.Public, scheme.Open)
	late := follow(t, h, again.topic("public"), hub.At{Epoch: 1, N: n})
	again.check(late, scoring.Public, scheme.Open)
}

func TestRenamed(t *testing.T) {
	s := newStand(t, scheme.Open, 3)
	c := follow(t, s.hub, s.topic("public"), hub.At{})
	s.mark(1, 1, "60")
	s.check(c, scoring.Public, scheme.Open)
	s.names.mu.Lock()
	s.names.name = "改名"
	s.names.mu.Unlock()
	m := meta(eventID)
	m.Hall = "二号厂房"
	s.live.Opened(m, contest.Real, 1, s.board)
	eventually(t, "new hall", func() bool {
		_, head, _ := c.at(0)
		return strings.Contains(string(head["event"]), "二号厂房")
	})
	s.check(c, scoring.Public, scheme.Open)
}

func TestNamesAreAskedForSeldomAndMayFail(t *testing.T) {
	s := newStand(t, scheme.Open, 30)
	s.names.mu.Lock()
	asked := s.names.asked
	s.names.fail = errors.New("down")
	s.names.mu.Unlock()
	if asked > 2 {
		t.Errorf("asked %d times while opening", asked)
	}
	s.mark(1, 1, "60")
	s.live.Opened(meta(eventID), contest.Demo, 1, s.board)
	s.mark(2, 1, "70")
	c := follow(t, s.hub, s.topic("public"), hub.At{})
	if rows, _, _ := c.at(s.board.View(scoring.Public).N); rows[0].Name != "选手1" {
		t.Errorf("names that were known are gone: %+v", rows[0])
	}
}

// PostgreSQL was killed just as an event was opened. Its board showed "#1" and
// "#2" for the rest of the day: nobody asked for the names again.
func TestNamesThatDidNotComeComeLater(t *testing.T) {
	s := newStand(t, scheme.Open, 3)
	other := contest.ID{0xE0, 9}
	fail := func(err error) {
		s.names.mu.Lock()
		defer s.names.mu.Unlock()
		s.names.fail = err
	}
	fail(errors.New("down"))
	s.live.Opened(meta(other), contest.Demo, 1, s.board)
	c := follow(t, s.hub, find(t, s.live, administrator, "event/"+other.String()+"/public"), hub.At{})
	if rows, _, _ := c.at(s.board.View(scoring.Public).N); rows[0].K != "#1" || rows[0].Name != "" {
		t.Fatalf("without names: %+v", rows[0])
	}
	if got := s.live.Nameless(); len(got) != 1 || got[0] != other {
		t.Fatalf("nameless %v", got)
	}
	fail(nil)
	s.live.Opened(meta(other), contest.Demo, 1, s.board)
	eventually(t, "names", func() bool {
		rows, _, _ := c.at(0)
		return len(rows) == 3 && rows[0].Name == "选手1"
	})
	if got := s.live.Nameless(); len(got) != 0 {
		t.Errorf("nameless %v", got)
	}
}

func TestWhoMayFollowWhat(t *testing.T) {
	s := newStand(t, scheme.Open, 2)
	other := contest.ID{0xE9}
	grant := func(r contest.Role, c, e contest.ID) contest.Actor {
		return contest.Actor{Account: contest.ID{1}, Grants: []contest.Grant{{Role: r, Contest: c, Event: e}}}
	}
	chair := func(event contest.ID) contest.Actor {
		return contest.Actor{Device: contest.ID{5}, Event: event, Chair: 2}
	}
	for name, tc := range map[string]struct {
		actor contest.Actor
		may   string // public jury chief desk
	}{
		"public":                   {contest.Actor{}, "p"},
		"chair of it":              {chair(eventID), "pj"},
		"chair of another":         {chair(other), "p"},
		"organiser":                {grant(contest.Organiser, contestID, contest.ID{}), "pjcd"},
		"organiser of another":     {grant(contest.Organiser, contest.ID{9}, contest.ID{}), "p"},
		"administrator":            {administrator, "pjcd"},
		"chief judge":              {grant(contest.ChiefJudge, contestID, eventID), "pjc"},
		"chief judge of another":   {grant(contest.ChiefJudge, contestID, other), "p"},
		"host":                     {grant(contest.HostSecretary, contestID, eventID), "pj"},
		"supervisor of a contest":  {grant(contest.Supervisor, contestID, contest.ID{}), "pjd"},
		"spectator of a contest":   {grant(contest.Spectator, contestID, contest.ID{}), "pjd"},
		"an account with no grant": {contest.Actor{Account: contest.ID{3}}, "p"},
	} {
		for letter, topic := range map[string]string{
			"p": "event/" + eventID.String() + "/public", "j": "event/" + eventID.String() + "/jury",
			"c": "event/" + eventID.String() + "/chief", "d": "desk/" + contestID.String(),
		} {
			_, err := s.live.Find(t.Context(), tc.actor, topic)
			if want := strings.Contains(tc.may, letter); (err == nil) != want || err != nil && !errors.Is(err, live.ErrMissing) {
				t.Errorf("%s, %s: %v", name, topic, err)
			}
		}
	}
	for _, name := range []string{
		"", "event", "event/", "event/x/public", "event/" + eventID.String(), "event/" + eventID.String() + "/", "event/" + eventID.String() + "/Public",
		"event/" + eventID.String() + "/public/", "event/" + strings.ToUpper(eventID.String()) + "/public", "event/" + other.String() + "/public",
		"event/00000000-0000-0000-0000-000000000000/public", "desk/" + other.String(), "desk/" + contestID.String() + "/x", "screen/" + eventID.String(),
	} {
		if _, err := s.live.Find(t.Context(), administrator, name); !errors.Is(err, live.ErrMissing) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestSummonOpensWhatNobodyOpened(t *testing.T) {
	var l *live.Live
	down := errors.New("down")
	board := scoring.NewBoard(rules(t, scheme.Open))
	l, _, _ = newLive(t, func(c *live.Config) {
		c.Summon = func(_ context.Context, id contest.ID) error {
			switch id {
			case eventID:
				l.Opened(meta(eventID), contest.Demo, 1, board)
			case contest.ID{8}:
				return down
			}
			return nil
		}
	})
	if _, ok := l.Counts(eventID); ok {
		t.Error("open before it was asked for")
	}
	if _, err := l.Standings(t.Context(), eventID); err != nil {
		t.Error(err)
	}
	if c, ok := l.Counts(eventID); !ok || c.Phase != scoring.Waiting {
		t.Errorf("counts %+v", c)
	}
	if _, err := l.Standings(t.Context(), contest.ID{8}); !errors.Is(err, down) {
		t.Error(err)
	}
	if _, err := l.Standings(t.Context(), contest.ID{9}); !errors.Is(err, live.ErrMissing) {
		t.Error(err)
	}
	l.Applied(contest.ID{9}, began, &scoring.Change{}, board) // nobody follows it
}

func TestDeskMerges(t *testing.T) {
	s := newStand(t, scheme.Open, 8)
	desk := find(t, s.live, administrator, "desk/"+contestID.String())
	c := follow(t, s.hub, desk, hub.At{})
	s.season(5, 8, 300)
	other := meta(contest.ID{0xE7})
	s.live.Opened(other, contest.Demo, 1, scoring.NewBoard(s.set))
	want := s.board.View(scoring.DeskCount)
	eventually(t, "desk", func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		r := c.rows[eventID.String()]
		return r.Done == want.Done && r.Need == want.Need && r.Phase == "running" && c.rows[other.ID.String()].Phase == "waiting"
	})
	_, _, raw := c.at(0)
	valid(t, schemaOf(t, "desk.json"), raw)
	if len(raw) > 150 {
		t.Errorf("%d frames for 300 marks", len(raw))
	}
	for _, m := range raw {
		if strings.Contains(m, "选手") {
			t.Errorf("a name on the desk: %s", m)
		}
	}
	late := follow(t, s.hub, desk, hub.At{})
	eventually(t, "late reader", func() bool {
		late.mu.Lock()
		defer late.mu.Unlock()
		return len(late.rows) == 2 && late.rows[eventID.String()].Done == want.Done
	})
}

func TestStandingsAreOneSliceUntilTheyChange(t *testing.T) {
	s := newStand(t, scheme.Open, 3)
	get := func() []byte {
		b, err := s.live.Standings(t.Context(), eventID)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	a, b := get(), get()
	if &a[0] != &b[0] {
		t.Error("encoded twice")
	}
	s.mark(1, 1, "60")
	if bytes.Equal(a, get()) {
		t.Error("the same after a mark")
	}
	valid(t, schemaOf(t, "frame.json"), []string{string(get())})
	counts, _ := s.live.Counts(eventID)
	if counts.Done != 1 || counts.Entries != 3 || !counts.UpdatedAt.Equal(began.Add(time.Duration(s.next)*time.Second)) {
		t.Errorf("counts %+v", counts)
	}
}

func TestBeat(t *testing.T) {
	b := live.Beat(time.Unix(1, 5e6), []hub.Mark{{Topic: "a", N: 3}, {Topic: "b", N: 0}})
	if string(b) != `{"beat":1005,"n":{"a":3,"b":0}}` {
		t.Errorf("%s", b)
	}
	valid(t, schemaOf(t, "beat.json"), []string{string(b), string(live.Beat(began, nil))})
}

func TestName(t *testing.T) {
	b := live.Name("event/a/public", 7, 2)
	if string(b) != `{"topic":"event/a/public","epoch":2,"t":7}` {
		t.Errorf("%s", b)
	}
	valid(t, schemaOf(t, "name.json"), []string{string(b)})
}

func BenchmarkMark(b *testing.B) {
	s := newStand(b, scheme.Open, 60)
	for entry := 1; entry <= 60; entry++ {
		for chair := 1; chair <= 4; chair++ {
			s.mark(entry, chair, fmt.Sprint(40+entry%50))
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	at := began
	var change scoring.Change
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		entry := scoring.EntryID(r.IntN(60) + 1)
		cell, _ := s.board.Cell(entry, "score", 1, 1, 1)
		s.next++
		draft, refusal := s.board.Check(scoring.Command{
			Kind: scoring.Mark, MarkID: scoring.ID{1, 12: byte(s.next >> 24), 13: byte(s.next >> 16), 14: byte(s.next >> 8), 15: byte(s.next)},
			Entry: entry, Aspect: "score", Chair: 1, Value: fmt.Sprint(r.IntN(100)), Version: 1, Supersedes: cell.MarkID,
		})
		if refusal != nil {
			b.Fatalf("%+v", refusal)
		}
		if err := s.board.Apply(scoring.Record{Command: draft.Command, Seq: s.board.Seq() + 1}, &change); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		s.live.Applied(eventID, at, &change, s.board)
	}
}
