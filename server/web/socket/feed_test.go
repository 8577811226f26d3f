package socket_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/google/go-cmp/cmp"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/hub"
	"jiangtai/server/live"
	"jiangtai/server/web"
	"jiangtai/server/web/socket"
)

const feedScheme = `{"format":"jiangtai.scheme/1","name":{"zh":"焊工"},
 "panels":[{"id":"j","name":{"zh":"评分"}}],"total":"100","rounding":{"total":{"places":2}},
 "components":[{"id":"p","name":{"zh":"实操"},"weight":"1","max":"100","criteria":[
  {"id":"w","name":{"zh":"制作"},"subs":[{"id":"s","name":{"zh":"工件"},"aspects":[
   {"id":"piece","name":{"zh":"工件"},"kind":"panel","panel":"j","max":"100","step":"0.25"}]}]}]}]}`

var welding = contest.Event{ID: contest.ID{0xE1}, Contest: contest.ID{0xC1}, Trade: "焊工", Stage: contest.Final}

const feedEntries, feedChairs = 20, 3

// names are invented.
type names struct{}

func (names) Contest(context.Context, contest.ID) (string, error) {
	return "虚构市职工技能大赛", nil
}

func (names) Entrants(context.Context, contest.ID, scheme.Identity) ([]live.Entrant, error) {
	var list []live.Entrant
	for i := range feedEntries {
		list = append(list, live.Entrant{
			Entry: scoring.EntryID(i + 1), Label: fmt.Sprintf("A%02d", i+1), Name: fmt.Sprintf("选手%d", i+1), Unit: "虚构厂",
		})
	}
	return list, nil
}

// house is one run of a server over an event's records: everything real but
// the desk and the database.
type house struct {
	t     *testing.T
	live  *live.Live
	hub   *hub.Hub
	addr  string
	board *scoring.Board
	stop  func()
}

func open(t *testing.T, set scoring.RuleSet, records []scoring.Record) *house {
	t.Helper()
	board, err := scoring.Rebuild(set, records)
	if err != nil {
		t.Fatal(err)
	}
	hb := hub.New(hub.Config{Now: time.Now, Wrap: socket.Text, Ping: socket.Ping(), Second: 200 * time.Millisecond, Beat: live.Beat, Name: live.Name})
	l := live.New(live.Config{Hub: hb, Names: names{}, Now: time.Now})
	l.Opened(welding, contest.Demo, 1, board)
	app := web.New(web.Config{Now: time.Now, Standings: l.Standings, Hub: hb})
	socket.New(socket.Config{Hub: hb, Topics: l, Now: time.Now}).Mount(app)
	h := &house{t: t, live: l, hub: hb, addr: serve(t, app), board: board}
	h.stop = sync.OnceFunc(func() {
		l.Close()
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := hb.Shutdown(ctx); err != nil {
			t.Errorf("shutdown: %v", err)
		}
	})
	t.Cleanup(h.stop)
	return h
}

// records are the clerk's side: checked, numbered, applied, told.
type records struct {
	list   []scoring.Record
	change scoring.Change
	next   uint32
}

func (r *records) do(h *house, c scoring.Command) {
	h.t.Helper()
	r.next++
	c.MarkID, c.Version = scoring.ID{1, 14: byte(r.next >> 8), 15: byte(r.next)}, 1
	draft, refusal := h.board.Check(c)
	if refusal != nil {
		h.t.Fatalf("%+v", refusal)
	}
	rec := scoring.Record{Command: draft.Command, Seq: h.board.Seq() + 1, At: time.Now().UnixNano()}
	if err := h.board.Apply(rec, &r.change); err != nil {
		h.t.Fatal(err)
	}
	r.list = append(r.list, rec)
	h.live.Applied(welding.ID, time.Unix(0, rec.At), &r.change, h.board)
}

func (r *records) mark(h *house, entry, chair int, value string) {
	h.t.Helper()
	c := scoring.Command{Kind: scoring.Mark, Entry: scoring.EntryID(entry), Aspect: "piece", Chair: scoring.ChairID(chair), Value: value}
	if cell, ok := h.board.Cell(c.Entry, c.Aspect, 1, 1, c.Chair); ok {
		c.Supersedes = cell.MarkID
	}
	r.do(h, c)
}

// shown is a row as people see it.
type shown struct {
	K     string   `json:"k"`
	Pos   int      `json:"pos"`
	Rank  int      `json:"rank"`
	Name  string   `json:"name"`
	Total string   `json:"total"`
	Parts []string `json:"parts"`
	Done  int      `json:"done"`
}

type message struct {
	Topic    string            `json:"topic"`
	Epoch    uint64            `json:"epoch"`
	T        uint32            `json:"t"`
	From     *uint64           `json:"from"`
	To       uint64            `json:"to"`
	Snapshot bool              `json:"snapshot"`
	Rows     []shown           `json:"rows"`
	Gone     []string          `json:"gone"`
	Beat     int64             `json:"beat"`
	N        map[string]uint64 `json:"n"`
}

// phone is a spectator: it follows, loses its connection, and comes back.
type phone struct {
	epoch, n uint64
	t        uint32 // what this connection calls the topic
	rows     map[string]shown
	snaps    int
}

// follow reads until the phone is at n, or the connection ends.
func (p *phone) follow(ctx context.Context, addr string, until uint64) error {
	d := websocket.Dialer{}
	c, res, err := d.DialContext(ctx, "ws://"+addr+"/live", http.Header{"Origin": {"http://" + addr}})
	if err != nil {
		return err
	}
	_ = res.Body.Close()
	defer c.Close()
	_ = c.SetReadDeadline(time.Now().Add(20 * time.Second))
	topic := "event/" + welding.ID.String() + "/public"
	p.t = 0
	hello := fmt.Sprintf(`{"subscribe":[%q],"from":{"epoch":%d,"n":%d}}`, topic, p.epoch, p.n)
	if err := c.WriteMessage(websocket.TextMessage, []byte(hello)); err != nil {
		return err
	}
	for p.epoch == 0 || p.n < until {
		_, body, err := c.ReadMessage()
		if err != nil {
			return err
		}
		var m message
		if err := json.Unmarshal(body, &m); err != nil {
			return err
		}
		if m.Beat != 0 {
			if at, ok := m.N[topic]; ok && at != p.n {
				return fmt.Errorf("the beat says %d, but we are at %d", at, p.n)
			}
			continue
		}
		if err := p.take(m); err != nil {
			return err
		}
	}
	return nil
}

func (p *phone) take(m message) error {
	switch from := m.To - 1; {
	case m.Snapshot:
		p.snaps++
		p.rows = map[string]shown{}
		p.t, p.epoch = m.T, m.Epoch
	case m.Topic != "" && m.Epoch == p.epoch:
		p.t = m.T
		return nil
	case m.From != nil || m.T == 0 || m.T != p.t || from != p.n:
		return fmt.Errorf("a hole: at %d/%d by %d, got %+v", p.epoch, p.n, p.t, m)
	}
	p.n = m.To
	for _, r := range m.Rows {
		p.rows[r.K] = r
	}
	for _, k := range m.Gone {
		delete(p.rows, k)
	}
	return nil
}

func (p *phone) board() []shown {
	var list []shown
	for _, r := range p.rows {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b shown) int { return a.Pos - b.Pos })
	return list
}

func viewOf(b *scoring.Board) []shown {
	var list []shown
	for _, r := range b.View(scoring.Public).Rows {
		list = append(list, shown{
			K: fmt.Sprintf("A%02d", r.Entry), Pos: r.Pos, Rank: r.Rank, Name: fmt.Sprintf("选手%d", r.Entry), Total: r.Total, Parts: r.Parts, Done: r.Done,
		})
	}
	return list
}

// season gives n random marks and corrections.
func (r *records) season(h *house, random *rand.Rand, n int) {
	h.t.Helper()
	for range n {
		r.mark(h, random.IntN(feedEntries)+1, random.IntN(feedChairs)+1, fmt.Sprintf("%d.25", random.IntN(100)))
	}
}

func (r *records) prelude(h *house) {
	h.t.Helper()
	r.do(h, scoring.Command{Kind: scoring.Adopt})
	for chair := range feedChairs {
		r.do(h, scoring.Command{Kind: scoring.Seat, Chair: scoring.ChairID(chair + 1), Aspect: "j"})
	}
	for e := range feedEntries {
		r.do(h, scoring.Command{Kind: scoring.Admit, Entry: scoring.EntryID(e + 1)})
	}
	r.do(h, scoring.Command{Kind: scoring.Open})
}

// listen lets all phones follow, each until a number of its own, where its
// connection breaks off.
func listen(h *house, phones []*phone, until func(i int) uint64) *sync.WaitGroup {
	var wg sync.WaitGroup
	for i, p := range phones {
		wg.Go(func() {
			if err := p.follow(h.t.Context(), h.addr, until(i)); err != nil {
				h.t.Errorf("phone %d: %v", i, err)
			}
		})
	}
	return &wg
}

func feedRules(t *testing.T) scoring.RuleSet {
	t.Helper()
	parsed, err := scheme.Parse([]byte(feedScheme))
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := scoring.Compile(parsed)
	if err != nil {
		t.Fatal(err)
	}
	return scoring.RuleSet{1: compiled}
}

// TestFiftyPhonesSeeTheBoard: marks come in, connections break and come back,
// the server restarts in the middle; in the end every phone's board, built from
// frames, is the board.
func TestFiftyPhonesSeeTheBoard(t *testing.T) {
	set := feedRules(t)
	h := open(t, set, nil)
	var clerk records
	clerk.prelude(h)
	phones := make([]*phone, 50)
	for i := range phones {
		phones[i] = &phone{}
	}
	random := rand.New(rand.NewPCG(7, 7))
	at := func() uint64 { return h.board.View(scoring.Public).N }
	start := at()
	wg := listen(h, phones, func(i int) uint64 { return start + uint64(i*3) })
	for at() < start+200 {
		clerk.season(h, random, 1)
	}
	wg.Wait()
	wg = listen(h, phones, func(int) uint64 { return start + 300 })
	for at() < start+300 {
		clerk.season(h, random, 1)
	}
	wg.Wait()
	h.stop()

	h = open(t, set, clerk.list)
	if at() < start+300 {
		t.Fatalf("n went back to %d", at())
	}
	clerk.season(h, random, 50)
	clerk.do(h, scoring.Command{Kind: scoring.Lock})
	last := at()
	listen(h, phones, func(int) uint64 { return last }).Wait()
	want := viewOf(h.board)
	for i, p := range phones {
		if d := cmp.Diff(want, p.board()); d != "" {
			t.Fatalf("phone %d: %s", i, d)
		}
	}
	if d := cmp.Diff(want, standingsOf(h).board()); d != "" {
		t.Fatalf("by HTTP: %s", d)
	}
}

// standingsOf is what a page sees that has no socket.
func standingsOf(h *house) *phone {
	h.t.Helper()
	res, err := http.Get("http://" + h.addr + "/api/v1/public/events/" + welding.ID.String() + "/standings")
	if err != nil {
		h.t.Fatal(err)
	}
	defer http.DefaultClient.CloseIdleConnections()
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	var m message
	if err := json.Unmarshal(body, &m); err != nil {
		h.t.Fatal(err)
	}
	p := &phone{}
	if err := p.take(m); err != nil {
		h.t.Fatal(err)
	}
	return p
}
