package scoring

import (
	"sort"

	"jiangtai/scoring/reading"
	"jiangtai/scoring/rules"
)

// Cell is the current mark of one cell; attempt and round 0 are read as 1.
// False when there is none. A mark that stands for a whole panel is found
// under each of its chairs.
func (b *Board) Cell(entry EntryID, aspect string, attempt, round uint8, chair ChairID) (CellMark, bool) {
	e := b.entries[entry]
	if e == nil || b.rules == nil {
		return CellMark{}, false
	}
	i, ok := b.rules.AspectAt[aspect]
	if !ok {
		return CellMark{}, false
	}
	return b.reading(e).Cell(i, max(attempt, 1), max(round, 1), chair)
}

func (b *Board) reading(e *entry) reading.Sheet {
	return reading.Sheet{Counter: &b.tally, Of: &e.Sheet, Entry: e.id, Recused: e.recused}
}

// Marks are the current marks that a chair sees as its own, by entry, aspect,
// attempt and round: those it gave, and those that stand for its panel.
func (b *Board) Marks(chair ChairID) []CellMark {
	var list []CellMark
	if b.rules == nil {
		return nil
	}
	for _, id := range b.ids {
		list = b.reading(b.entries[id]).Marks(chair, list)
	}
	return list
}

// Chairs are the seated chairs, ascending, with their progress.
func (b *Board) Chairs() []ChairProgress {
	list := make([]ChairProgress, 0, len(b.chairs))
	for chair, panel := range b.chairs {
		list = append(list, b.chairProgress(chair, panel))
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Chair < list[j].Chair })
	return list
}

func (b *Board) chairProgress(chair ChairID, panel string) ChairProgress {
	p := ChairProgress{Chair: chair, Panel: panel}
	for _, id := range b.ids {
		e := b.entries[id]
		if !e.counted() {
			continue
		}
		for i := range b.rules.Aspects {
			if a := &b.rules.Aspects[i]; a.Required && e.marked(a) && b.marks(chair, b.rules, i) && !b.tally.IsVoided(&e.Sheet, i) {
				done, need := b.reading(e).Owed(chair, i)
				p.Done, p.Need = p.Done+done, p.Need+need
			}
		}
	}
	return p
}

// Missing are an entry's missing marks in the scheme's order.
func (b *Board) Missing(id EntryID) []MissingMark {
	e := b.entries[id]
	if e == nil {
		return nil
	}
	return b.reading(e).Missing()
}

// Owed is how many required marks of an entry are in and wanted in the modules that
// count; none for an entry that is not admitted.
func (b *Board) Owed(id EntryID, counts func(rules.CriterionInfo) bool) (done, need int) {
	e := b.entries[id]
	if e == nil {
		return 0, 0
	}
	modules := b.rules.Criteria()
	for i := range e.Aspects {
		a := &b.rules.Aspects[i]
		if a.Required && !b.tally.IsVoided(&e.Sheet, i) && counts(modules[a.Module]) {
			done, need = done+e.Aspects[i].Done, need+e.Aspects[i].Need
		}
	}
	return done, need
}

// IsFinished says whether the chair has finished the entry's sheet of a module.
func (b *Board) IsFinished(chair ChairID, entry EntryID, criterion string) bool {
	i, ok := b.rules.ModuleAt[criterion]
	return ok && b.finished[finishKey{chair, entry, i}]
}

// SentLate is the device that a late mark came from, counted or not; zero for any other
// mark.
func (b *Board) SentLate(mark ID) ID {
	if l := b.late[mark]; l != nil {
		return l.record.Device
	}
	return ID{}
}

// LateMarks are the records of kind Late that wait for a decision, by seq.
func (b *Board) LateMarks() []Record {
	var list []Record
	for _, l := range b.late {
		if !l.counted {
			list = append(list, l.record)
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Seq < list[j].Seq })
	return list
}

// Panel is the view of one aspect of an entry; of the round that counts or is
// being marked. False when there is no such entry, aspect or attempt.
func (b *Board) Panel(entry EntryID, aspect string, attempt uint8) (PanelView, bool) {
	e := b.entries[entry]
	if e == nil {
		return PanelView{}, false
	}
	i, ok := b.rules.AspectAt[aspect]
	attempt = max(attempt, 1)
	if !ok || int(attempt) > b.rules.Aspects[i].Tries || b.rules.Aspects[i].Panel < 0 || !e.marked(&b.rules.Aspects[i]) {
		return PanelView{}, false
	}
	return b.reading(e).Panel(i, attempt), true
}
