package entering

import (
	"cmp"
	"context"
	"slices"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
)

// Desk (录分台) is the door of this room. It is safe for concurrent use.
type Desk struct{ judging *judging.Desk }

// New makes a desk in front of judging's.
func New(d *judging.Desk) *Desk { return &Desk{d} }

// Kind is what a sheet holds.
type Kind string

// The kinds of sheet.
const (
	Theory  Kind = "theory"  // numbers from outside: aspects that no chair marks
	Results Kind = "results" // everything, of an event of which only results are recorded
	Panel   Kind = "panel"   // what one chair marks in a module
)

// Selection names a sheet of an event. Chair is of Panel only. Criterion may be
// left out where all columns name their works alike.
type Selection struct {
	Kind      Kind
	Chair     scoring.ChairID
	Criterion string
}

// Choice is a sheet that may be entered, and how far it is.
type Choice struct {
	Kind      Kind            `json:"kind"`
	Chair     scoring.ChairID `json:"chair,omitempty"`
	Panel     string          `json:"panel,omitempty"` // its name
	Seat      int             `json:"seat,omitempty"`
	Judge     string          `json:"judge,omitempty"`
	Criterion string          `json:"criterion,omitempty"`
	Code      string          `json:"code,omitempty"`
	Name      string          `json:"name,omitempty"`
	NameEn    string          `json:"name_en,omitempty"`
	Identity  string          `json:"identity"`
	Done      int             `json:"done"` // filled cells of those that are required
	Need      int             `json:"need"`
}

// Choices are the sheets of an event.
type Choices struct {
	Phase   scoring.Phase `json:"phase"`
	Depth   contest.Depth `json:"depth"`
	Sealed  bool          `json:"sealed"`
	Version uint16        `json:"version"` // of the scheme; 0: there is none
	Sheets  []Choice      `json:"sheets"`
}

var errMixed = fault.New(fault.Refused, "judging.sheet_identity", fault.At("criterion", "judging.sheet_identity", ""))

// Choices lists the sheets that the actor may enter, in the scheme's order.
// Missing when he has nothing to do with the event, Forbidden when he enters
// nothing there.
func (d *Desk) Choices(ctx context.Context, actor contest.Actor, event contest.ID) (Choices, error) {
	e, err := d.judging.Enterer(ctx, actor, event)
	if err != nil {
		return Choices{}, err
	}
	out := Choices{Sheets: []Choice{}}
	err = e.Read(func(r judging.Reading, hides func(string) bool) error {
		out.Phase, out.Depth, out.Sealed = r.Board.Phase(), r.Setup.Event.Depth, r.Board.Sealed()
		rules, version := rulesOf(r)
		if out.Version = version; rules == nil {
			return nil
		}
		for _, c := range choicesOf(r.Setup, rules) {
			cols, by, err := columnsOf(r.Setup, rules, Selection{c.Kind, c.Chair, c.Criterion})
			if err != nil || len(cols) == 0 || hides(by) || !mayAll(e, cols) {
				continue
			}
			c.Identity = by
			c.Done, c.Need = counted(r, cols, by)
			out.Sheets = append(out.Sheets, c)
		}
		return nil
	})
	return out, err
}

// rulesOf are the rules in force, or before the opening those that will be.
func rulesOf(r judging.Reading) (*scoring.Rules, uint16) {
	if rules := r.Board.Rules(); rules != nil {
		return rules, r.Board.Version()
	}
	return r.Setup.Rules[r.Setup.Version], r.Setup.Version
}

// Panels are the sheets of an event's chairs, in the scheme's order, with the rules that hold: nil while there is no
// scheme. It asks for no permission: it is for rooms that do.
func Panels(r judging.Reading) ([]Choice, *scoring.Rules) {
	rules, _ := rulesOf(r)
	if rules == nil {
		return nil, nil
	}
	var out []Choice
	for _, c := range choicesOf(r.Setup, rules) {
		if c.Kind != Panel {
			continue
		}
		cols, by, err := columnsOf(r.Setup, rules, Selection{c.Kind, c.Chair, c.Criterion})
		if err != nil || len(cols) == 0 {
			continue
		}
		c.Identity = by
		out = append(out, c)
	}
	return out, rules
}

// choicesOf are all sheets that an event could have.
func choicesOf(s *judging.Setup, rules *scoring.Rules) []Choice {
	var list []Choice
	if s.Event.Depth == contest.ResultsOnly {
		list = append(list, Choice{Kind: Results})
	}
	chairs := slices.SortedFunc(slices.Values(s.Chairs), func(a, b contest.Chair) int { return cmp.Compare(a.Number, b.Number) })
	for _, m := range rules.Criteria() {
		named := Choice{Kind: Theory, Criterion: m.ID, Code: m.Code, Name: m.Name, NameEn: m.NameEn}
		list = append(list, named)
		for _, ch := range chairs {
			named.Kind, named.Chair, named.Seat, named.Judge, named.Panel = Panel, ch.Number, ch.Seat, ch.Judge, ch.Panel
			if at, ok := rules.PanelAt[ch.Panel]; ok {
				named.Panel = rules.PanelList[at].Name
			}
			list = append(list, named)
		}
	}
	return list
}

func mayAll(e *judging.Enterer, cols []Column) bool {
	return !slices.ContainsFunc(cols, func(c Column) bool { return e.May(c.Chair) != nil })
}

// counted counts the required cells of a sheet.
func counted(r judging.Reading, cols []Column, by string) (done, need int) {
	for i := range r.Setup.Entries {
		entrant := &r.Setup.Entries[i]
		if Label(entrant, by) == "" || !marksAny(entrant, cols) || !marks(r.Board, entrant.Ordinal) {
			continue
		}
		for j := range cols {
			cell := cellOf(r.Board, entrant, &cols[j])
			if !cols[j].Pad.Required || cell.Closed {
				continue
			}
			need++
			if cell.Kind != "" {
				done++
			}
		}
	}
	return done, need
}

// marks says whether an entry is marked: before the opening all are.
func marks(b *scoring.Board, entry scoring.EntryID) bool {
	switch b.Status(entry) {
	case "", scoring.Competing, scoring.OutOfContest:
		return true
	}
	return false
}

// Label is what an entry is called by an identity; "" when it is not drawn.
func Label(e *judging.Entrant, by string) string {
	switch by {
	case "seat":
		return e.SeatNo
	case "coded":
		return e.WorkCode
	}
	return e.EntryNo
}
