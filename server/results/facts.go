package results

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
)

// facts are what is kept of a reading: copies, good after the board is let go.
type facts struct {
	event  contest.Event
	kind   contest.Kind
	seq    uint64
	head   string
	at     time.Time
	phase  scoring.Phase
	sealed bool

	chairs   map[scoring.ChairID]contest.Chair
	entrants map[scoring.EntryID]*Entrant
	labels   map[scoring.EntryID]string // what staff may call an entry now
	byWord   map[string]scoring.EntryID // by that label
	rows     []scoring.Row              // of the chief judge, in the order of the ranking
	list     Sum                        // of the rows

	locked  bool   // marking is over for now
	ties    []Line // of a board that is locked
	sheets  map[scoring.EntryID]Sum
	recused map[scoring.EntryID]bool // a judge's marks of it were left out
	field   []Drawn                  // after compare, as the next
	moved   map[scoring.EntryID]bool // recusals have changed its total, or its sheet
}

// know copies what most use cases need.
func know(r Reading) (*facts, error) {
	b := r.Board
	f := &facts{
		event: r.Event, kind: r.Kind, seq: r.Seq, head: r.Head, at: r.At, phase: b.Phase(), sealed: b.Sealed(),
		chairs: map[scoring.ChairID]contest.Chair{}, entrants: map[scoring.EntryID]*Entrant{}, labels: map[scoring.EntryID]string{}, byWord: map[string]scoring.EntryID{},
	}
	for _, c := range r.Chairs {
		f.chairs[c.Number] = c
	}
	f.recused = recused(b)
	identity := f.identity(b)
	for i := range r.Entries {
		e := &r.Entries[i]
		by := f.identityOf(b, e)
		label := e.label(by)
		if by != identity && label != "" {
			label = contest.Beside + label
		}
		f.labels[e.Ordinal], f.entrants[e.Ordinal] = label, e
		if label != "" {
			f.byWord[label] = e.Ordinal
		}
	}
	f.rows = b.View(scoring.Chief).Rows
	if f.locked = f.phase == scoring.Provisional || f.phase == scoring.Official; f.locked {
		f.ties = ties(r, f)
	}
	return f, f.sum()
}

// compare makes what a recheck is held against, once it is known which totals
// recusals have moved: of these the digest covers the total as well, so that a look
// from before does not count.
func (f *facts) compare(moved map[scoring.EntryID]bool) {
	f.moved = moved
	if len(moved) > 0 {
		f.sheets = maps.Clone(f.sheets)
		for _, row := range f.rows {
			if moved[row.Entry] && !f.recused[row.Entry] {
				sum := f.sheets[row.Entry]
				f.sheets[row.Entry] = sha256.Sum256(append(sum[:], row.Total...))
			}
		}
	}
	f.field = make([]Drawn, 0, len(f.rows))
	for _, row := range f.rows {
		f.field = append(f.field, Drawn{row.Entry, row.Rank, f.sheets[row.Entry]})
	}
	slices.SortFunc(f.field, func(a, b Drawn) int {
		return cmp.Or(cmp.Compare(f.labels[a.Entry], f.labels[b.Entry]), cmp.Compare(a.Entry, b.Entry))
	})
}

func (f *facts) identity(b *scoring.Board) scheme.Identity {
	if !f.sealed {
		return scheme.Open
	}
	return b.Rules().Identity()
}

// identityOf is the strongest identity of the modules in which the entry is marked.
func (f *facts) identityOf(b *scoring.Board, e *Entrant) scheme.Identity {
	if !f.sealed {
		return scheme.Open
	}
	return b.Rules().IdentityOf(e.IsTeam)
}

// sum is the digest of the list of results.
func (f *facts) sum() error {
	type line struct {
		Entry  scoring.EntryID
		Rank   int
		Total  string
		Status scoring.Status
	}
	lines := make([]line, len(f.rows))
	for i, row := range f.rows {
		lines[i] = line{row.Entry, row.Rank, row.Total, row.Status}
	}
	raw, err := json.Marshal(lines)
	if err != nil {
		return fmt.Errorf("digest of a list: %w", err)
	}
	f.list = sha256.Sum256(raw)
	return nil
}

// full says whether the event owes the whole formal way.
func (f *facts) full() bool { return f.event.Chain == contest.FullChain }

func (e *Entrant) label(by scheme.Identity) string {
	switch by {
	case scheme.Coded:
		return e.WorkCode
	case scheme.Seat:
		return e.SeatNo
	}
	return e.EntryNo
}

// works are the labels of entries, sorted.
func (f *facts) works(list []scoring.EntryID) []string {
	out := make([]string, 0, len(list))
	for _, id := range list {
		out = append(out, f.labels[id])
	}
	slices.Sort(out)
	return out
}
