package entering

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
)

// Sheet (录分表) is a grid of works and aspects with what is entered by now.
type Sheet struct {
	Kind      Kind            `json:"kind"`
	Chair     scoring.ChairID `json:"chair,omitempty"`
	Criterion string          `json:"criterion,omitempty"`
	Identity  string          `json:"identity"` // how works are called
	Version   uint16          `json:"version"`
	Phase     scoring.Phase   `json:"phase"`
	Unnamed   int             `json:"unnamed"` // works whose label is not drawn yet
	Columns   []Column        `json:"columns"`
	Rows      []Row           `json:"rows"`
}

// Column is one aspect, or one attempt of it.
type Column struct {
	Chair   scoring.ChairID `json:"chair"`
	Attempt uint8           `json:"attempt"`
	Title   string          `json:"title"` // unique in its sheet
	Pad     scoring.Pad     `json:"pad"`
	// OfTeam: teams are marked here, else persons; the cells of the others are closed.
	OfTeam bool `json:"of_team,omitempty"`
}

// Row is one work.
type Row struct {
	Work   string         `json:"work"`
	Status scoring.Status `json:"status,omitempty"` // "" before the opening
	Cells  []Cell         `json:"cells"`
}

// Cell is the mark that stands, of the round that is being marked; Kind "" is
// none. A closed one is of a module in which the work is not marked.
type Cell struct {
	Closed bool       `json:"closed,omitempty"`
	Value  string     `json:"value"`
	Kind   string     `json:"kind,omitempty"` // mark, not_performed or absent
	Round  uint8      `json:"round"`
	MarkID scoring.ID `json:"mark_id,omitzero"`
}

// Sheet is one sheet as it stands, for who may enter it: Forbidden or Refused
// otherwise, Missing when there is no such sheet.
func (d *Desk) Sheet(ctx context.Context, actor contest.Actor, event contest.ID, sel Selection) (Sheet, error) {
	e, err := d.judging.Enterer(ctx, actor, event)
	if err != nil {
		return Sheet{}, err
	}
	var out Sheet
	err = e.Read(func(r judging.Reading, hides func(string) bool) error {
		out, err = sheetOf(e, r, hides, sel)
		return err
	})
	return out, err
}

func sheetOf(e *judging.Enterer, r judging.Reading, hides func(string) bool, sel Selection) (Sheet, error) {
	out, err := Outline(r, sel)
	if err != nil {
		return out, err
	}
	if hides(out.Identity) {
		return Sheet{}, fault.New(fault.Forbidden, "judging.sheet_sealed")
	}
	for i := range out.Columns {
		if err := e.May(out.Columns[i].Chair); err != nil {
			return Sheet{}, err
		}
	}
	return out, nil
}

// Outline is a sheet as it stands. It asks for no permission: it is for rooms that do.
func Outline(r judging.Reading, sel Selection) (Sheet, error) {
	out := Sheet{Kind: sel.Kind, Chair: sel.Chair, Criterion: sel.Criterion, Phase: r.Board.Phase(), Columns: []Column{}, Rows: []Row{}}
	rules, version := rulesOf(r)
	if rules == nil {
		return out, fault.New(fault.Refused, "judging.no_scheme")
	}
	cols, by, err := columnsOf(r.Setup, rules, sel)
	switch {
	case err != nil:
		return out, err
	case len(cols) == 0:
		return out, fault.New(fault.Missing, "judging.missing")
	}
	out.Version, out.Identity, out.Columns = version, by, cols
	for i := range r.Setup.Entries {
		entrant := &r.Setup.Entries[i]
		if !marksAny(entrant, cols) {
			continue
		}
		row := Row{Work: Label(entrant, by), Status: r.Board.Status(entrant.Ordinal), Cells: make([]Cell, len(cols))}
		if row.Work == "" {
			out.Unnamed++
			continue
		}
		for j := range cols {
			row.Cells[j] = cellOf(r.Board, entrant, &cols[j])
		}
		out.Rows = append(out.Rows, row)
	}
	slices.SortFunc(out.Rows, func(a, b Row) int { return cmp.Or(cmp.Compare(len(a.Work), len(b.Work)), cmp.Compare(a.Work, b.Work)) })
	return out, nil
}

// marksAny says whether an entry is marked in some of the columns: a team in those of
// teams, a person in the others.
func marksAny(e *judging.Entrant, cols []Column) bool {
	return slices.ContainsFunc(cols, func(c Column) bool { return c.OfTeam == e.IsTeam })
}

// cellOf is the mark of the round that is being marked.
func cellOf(b *scoring.Board, e *judging.Entrant, col *Column) Cell {
	c, entry := Cell{Round: 1}, e.Ordinal
	if e.IsTeam != col.OfTeam {
		c.Closed = true
		return c
	}
	if col.Chair != 0 {
		if seen, ok := b.Panel(entry, col.Pad.ID, col.Attempt); ok {
			c.Round = seen.Round
		}
	}
	if m, ok := b.Cell(entry, col.Pad.ID, col.Attempt, c.Round, col.Chair); ok {
		c.Value, c.MarkID, c.Kind = m.Value, m.MarkID, kindWords[m.Kind]
	}
	return c
}

var kindWords = map[scoring.Kind]string{
	scoring.Mark: "mark", scoring.NotPerformed: "not_performed", scoring.Absent: "absent",
}

// columnsOf are a sheet's columns in the scheme's order, and the identity that
// their modules share: Refused when they do not. None for a sheet that is not.
func columnsOf(s *judging.Setup, rules *scoring.Rules, sel Selection) (cols []Column, by string, err error) {
	for i := range rules.Aspects {
		a := &rules.Aspects[i]
		module := &rules.Modules[a.Module]
		if sel.Criterion != "" && module.Src.ID != sel.Criterion {
			continue
		}
		chairs := chairsOf(s, rules, a.Panel, a.Each, sel)
		for _, chair := range chairs {
			if by != "" && by != string(module.Identity) {
				return nil, "", errMixed
			}
			by = string(module.Identity)
			for try := 1; try <= a.Tries; try++ {
				col := Column{Chair: chair, Attempt: uint8(try), Pad: a.Pad.Pad(), Title: a.Code + " " + a.Src.Name.Zh, OfTeam: a.OfTeam}
				if a.Tries > 1 {
					col.Title += " 第" + strconv.Itoa(try) + "次"
				}
				if len(chairs) > 1 {
					col.Title += " " + strconv.Itoa(int(chair)) + "席"
				}
				cols = append(cols, col)
			}
		}
	}
	return cols, by, nil
}

// chairsOf are the chairs whose marks of an aspect the sheet holds; 0 stands for
// outside. Of a panel that gives one mark together it is the first chair.
func chairsOf(s *judging.Setup, rules *scoring.Rules, panel int, each bool, sel Selection) []scoring.ChairID {
	if panel < 0 {
		if sel.Kind == Panel {
			return nil
		}
		return []scoring.ChairID{0}
	}
	if sel.Kind == Theory || sel.Kind == Results && s.Event.Depth != contest.ResultsOnly {
		return nil
	}
	var list []scoring.ChairID
	for _, ch := range s.Chairs {
		if ch.Panel == rules.PanelList[panel].ID && (sel.Kind == Results || ch.Number == sel.Chair) {
			list = append(list, ch.Number)
		}
	}
	slices.Sort(list)
	if !each && len(list) > 1 {
		list = list[:1]
	}
	return list
}
