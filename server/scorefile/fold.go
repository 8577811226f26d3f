package scorefile

import (
	"encoding/binary"
	"fmt"
	"sort"

	"jiangtai/scoring"
)

// fold makes records of what the files say, in an order that does not depend on
// theirs, and folds them. A mark that the board refuses is a fault at its row.
func (t *tally) fold() error {
	t.board = scoring.NewBoard(scoring.RuleSet{1: t.rules})
	t.apply(fileMark{}, scoring.Command{Kind: scoring.Adopt})
	t.seat()
	t.admit()
	t.apply(fileMark{}, scoring.Command{Kind: scoring.Open})
	marks := append(t.marks, t.absences()...)
	sort.SliceStable(marks, func(i, j int) bool { return t.before(&marks[i], &marks[j]) })
	for _, m := range marks {
		t.apply(m, scoring.Command{
			Kind: m.kind, Entry: m.entry, Aspect: t.rules.Aspects[m.aspect].Src.ID, Chair: t.chairOf(&m),
			Attempt: m.attempt, Round: m.round, Value: m.value,
		})
	}
	for i, e := range t.entries {
		if e.status == scoring.Competing && e.rows > 0 && e.dns == e.rows {
			e.status = scoring.DidNotStart
		}
		if e.status != scoring.Competing {
			id := scoring.EntryID(i + 1)
			t.apply(fileMark{}, scoring.Command{Kind: scoring.SetState, Entry: id, Value: string(e.status)})
		}
	}
	t.apply(fileMark{}, scoring.Command{Kind: scoring.Lock})
	t.apply(fileMark{}, scoring.Command{Kind: scoring.Publish})
	return t.err()
}

// apply makes the next record. A sealed scheme is published here all the same:
// a file has no seals.
func (t *tally) apply(m fileMark, c scoring.Command) {
	if t.failed != nil {
		return
	}
	c.Version = 1
	binary.BigEndian.PutUint64(c.MarkID[8:], t.board.Seq()+1)
	if c.Kind < scoring.Adopt {
		draft, refusal := t.board.Check(c)
		if refusal != nil {
			t.note(m.place, refusal.Code, refusal.Hint)
			return
		}
		c = draft.Command
	}
	if err := t.board.Apply(scoring.Record{Command: c, Seq: t.board.Seq() + 1}, nil); err != nil {
		t.failed = fmt.Errorf("fold the files: %w", err)
	}
}

func (t *tally) before(a, b *fileMark) bool {
	switch {
	case a.round != b.round:
		return a.round < b.round
	case a.entry != b.entry:
		return a.entry < b.entry
	case a.aspect != b.aspect:
		return a.aspect < b.aspect
	case a.attempt != b.attempt:
		return a.attempt < b.attempt
	}
	return t.chairOf(a) < t.chairOf(b)
}

func (t *tally) chairOf(m *fileMark) scoring.ChairID {
	if m.kind == scoring.Absent {
		return m.chair
	}
	panel := t.rules.Aspects[m.aspect].Panel
	if panel < 0 {
		return 0
	}
	return t.seats[t.rules.PanelList[panel].ID+"\x00"+m.judge]
}

// seat gives every judge of the files a chair. A declared panel has its
// declared number of chairs: those that no judge of the file sits in are
// absent. A panel that no row names a judge for has one.
func (t *tally) seat() {
	t.seats, t.chairs = map[string]scoring.ChairID{}, map[string][]scoring.ChairID{}
	chair := scoring.ChairID(0)
	for _, p := range t.rules.PanelList {
		names := natural(t.judges[p.ID])
		for i := range max(len(names), p.Chairs, 1) {
			chair++
			t.apply(fileMark{}, scoring.Command{Kind: scoring.Seat, Chair: chair, Aspect: p.ID})
			t.chairs[p.ID] = append(t.chairs[p.ID], chair)
			if i < len(names) {
				t.seats[p.ID+"\x00"+names[i]] = chair
			}
			if i == 0 {
				t.seats[p.ID+"\x00"] = chair
			}
		}
	}
}

// absences are an Absent for every chair without a row where others of its
// panel have one.
func (t *tally) absences() []fileMark {
	type round struct {
		entry          scoring.EntryID
		aspect         int
		attempt, round uint8
	}
	in := map[round]map[scoring.ChairID]bool{}
	for i := range t.marks {
		m := &t.marks[i]
		g := round{m.entry, m.aspect, m.attempt, m.round}
		if in[g] == nil {
			in[g] = map[scoring.ChairID]bool{}
		}
		in[g][t.chairOf(m)] = true
	}
	var list []fileMark
	for g, given := range in {
		a := &t.rules.Aspects[g.aspect]
		if !a.Each {
			continue
		}
		for _, chair := range t.chairs[t.rules.PanelList[a.Panel].ID] {
			if !given[chair] {
				list = append(list, fileMark{
					entry: g.entry, aspect: g.aspect, attempt: g.attempt, round: g.round, kind: scoring.Absent, chair: chair,
				})
			}
		}
	}
	return list
}
