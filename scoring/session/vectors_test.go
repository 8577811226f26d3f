package session_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"jiangtai/scoring/record"
	"jiangtai/scoring/session"
)

var update = flag.Bool("update", false, "write the vectors anew")

// vectorsFile is read by the tablets' tests too: they show a session offline by the
// same rule.
const vectorsFile = "../../schemas/clock-vectors.json"

type vector struct {
	Name   string `json:"name"`
	Events []step `json:"events"`
	Want   want   `json:"want"`
}

type step struct {
	MarkID   string `json:"mark_id"`
	Value    string `json:"value"`
	Of       string `json:"supersedes,omitempty"`
	Device   int    `json:"device"`
	ClientAt int64  `json:"client_at"`
	At       int64  `json:"at"` // milliseconds
	Fits     bool   `json:"fits"`
}

type want struct {
	State      session.State `json:"state"`
	Net        int64         `json:"net"`
	NetMillis  int64         `json:"net_ms"`
	Added      int           `json:"added"`
	Violations int           `json:"violations"`
	Signed     string        `json:"signed"`
	Newest     string        `json:"newest"`
	StartedAt  int64         `json:"started_at"` // 0: never
	Since      int64         `json:"since"`
}

// run folds a vector and fills in what fits and what comes of it.
func (v *vector) run() {
	var table session.Table
	for i := range v.Events {
		s := &v.Events[i]
		c := command(s.Value, byte(s.Device), s.ClientAt)
		c.MarkID, _ = record.ParseID(s.MarkID)
		c.Supersedes, _ = record.ParseID(s.Of)
		s.Fits = table.Fold(&record.Record{Command: c, Seq: uint64(i + 1), At: s.At * 1_000_000})
	}
	s := table.Find(7, "work")
	v.Want = want{
		State: s.State, Net: s.Net(), NetMillis: s.NetMillis, Added: s.Added, Violations: s.Violations, Signed: s.Sign,
	}
	if !s.Newest.IsZero() {
		v.Want.Newest = s.Newest.String()
	}
	if s.Started != nil {
		v.Want.StartedAt = s.Started.Shown()
	}
	if s.Since != nil {
		v.Want.Since = s.Since.Shown()
	}
}

// drawn makes a vector of random words of two tablets whose clocks are wrong by years.
func drawn(n int) vector {
	r := rand.New(rand.NewPCG(31, uint64(n)))
	v := vector{Name: fmt.Sprintf("drawn %d", n)}
	clocks := [3]int64{0, 1_790_000_000_000, 86_400_000}
	var table session.Table
	now := int64(1_790_000_000_000)
	for i := range 4 + r.IntN(16) {
		now += r.Int64N(90_000)
		s := step{MarkID: record.ID{6: 0x40, 8: 0x80, 15: byte(i + 1)}.String(), Value: words[r.IntN(len(words))], Device: 1 + r.IntN(2), At: now}
		s.ClientAt = clocks[s.Device] + now - 1_790_000_000_000 + int64(s.Device)*1000
		if r.IntN(12) == 0 {
			s.ClientAt = 0
		}
		if newest := table.Find(7, "work").Newest; s.Value == "undo" && !newest.IsZero() {
			s.Of = newest.String()
		}
		c := command(s.Value, byte(s.Device), s.ClientAt)
		c.MarkID, _ = record.ParseID(s.MarkID)
		c.Supersedes, _ = record.ParseID(s.Of)
		table.Fold(&record.Record{Command: c, At: s.At * 1_000_000})
		v.Events = append(v.Events, s)
	}
	return v
}

// TestVectors: what the tablets are tested with is what the engine does.
func TestVectors(t *testing.T) {
	if *update {
		var list []vector
		for n := range 60 {
			v := drawn(n)
			v.run()
			list = append(list, v)
		}
		text := []byte("[\n")
		for i := range list {
			line, err := json.Marshal(list[i])
			if err != nil {
				t.Fatal(err)
			}
			text = append(append(text, line...), ",\n"...)
		}
		text = append(text[:len(text)-2], "\n]\n"...)
		if err := os.WriteFile(vectorsFile, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(vectorsFile)
	if err != nil {
		t.Fatal(err)
	}
	var list []vector
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	states, refused := map[session.State]int{}, 0
	for _, v := range list {
		now := vector{Name: v.Name, Events: append([]step(nil), v.Events...)}
		now.run()
		if a, b := fmt.Sprint(now), fmt.Sprint(v); a != b {
			t.Errorf("%s:\n%s\nwant\n%s", v.Name, a, b)
		}
		states[v.Want.State]++
		for _, e := range v.Events {
			if !e.Fits {
				refused++
			}
		}
	}
	if len(list) < 50 || len(states) < 5 || refused < 50 {
		t.Errorf("%d vectors end in %v with %d refused: too few to hold anything", len(list), states, refused)
	}
}
