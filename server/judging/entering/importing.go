package entering

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
)

// MaxMarks is the most marks of one workbook.
const MaxMarks = 20_000

// List is a workbook that was read against a sheet.
type List struct {
	Rows []ListRow
	// Columns are those that the rows were read by: the sheet must still have them.
	Columns []Column
	Sum     [32]byte // of the file
	// Reason of the corrections in it; "" allows none.
	Reason    string
	IsPreview bool
	// Place says where a column of a row stands in the file; column -1 is the label.
	Place func(row, column int) string
}

// ListRow is one work of it, with a text for each column.
type ListRow struct {
	Work   string
	Values []string
}

// Imported is what became of a list, or would.
type Imported struct {
	Rows        int           `json:"rows"`
	Marks       int           `json:"marks"`       // cells that are new
	Corrections int           `json:"corrections"` // cells that replace another value
	Unchanged   int           `json:"unchanged"`
	Empty       int           `json:"empty"`
	IsRepeat    bool          `json:"repeated"` // this very file was entered before: nothing was done
	Faults      []fault.Field `json:"faults"`
}

// Import enters a list as a whole. With faults, of which all are told, or for a
// preview nothing is written.
func (d *Desk) Import(ctx context.Context, actor contest.Actor, event contest.ID, sel Selection, list List) (Imported, error) {
	e, err := d.judging.Enterer(ctx, actor, event)
	if err != nil {
		return Imported{}, err
	}
	var hidden func(string) bool
	if err := e.Read(func(_ judging.Reading, hides func(string) bool) error {
		hidden = hides
		return nil
	}); err != nil {
		return Imported{}, err
	}
	t := &taking{list: list, event: event}
	w := judging.Whole{
		Enterer: e, Sheet: string(sel.Kind) + "/" + strconv.Itoa(int(sel.Chair)) + "/" + sel.Criterion, Sum: hex.EncodeToString(list.Sum[:]),
		Pick: func(r judging.Reading) ([]judging.Entered, error) {
			sheet, err := sheetOf(e, r, hidden, sel)
			if err != nil {
				return nil, err
			}
			return t.pick(r, &sheet)
		},
	}
	// What the sheet and what the board find wrong is told together.
	t.list.IsPreview, w.IsPreview = true, true
	if err := d.enter(ctx, t, w); err != nil || list.IsPreview || t.done.IsRepeat || len(t.done.Faults) > 0 {
		return t.done, err
	}
	t.list.IsPreview, w.IsPreview = false, false
	err = d.enter(ctx, t, w)
	return t.done, err
}

func (d *Desk) enter(ctx context.Context, t *taking, w judging.Whole) error {
	out, err := d.judging.EnterWhole(ctx, w)
	if err == nil {
		t.refusals(out)
	}
	return err
}

// taking is one list on its way.
type taking struct {
	list  List
	event contest.ID
	done  Imported
	at    []string // places of the marks that were picked
}

// pick makes the marks. When a cell is at fault there are none.
func (t *taking) pick(r judging.Reading, sheet *Sheet) ([]judging.Entered, error) {
	t.done, t.at = Imported{Rows: len(t.list.Rows), Faults: []fault.Field{}}, t.at[:0]
	switch phase := r.Board.Phase(); {
	case !sameColumns(sheet.Columns, t.list.Columns):
		return nil, fault.New(fault.Stale, "judging.sheet_changed")
	case phase == scoring.Waiting:
		return nil, fault.New(fault.Closed, "judging.not_open")
	case phase != scoring.Running:
		return nil, fault.New(fault.Refused, "judging.locked")
	}
	byWork, seen := map[string]*Row{}, map[string]bool{}
	for i := range sheet.Rows {
		byWork[sheet.Rows[i].Work] = &sheet.Rows[i]
	}
	rules, _ := rulesOf(r)
	var marks []judging.Entered
	for i := range t.list.Rows {
		in := &t.list.Rows[i]
		row := byWork[in.Work]
		switch {
		case in.Work == "": // told by who read the sheet
			continue
		case row == nil:
			t.fault(i, -1, "judging.no_such_entry", in.Work)
			continue
		case seen[in.Work]:
			t.fault(i, -1, "judging.sheet_twice", in.Work)
			continue
		}
		seen[in.Work] = true
		for j := range sheet.Columns {
			if in.Values[j] != "" && r.Knows(t.markID(in.Work, &sheet.Columns[j])) {
				t.done = Imported{Rows: len(t.list.Rows), IsRepeat: true, Faults: []fault.Field{}}
				return nil, nil
			}
			if m, picked := t.cell(rules, sheet, row, i, j); picked {
				marks = append(marks, m)
				t.at = append(t.at, t.list.Place(i, j))
			}
		}
	}
	switch {
	case len(marks) > MaxMarks:
		return nil, fault.New(fault.TooLarge, "judging.sheet_too_large", fault.At("", "judging.sheet_too_large", strconv.Itoa(MaxMarks)))
	case len(t.done.Faults) > 0 && !t.list.IsPreview:
		return nil, nil // since the preview somebody was first
	}
	return marks, nil
}

// cell turns one cell into a mark; false when there is nothing to enter.
func (t *taking) cell(rules *scoring.Rules, sheet *Sheet, row *Row, i, j int) (judging.Entered, bool) {
	col, was, text := &sheet.Columns[j], &row.Cells[j], t.list.Rows[i].Values[j]
	m := judging.Entered{
		MarkID: t.markID(row.Work, col), Kind: scoring.Mark, Chair: col.Chair, Work: row.Work, Aspect: col.Pad.ID,
		Attempt: col.Attempt, Round: was.Round, Value: text, Version: sheet.Version,
	}
	switch {
	case text == "" && was.Closed:
		return m, false
	case text == "":
		t.done.Empty++
		return m, false
	case was.Closed:
		t.fault(i, j, "judging.not_marked_here", "")
		return m, false
	case isBlank(text):
		m.Kind, m.Value = scoring.NotPerformed, ""
	default:
		read, no := rules.Aspects[rules.AspectAt[col.Pad.ID]].Pad.Read(text)
		if no != nil {
			t.fault(i, j, no.Code, no.Hint)
			return m, false
		}
		m.Value = read.Value
	}
	switch {
	case was.Kind == "":
		t.done.Marks++
	case was.Kind == kindWords[m.Kind] && was.Value == m.Value:
		t.done.Unchanged++
		return m, false
	case t.list.Reason == "":
		t.fault(i, j, "judging.sheet_differs", was.Value)
		return m, false
	default:
		t.done.Corrections++
		m.Supersedes, m.Reason = was.MarkID, t.list.Reason
	}
	return m, true
}

// refusals tells what the board refused, at its places.
func (t *taking) refusals(out []judging.Outcome) {
	for i, o := range out {
		if o.Fault == nil {
			continue
		}
		hint := ""
		if len(o.Fault.Fields) > 0 {
			hint = o.Fault.Fields[0].Hint
		}
		t.done.Faults = append(t.done.Faults, fault.At(t.at[i], o.Fault.Code, hint))
	}
}

func (t *taking) fault(row, column int, code, hint string) {
	t.done.Faults = append(t.done.Faults, fault.At(t.list.Place(row, column), code, hint))
}

// markID is the id of a cell's mark: the same when the same file comes again.
func (t *taking) markID(work string, col *Column) scoring.ID {
	h := sha256.New()
	h.Write(t.event[:])
	h.Write(t.list.Sum[:])
	_, _ = h.Write([]byte(work + "\x00" + col.Pad.ID + "\x00" + strconv.Itoa(int(col.Chair)) + "\x00" + strconv.Itoa(int(col.Attempt))))
	id := scoring.ID(h.Sum(nil)[:16])
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80 // a UUID of version 8
	return id
}

// isBlank says whether a text means that nothing was performed.
func isBlank(text string) bool {
	switch text {
	case NotPerformed, "缺考", "未作":
		return true
	}
	return false
}

// NotPerformed is the word that stands in a cell for "not performed".
const NotPerformed = "未做"

func sameColumns(a, b []Column) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Chair != b[i].Chair || a[i].Attempt != b[i].Attempt || a[i].Title != b[i].Title || a[i].Pad.ID != b[i].Pad.ID {
			return false
		}
	}
	return true
}
