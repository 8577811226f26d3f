package judgingtest

import (
	"bytes"
	"context"
	"sync"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
	"jiangtai/server/ledger"
)

// Memory is a Ledgers and Notes in memory. Fail, when set, is asked before each
// append: an error that it returns is the append's; if it says that the batch is
// to be written, it is written nevertheless, as a COMMIT without an answer.
type Memory struct {
	Fail func(b *judging.Batch) (err error, written bool)

	mu       sync.Mutex // guards what follows
	ledgers  map[contest.ID]*kept
	marks    map[scoring.ID]bool
	texts    map[scoring.ID]string
	refusals map[contest.ID][]judging.Refusal
	Appends  int
}

type kept struct {
	state judging.State
	lines []judging.Line
	sizes []uint64
	notes []string
}

func (m *Memory) of(id contest.ID) *kept {
	if m.ledgers == nil {
		m.ledgers, m.marks, m.texts = map[contest.ID]*kept{}, map[scoring.ID]bool{}, map[scoring.ID]string{}
		m.refusals = map[contest.ID][]judging.Refusal{}
	}
	k, ok := m.ledgers[id]
	if !ok {
		k = &kept{state: judging.State{Epoch: 1, Hash: ledger.Genesis(ledger.ID(id))}}
		m.ledgers[id] = k
	}
	return k
}

// Begin implements judging.Ledgers.
func (m *Memory) Begin(_ context.Context, id contest.ID) (judging.State, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.of(id).state, nil
}

// Append implements judging.Ledgers.
func (m *Memory) Append(_ context.Context, b *judging.Batch) error {
	var err error
	if m.Fail != nil {
		var written bool
		if err, written = m.Fail(b); err != nil && !written {
			return err
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	k := m.of(b.Ledger)
	if k.state.Seq != b.Seq || k.state.Hash != b.Hash {
		return judging.ErrMoved
	}
	for _, l := range b.Lines {
		if m.marks[l.MarkID] {
			return judging.ErrKnownMark
		}
	}
	m.Appends++
	for _, l := range b.Lines {
		l.Body = bytes.Clone(l.Body)
		k.lines = append(k.lines, l)
		m.marks[l.MarkID] = true
	}
	for _, t := range b.Texts {
		m.texts[t.MarkID] = t.Text
	}
	last := b.Lines[len(b.Lines)-1]
	k.state.Seq, k.state.Hash = last.Seq, last.Hash
	k.sizes, k.notes = append(k.sizes, last.Seq), append(k.notes, b.Note)
	return err
}

// Load implements judging.Ledgers.
func (m *Memory) Load(_ context.Context, id contest.ID, after uint64, each func(judging.Line) error) error {
	m.mu.Lock()
	lines := m.of(id).lines
	m.mu.Unlock()
	for _, l := range lines {
		if l.Seq > after {
			if err := each(l); err != nil {
				return err
			}
		}
	}
	return nil
}

// Heads implements judging.Ledgers.
func (m *Memory) Heads(_ context.Context, id contest.ID, from uint64, limit int, each func(uint64, string) error) error {
	m.mu.Lock()
	k := m.of(id)
	sizes, notes := k.sizes, k.notes
	m.mu.Unlock()
	n := 0
	for i, size := range sizes {
		if size < from || limit > 0 && n == limit {
			continue
		}
		n++
		if err := each(size, notes[i]); err != nil {
			return err
		}
	}
	return nil
}

// Raise implements judging.Ledgers.
func (m *Memory) Raise(_ context.Context, id contest.ID, epoch uint64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.of(id).state.Epoch = epoch
	return nil
}

// Texts implements judging.Notes.
func (m *Memory) Texts(_ context.Context, _ contest.ID, marks []scoring.ID) (map[scoring.ID]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := map[scoring.ID]string{}
	for id, text := range m.texts {
		if marks == nil {
			out[id] = text
		}
	}
	for _, id := range marks {
		if text, ok := m.texts[id]; ok {
			out[id] = text
		}
	}
	return out, nil
}

// Refuse implements judging.Notes.
func (m *Memory) Refuse(_ context.Context, id contest.ID, list []judging.Refusal) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.of(id)
	m.refusals[id] = append(m.refusals[id], list...)
	return nil
}

// Refusals implements judging.Notes.
func (m *Memory) Refusals(_ context.Context, id contest.ID) ([]judging.Refusal, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.refusals[id], nil
}

// Lines are a ledger's stored lines.
func (m *Memory) Lines(id contest.ID) []judging.Line {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]judging.Line(nil), m.of(id).lines...)
}

// TamperRows changes stored lines and nothing beside them: not the head that
// names the last one.
func (m *Memory) TamperRows(id contest.ID, change func(lines []judging.Line) []judging.Line) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k := m.of(id)
	k.lines = change(append([]judging.Line(nil), k.lines...))
}

// Tamper changes a stored line, or cuts the ledger off behind a number: what a
// superuser, or a restored backup, does.
func (m *Memory) Tamper(id contest.ID, change func(lines []judging.Line) []judging.Line) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k := m.of(id)
	for _, l := range k.lines {
		delete(m.marks, l.MarkID)
	}
	k.lines = change(append([]judging.Line(nil), k.lines...))
	k.state.Seq, k.state.Hash = 0, ledger.Genesis(ledger.ID(id))
	for _, l := range k.lines {
		m.marks[l.MarkID] = true
		k.state.Seq, k.state.Hash = l.Seq, l.Hash
	}
	for len(k.sizes) > 0 && k.sizes[len(k.sizes)-1] > k.state.Seq {
		k.sizes, k.notes = k.sizes[:len(k.sizes)-1], k.notes[:len(k.notes)-1]
	}
}
