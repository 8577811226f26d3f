package rehearsal

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Board is one topic as frames made it (榜).
type Board struct {
	Topic     string
	Epoch, N  uint64
	Head      map[string]json.RawMessage
	Rows      map[string]Row // by key
	Snapshots int
	Frames    int // that were no snapshot

	fresh bool // no frame of this connection yet
}

// Row is one line of a board.
type Row struct {
	K      string   `json:"k"`
	Pos    int      `json:"pos"`
	Rank   int      `json:"rank"`
	Name   string   `json:"name"`
	Unit   string   `json:"unit"`
	Total  string   `json:"total"`
	Points string   `json:"points"`
	Parts  []string `json:"parts"`
	Done   int      `json:"done"`
	Need   int      `json:"need"`
	Status string   `json:"status"`
	Py     string   `json:"py"`
}

// message is all that the server may say.
type message struct {
	Topic    string                     `json:"topic"`
	Epoch    uint64                     `json:"epoch"`
	T        uint32                     `json:"t"`    // stands for both
	From     *uint64                    `json:"from"` // nil: the number before To
	To       uint64                     `json:"to"`
	Snapshot bool                       `json:"snapshot"`
	Head     map[string]json.RawMessage `json:"head"`
	Rows     []Row                      `json:"rows"`
	Gone     []string                   `json:"gone"`
	Beat     int64                      `json:"beat"`
	N        map[string]uint64          `json:"n"`
	Error    *struct {
		Code  string `json:"code"`
		Topic string `json:"topic"`
	} `json:"error"`
}

func newBoard(topic string) *Board {
	return &Board{Topic: topic, Head: map[string]json.RawMessage{}, Rows: map[string]Row{}}
}

// ReadBoard makes a board of one snapshot, such as the answer of an event's
// standings.
func ReadBoard(snapshot []byte) (Board, error) {
	var m message
	if err := json.Unmarshal(snapshot, &m); err != nil {
		return Board{}, fmt.Errorf("read a snapshot: %w", err)
	}
	b := newBoard(m.Topic)
	if !m.Snapshot {
		return *b, fmt.Errorf("%s: no snapshot: %w", m.Topic, errHole)
	}
	return *b, b.take(&m, m.Epoch)
}

// take applies a frame of the epoch: the later row wins.
func (b *Board) take(m *message, epoch uint64) error {
	b.fresh = false
	from := m.To - 1
	if m.From != nil {
		from = *m.From
	}
	switch {
	case m.Snapshot:
		b.Snapshots++
		b.Head, b.Rows = map[string]json.RawMessage{}, map[string]Row{}
	case epoch != b.Epoch || from != b.N:
		return fmt.Errorf("%s: at %d/%d came %d/%d to %d: %w", b.Topic, b.Epoch, b.N, epoch, from, m.To, errHole)
	default:
		b.Frames++
	}
	b.Epoch, b.N = epoch, m.To
	maps.Copy(b.Head, m.Head)
	for _, k := range m.Gone {
		delete(b.Rows, k)
	}
	for _, r := range m.Rows {
		b.Rows[r.K] = r
	}
	return nil
}

func (b *Board) clone() Board {
	c := *b
	c.Head, c.Rows = maps.Clone(b.Head), maps.Clone(b.Rows)
	return c
}

// List gives the rows by their places, those of one place by their keys.
func (b Board) List() []Row {
	return slices.SortedFunc(maps.Values(b.Rows), func(x, y Row) int { return cmp.Or(x.Pos-y.Pos, cmp.Compare(x.K, y.K)) })
}

// Says gives a text of the head, "" when it is not there or no text.
func (b Board) Says(key string) string {
	var s string
	if json.Unmarshal(b.Head[key], &s) != nil {
		return ""
	}
	return s
}

// Is gives a yes or no of the head.
func (b Board) Is(key string) bool { return string(b.Head[key]) == "true" }
