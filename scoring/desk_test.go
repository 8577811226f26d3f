package scoring_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
)

// desk drives a board as the clerk does: Check, number, Apply.
type desk struct {
	t       testing.TB
	set     scoring.RuleSet
	board   *scoring.Board
	records []scoring.Record
	change  scoring.Change
	clients [scoring.Audiences]*client
	next    uint32
}

func compile(t testing.TB, text string) *scoring.Rules {
	t.Helper()
	s, err := scheme.Parse([]byte(text))
	if err != nil {
		t.Fatalf("scheme: %v\n%s", err, text)
	}
	r, err := scoring.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// seating is chairs by panel, numbered from 1 in the order given.
type seating []struct {
	panel  string
	chairs int
}

func newDesk(t testing.TB, r *scoring.Rules, seats seating, entries int) *desk {
	t.Helper()
	set := scoring.RuleSet{1: r}
	d := &desk{t: t, set: set, board: scoring.NewBoard(set)}
	for a := range d.clients {
		d.clients[a] = newClient(d.board.View(scoring.Audience(a)))
	}
	d.must(scoring.Command{Kind: scoring.Adopt, Version: 1})
	chair := scoring.ChairID(0)
	for _, s := range seats {
		for range s.chairs {
			chair++
			d.must(scoring.Command{Kind: scoring.Seat, Chair: chair, Aspect: s.panel})
		}
	}
	for e := range entries {
		d.must(scoring.Command{Kind: scoring.Admit, Entry: scoring.EntryID(e + 1)})
	}
	return d
}

func (d *desk) id() (id scoring.ID) {
	d.next++
	id[15], id[14], id[13], id[0] = byte(d.next), byte(d.next>>8), byte(d.next>>16), 0xab
	return id
}

func (d *desk) give(c scoring.Command) (scoring.ID, *scoring.Refusal) {
	d.t.Helper()
	if c.MarkID.IsZero() {
		c.MarkID = d.id()
	}
	if c.Version == 0 && c.Kind < scoring.Adopt {
		c.Version = d.board.Version()
	}
	draft, refusal := d.board.Check(c)
	if refusal != nil {
		return scoring.ID{}, refusal
	}
	r := scoring.Record{Command: draft.Command, Seq: d.board.Seq() + 1, At: int64(len(d.records)) * 1000}
	if err := d.board.Apply(r, &d.change); err != nil {
		d.t.Fatalf("apply what was checked: %v", err)
	}
	d.records = append(d.records, r)
	for a, c := range d.clients {
		if c == nil {
			continue
		}
		c.follow(d.t, &d.change, scoring.Audience(a), d.board)
	}
	return c.MarkID, nil
}

func (d *desk) must(c scoring.Command) scoring.ID {
	d.t.Helper()
	id, refusal := d.give(c)
	if refusal != nil {
		d.t.Fatalf("refused: %+v (%+v)", *refusal, c)
	}
	return id
}

func (d *desk) refused(c scoring.Command, class scoring.Class, code string) {
	d.t.Helper()
	_, refusal := d.give(c)
	if refusal == nil || refusal.Class != class || refusal.Code != code {
		d.t.Fatalf("want %d %s, got %+v", class, code, refusal)
	}
}

func mark(entry int, aspect string, chair int, value string) scoring.Command {
	return scoring.Command{
		Kind: scoring.Mark, Entry: scoring.EntryID(entry), Aspect: aspect, Chair: scoring.ChairID(chair), Value: value,
	}
}

func (d *desk) mark(entry int, aspect string, chair int, value string) scoring.ID {
	d.t.Helper()
	return d.must(mark(entry, aspect, chair, value))
}

func (d *desk) act(kind scoring.Kind, value string) {
	d.t.Helper()
	d.must(scoring.Command{Kind: kind, Value: value})
}

func (d *desk) row(a scoring.Audience, entry int) scoring.Row {
	d.t.Helper()
	for _, r := range d.board.View(a).Rows {
		if r.Entry == scoring.EntryID(entry) {
			return r
		}
	}
	return scoring.Row{}
}

func (d *desk) total(entry int, want string) {
	d.t.Helper()
	if got := d.row(scoring.Chief, entry).Total; got != want {
		d.t.Fatalf("total of %d is %q, want %q", entry, got, want)
	}
}

// client follows a board by changes only, as a browser does.
type client struct {
	view scoring.Standings
	rows map[scoring.EntryID]scoring.Row
}

func newClient(v scoring.Standings) *client {
	c := &client{view: v, rows: map[scoring.EntryID]scoring.Row{}}
	for _, r := range v.Rows {
		c.rows[r.Entry] = r
	}
	return c
}

// follow merges one change and holds the result against a fresh view.
func (c *client) follow(t testing.TB, ch *scoring.Change, a scoring.Audience, b *scoring.Board) {
	t.Helper()
	fresh := b.View(a)
	if ch.Reset[a] {
		*c = *newClient(fresh)
	}
	if !ch.Touched[a] && fresh.N != c.view.N || ch.Touched[a] && !ch.Reset[a] && fresh.N != c.view.N+1 || ch.N[a] != fresh.N {
		t.Fatalf("audience %d: n %d after %d, touched %v", a, fresh.N, c.view.N, ch.Touched[a])
	}
	for _, r := range ch.Rows[a] {
		r.Parts = append([]string(nil), r.Parts...)
		r.In = append([]scoring.Within(nil), r.In...)
		c.rows[r.Entry] = r
	}
	for _, id := range ch.Gone[a] {
		delete(c.rows, id)
	}
	if len(c.rows) != len(fresh.Rows) {
		t.Fatalf("audience %d: client has %d rows, view %d", a, len(c.rows), len(fresh.Rows))
	}
	for _, r := range fresh.Rows {
		if fmt.Sprint(r) != fmt.Sprint(c.rows[r.Entry]) {
			t.Fatalf("audience %d: client has %+v, view %+v", a, c.rows[r.Entry], r)
		}
	}
	if !ch.Touched[a] && asText(t, c.view) != asText(t, fresh) {
		t.Fatalf("audience %d changed untold:\n%s\n%s", a, asText(t, c.view), asText(t, fresh))
	}
	c.view = fresh
}

func asText(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
