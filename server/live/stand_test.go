package live_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/hub"
	"jiangtai/server/live"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// bench has one paper and one piece of work, marked by three judges. %s is its
// identity.
const bench = `{"format":"jiangtai.scheme/1","name":{"zh":"钳工"},"identity":"%s",
 "panels":[{"id":"floor","name":{"zh":"现场"}},{"id":"judges","name":{"zh":"评分"},"policy":{"kind":"trimmed","high":1,"low":1}}],
 "total":"100","rounding":{"component":{"places":2},"total":{"places":2}},
 "ranking":{"keys":[{"by":"component","id":"practical"}]},
 "components":[
  {"id":"theory","name":{"zh":"理论"},"weight":"0.3","max":"100","criteria":[
   {"id":"paper","name":{"zh":"笔试"},"subs":[{"id":"p","name":{"zh":"笔试"},"aspects":[
    {"id":"score","name":{"zh":"成绩"},"kind":"points","panel":"floor","max":"100","step":"0.5"}]}]}]},
  {"id":"practical","name":{"zh":"实操"},"weight":"0.7","max":"100","criteria":[
   {"id":"work","name":{"zh":"制作"},"subs":[{"id":"w","name":{"zh":"工件"},"aspects":[
    {"id":"piece","name":{"zh":"工件"},"kind":"panel","panel":"judges","max":"100","step":"0.25"}]}]}]}]}`

var (
	contestID = contest.ID{0xC0, 1}
	eventID   = contest.ID{0xE0, 1}
	began     = time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
)

func meta(id contest.ID) contest.Event {
	return contest.Event{ID: id, Contest: contestID, Trade: "钳工", TradeEn: "Fitter", Stage: contest.Final, Hall: "一号厂房"}
}

// roster knows names and, unlike an honest one, tells them whoever asks.
type roster struct {
	mu    sync.Mutex // guards the rest
	asked int
	name  string
	fail  error
	moved int // how many entries further a label stands than at first
}

func (r *roster) Contest(context.Context, contest.ID) (string, error) {
	return "江城市职工技能大赛", nil
}

func (r *roster) Entrants(_ context.Context, _ contest.ID, as scheme.Identity) ([]live.Entrant, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked++
	if r.fail != nil {
		return nil, r.fail
	}
	var list []live.Entrant
	for i := 1; i <= 300; i++ {
		label := fmt.Sprintf("N%03d", i-r.moved)
		if as != scheme.Open {
			label = fmt.Sprintf("W%03d", (i*7)%301)
		}
		list = append(list, live.Entrant{
			Entry: scoring.EntryID(i), Label: label,
			Name: fmt.Sprintf("%s%d", r.name, i), Unit: "江城\"造船\"厂", Search: "xm",
		})
	}
	return list, nil
}

// stand is an event with its board, driven as the clerk does.
type stand struct {
	t       testing.TB
	live    *live.Live
	hub     *hub.Hub
	names   *roster
	id      contest.ID
	set     scoring.RuleSet
	board   *scoring.Board
	records []scoring.Record
	change  scoring.Change
	next    uint32
}

func newLive(t testing.TB, change func(*live.Config)) (*live.Live, *hub.Hub, *roster) {
	t.Helper()
	h := hub.New(hub.Config{Now: time.Now, Beat: live.Beat, Name: live.Name, Shards: 2})
	names := &roster{name: "选手"}
	cfg := live.Config{Hub: h, Names: names, Now: func() time.Time { return began }, DeskEvery: 5 * time.Millisecond}
	if change != nil {
		change(&cfg)
	}
	l := live.New(cfg)
	t.Cleanup(func() {
		l.Close()
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := h.Shutdown(ctx); err != nil {
			t.Errorf("shutdown: %v", err)
		}
	})
	return l, h, names
}

func newStand(t testing.TB, identity scheme.Identity, entries int) *stand {
	t.Helper()
	l, h, names := newLive(t, nil)
	s := &stand{t: t, live: l, hub: h, names: names, id: eventID, set: rules(t, identity)}
	s.board = scoring.NewBoard(s.set)
	l.Opened(meta(s.id), contest.Demo, 1, s.board)
	s.prelude(entries)
	return s
}

func rules(t testing.TB, identity scheme.Identity) scoring.RuleSet {
	t.Helper()
	parsed, err := scheme.Parse(fmt.Appendf(nil, bench, identity))
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := scoring.Compile(parsed)
	if err != nil {
		t.Fatal(err)
	}
	return scoring.RuleSet{1: compiled}
}

func (s *stand) prelude(entries int) {
	s.t.Helper()
	s.do(scoring.Command{Kind: scoring.Adopt, Version: 1})
	for chair, panel := range []string{"floor", "judges", "judges", "judges"} {
		s.do(scoring.Command{Kind: scoring.Seat, Chair: scoring.ChairID(chair + 1), Aspect: panel})
	}
	for e := range entries {
		s.do(scoring.Command{Kind: scoring.Admit, Entry: scoring.EntryID(e + 1)})
	}
	s.act(scoring.Open, "")
}

func (s *stand) do(c scoring.Command) {
	s.t.Helper()
	s.next++
	c.MarkID = scoring.ID{0xab, 14: byte(s.next >> 8), 15: byte(s.next)}
	if c.Version == 0 {
		c.Version = s.board.Version()
	}
	draft, refusal := s.board.Check(c)
	if refusal != nil {
		s.t.Fatalf("refused: %+v (%+v)", *refusal, c)
	}
	at := began.Add(time.Duration(s.next) * time.Second)
	r := scoring.Record{Command: draft.Command, Seq: s.board.Seq() + 1, At: at.UnixNano()}
	if err := s.board.Apply(r, &s.change); err != nil {
		s.t.Fatal(err)
	}
	s.records = append(s.records, r)
	s.live.Applied(s.id, at, &s.change, s.board)
}

func (s *stand) act(kind scoring.Kind, value string) {
	s.t.Helper()
	s.do(scoring.Command{Kind: kind, Value: value})
}

func (s *stand) mark(entry int, chair int, value string) {
	s.t.Helper()
	c := scoring.Command{Kind: scoring.Mark, Entry: scoring.EntryID(entry), Aspect: "piece", Chair: scoring.ChairID(chair), Value: value}
	if chair == 1 {
		c.Aspect = "score"
	}
	if cell, ok := s.board.Cell(c.Entry, c.Aspect, 1, 1, c.Chair); ok {
		c.Supersedes = cell.MarkID
	}
	s.do(c)
}

func (s *stand) topic(audience string) *hub.Topic {
	s.t.Helper()
	return find(s.t, s.live, administrator, "event/"+s.id.String()+"/"+audience)
}

var administrator = contest.Actor{Account: contest.ID{1}, Grants: []contest.Grant{{Role: contest.Administrator}}}

func find(t testing.TB, l *live.Live, actor contest.Actor, name string) *hub.Topic {
	t.Helper()
	topic, err := l.Find(t.Context(), actor, name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return topic
}

// row is a row as a client reads it.
type row struct {
	K      string         `json:"k"`
	Pos    int            `json:"pos"`
	Rank   int            `json:"rank"`
	Name   string         `json:"name"`
	Unit   string         `json:"unit"`
	Total  string         `json:"total"`
	Points string         `json:"points"`
	Parts  []string       `json:"parts"`
	Done   int            `json:"done"`
	Need   int            `json:"need"`
	Status scoring.Status `json:"status"`
	Py     string         `json:"py"`
	Phase  string         `json:"phase"` // of desk rows
}

type frame struct {
	Topic    string                     `json:"topic"`
	Epoch    uint64                     `json:"epoch"`
	T        uint32                     `json:"t"`
	From     *uint64                    `json:"from"`
	To       uint64                     `json:"to"`
	TS       int64                      `json:"ts"`
	Snapshot bool                       `json:"snapshot"`
	Head     map[string]json.RawMessage `json:"head"`
	Rows     []row                      `json:"rows"`
	Gone     []string                   `json:"gone"`
	Beat     int64                      `json:"beat"`
}

// client is a sink that builds a board from what it gets, like the browser's.
type client struct {
	t      testing.TB
	reader *hub.Reader

	mu    sync.Mutex // guards the rest
	raw   []string
	epoch uint64
	n     uint64
	head  map[string]json.RawMessage
	rows  map[string]row
	snaps int
	fault string
	left  bool
	told  map[uint32]frame // by number: who names it
}

func follow(t testing.TB, h *hub.Hub, topic *hub.Topic, from hub.At) *client {
	t.Helper()
	c := join(t, h, from)
	c.reader.Subscribe(topic, from)
	return c
}

func join(t testing.TB, h *hub.Hub, from hub.At) *client {
	t.Helper()
	c := &client{t: t, epoch: from.Epoch, n: from.N, head: map[string]json.RawMessage{}, rows: map[string]row{}, told: map[uint32]frame{}}
	r, err := h.Join(c, false)
	if err != nil {
		t.Fatal(err)
	}
	c.mu.Lock()
	c.reader = r
	c.mu.Unlock()
	return c
}

func (c *client) TryWrite(b []byte) hub.Result {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left {
		return hub.Gone
	}
	for dec := json.NewDecoder(newReader(b)); dec.More(); {
		var raw json.RawMessage
		var f frame
		if err := dec.Decode(&raw); err != nil {
			c.fault = err.Error()
			break
		}
		if err := json.Unmarshal(raw, &f); err != nil {
			c.fault = err.Error()
		}
		if f.Topic != "" {
			c.told[f.T] = f
		}
		if f.Beat == 0 && (f.Topic == "" || f.Snapshot) {
			c.raw = append(c.raw, string(raw))
			c.take(f)
		}
	}
	return hub.Sent
}

func (c *client) take(f frame) {
	from := f.To - 1
	if f.From != nil {
		from = *f.From
	}
	named, ok := c.told[f.T]
	switch {
	case f.Snapshot:
		c.snaps++
		clear(c.rows)
	case !ok:
		c.fault = fmt.Sprintf("number %d, which nobody named", f.T)
	case from != c.n || named.Epoch != c.epoch:
		c.fault = fmt.Sprintf("at %d/%d, got %d/%d", c.epoch, c.n, named.Epoch, from)
	}
	c.epoch, c.n = named.Epoch, f.To
	for k, v := range f.Head {
		c.head[k] = v
	}
	for _, r := range f.Rows {
		c.rows[r.K] = r
	}
	for _, k := range f.Gone {
		delete(c.rows, k)
	}
}

// leave is the connection breaking: what was under way is lost.
func (c *client) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reader.Leave()
	c.left = true
}

func (c *client) Close(int) {
	c.mu.Lock()
	r := c.reader
	c.mu.Unlock()
	r.Leave()
}

// at waits until the client has arrived at n, and gives a copy of what he knows.
func (c *client) at(n uint64) ([]row, map[string]json.RawMessage, []string) {
	c.t.Helper()
	var rows []row
	eventually(c.t, fmt.Sprintf("client at %d", n), func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.snaps > 0 && c.n >= n || c.fault != ""
	})
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fault != "" {
		c.t.Fatal(c.fault)
	}
	for _, r := range c.rows {
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b row) int { return a.Pos - b.Pos })
	head := map[string]json.RawMessage{}
	for k, v := range c.head {
		head[k] = v
	}
	return rows, head, slices.Clone(c.raw)
}

func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	poll := time.NewTicker(time.Millisecond)
	defer poll.Stop()
	deadline := time.After(10 * time.Second)
	for !ok() {
		select {
		case <-poll.C:
		case <-deadline:
			t.Fatalf("never: %s", what)
		}
	}
}

// check holds what a client built against the board's view.
func (s *stand) check(c *client, a scoring.Audience, as scheme.Identity) {
	s.t.Helper()
	v := s.board.View(a)
	rows, head, _ := c.at(v.N)
	var want []row
	list, _ := s.names.Entrants(s.t.Context(), s.id, as)
	for _, r := range v.Rows {
		en := list[r.Entry-1]
		w := row{K: en.Label, Pos: r.Pos, Rank: r.Rank, Total: r.Total, Points: r.Points, Parts: r.Parts, Done: r.Done, Need: r.Need, Status: r.Status}
		if as == scheme.Open {
			w.Name, w.Unit, w.Py = en.Name, en.Unit, en.Search
		}
		if a != scoring.Public || r.Pos <= 200 {
			want = append(want, w)
		}
	}
	if d := cmp.Diff(want, rows); d != "" {
		s.t.Fatalf("audience %d at %d: %s", a, v.N, d)
	}
	for key, want := range map[string]any{
		"phase": v.Phase, "frozen": v.Frozen, "sealed": v.Sealed, "release": v.Release,
		"entries": v.Entries, "done": v.Done, "need": v.Need,
	} {
		text, _ := json.Marshal(want)
		if string(head[key]) != string(text) {
			s.t.Fatalf("audience %d: head %s is %s, want %s", a, key, head[key], text)
		}
	}
}
