package signing

import (
	"context"
	"slices"
	"strconv"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/signing/shown"
)

// Own (本席签名) is what a chair's tablet is told of signing.
type Own struct {
	Chair   contest.Chair
	Sheet   Step
	Digest  Sum // of the text of its own marks, as the server has them
	Missing int // required marks that are not in
	// Mates are the mark sheets of its panel by seat, its own among them.
	Mates []Mate
	// Summary is its panel's; while sheets below are not signed it says no more than
	// that it is not.
	Summary Step
	// Hinder says why the chair cannot sign the summary now; nil: it can.
	Hinder *fault.Error
	// Locked says that marking is over, and a signature stays.
	Locked bool
}

// Mate is a chair of a panel with its mark sheet.
type Mate struct {
	Chair contest.Chair
	Step  Step
}

// onTablet shows the board to a paired tablet's chair. Missing, Forbidden for whoever
// is no tablet, Refused signing.not_open before the opening.
func (d *Desk) onTablet(ctx context.Context, a contest.Actor, use func(c *compose, ch contest.Chair) error) error {
	if a.Device.IsZero() || a.Chair == 0 {
		return errRole
	}
	beside, err := d.beside(ctx, a.Event)
	if err != nil {
		return err
	}
	return d.cfg.Boards.Read(ctx, a.Event, func(r Reading) error {
		c := beside.of(r)
		ch, ok := c.chair(a.Chair)
		switch {
		case !ok:
			return errMissing
		case r.Board.Rules() == nil:
			return fault.New(fault.Refused, "signing.not_open")
		}
		return use(c, ch)
	})
}

// Own tells a paired tablet how far the signatures of its chair and its panel are.
func (d *Desk) Own(ctx context.Context, a contest.Actor) (Own, error) {
	list, err := d.cfg.Store.ListDocuments(ctx, a.Event)
	if err != nil {
		return Own{}, err
	}
	var out Own
	err = d.onTablet(ctx, a, func(c *compose, ch contest.Chair) error {
		phase := c.r.Board.Phase()
		out = Own{Chair: ch, Digest: c.ownText(ch.Number).Sum(), Missing: c.missing(ch.Number), Mates: c.mates(ch.Panel, list)}
		out.Locked = phase == scoring.Provisional || phase == scoring.Official
		for _, m := range out.Mates {
			if m.Chair.Number == ch.Number {
				out.Sheet = m.Step
			}
		}
		out.Hinder = hinder(out.Mates)
		out.Summary = stepOf(list, Of{Kind: PanelSummary, Panel: ch.Panel}, func() Sheet { return c.panelSummary(ch.Panel) }, !unsigned(out.Mates))
		return nil
	})
	return out, err
}

// mates are a panel's mark sheets.
func (c *compose) mates(panel string, list []Document) []Mate {
	var out []Mate
	for _, ch := range c.seated(panel) {
		of := Of{Kind: MarkSheet, Chair: ch.Number, Panel: panel}
		out = append(out, Mate{ch, stepOf(list, of, func() Sheet { return c.markSheet(ch) }, true)})
	}
	return out
}

func unsigned(mates []Mate) bool {
	return slices.ContainsFunc(mates, func(m Mate) bool { return m.Step.State != Signed })
}

// hinder says why nobody of a panel can check its summary: one judge alone would
// check himself, or sheets below are not signed.
func hinder(mates []Mate) *fault.Error {
	if len(mates) < 2 {
		return fault.New(fault.Refused, "signing.second_person")
	}
	return below(mates)
}

// below refuses while mark sheets are not signed, and names their chairs.
func below(mates []Mate) *fault.Error {
	var fields []fault.Field
	for _, m := range mates {
		if m.Step.State != Signed {
			fields = append(fields, fault.At("/chairs/"+strconv.Itoa(int(m.Chair.Number)), "signing.below", strconv.Itoa(m.Chair.Seat)))
		}
	}
	if fields == nil {
		return nil
	}
	return fault.New(fault.Refused, "signing.below", fields...)
}

// missing is how many required marks a chair still has to give.
func (c *compose) missing(chair scoring.ChairID) int {
	for _, p := range c.r.Board.Chairs() {
		if p.Chair == chair {
			return max(0, p.Need-p.Done)
		}
	}
	return 0
}

var markKinds = map[scoring.Kind]string{scoring.Mark: "mark", scoring.NotPerformed: "not_performed", scoring.Absent: "absent"}

// own are the marks that a chair sees as its own, under the labels that it may know.
func (c *compose) own(chair scoring.ChairID) []shown.Mark {
	entrants := make(map[scoring.EntryID]*Entrant, len(c.r.Entries))
	for i := range c.r.Entries {
		entrants[c.r.Entries[i].Ordinal] = &c.r.Entries[i]
	}
	var out []shown.Mark
	for _, m := range c.r.Board.Marks(chair) {
		e := entrants[m.Entry]
		criterion, ok := c.rules().CriterionOf(m.Aspect)
		if e == nil || !ok {
			continue
		}
		one := shown.Mark{Work: e.label(string(criterion.Identity)), Aspect: m.Aspect, Attempt: m.Attempt, Round: m.Round, Chair: m.Chair, Kind: markKinds[m.Kind]}
		if m.Kind == scoring.Mark {
			one.Value = m.Value
		}
		out = append(out, one)
	}
	return out
}

// ownText is what a chair signs.
func (c *compose) ownText(chair scoring.ChairID) shown.Text {
	marks := c.own(chair)
	for i := range marks {
		marks[i].Chair = 0
	}
	return shown.MarkSheet(c.r.Event.ID, chair, c.r.Board.Version(), marks)
}

// Whole (本组所评) is what a panel's group check looks at: every chair's marks by work
// and aspect, and no aggregate while the event is sealed.
type Whole struct {
	Panel   string
	Name    string
	Chairs  []contest.Chair
	Modules []WholeModule
	Digest  Sum
}

// WholeModule is a module of it.
type WholeModule struct {
	Sheet scoring.Sheet
	Rows  []WholeRow
}

// WholeRow is a work; its cells stand in the order of the sheet's aspects.
type WholeRow struct {
	Work  string
	Cells [][]shown.Mark // by attempt and seat
	Total string         // "" while the event is sealed
}

// Whole shows a panel's marks to one of its chairs, once every sheet is signed.
func (d *Desk) Whole(ctx context.Context, a contest.Actor) (Whole, error) {
	list, err := d.cfg.Store.ListDocuments(ctx, a.Event)
	if err != nil {
		return Whole{}, err
	}
	var out Whole
	err = d.onTablet(ctx, a, func(c *compose, ch contest.Chair) error {
		if no := hinder(c.mates(ch.Panel, list)); no != nil {
			return no
		}
		out = c.whole(ch.Panel)
		return nil
	})
	return out, err
}

// panelMarks are the newest marks of a panel's chairs, each under who gave it.
func (c *compose) panelMarks(panel string) []shown.Mark {
	var all []shown.Mark
	for _, ch := range c.seated(panel) {
		all = append(all, c.own(ch.Number)...)
	}
	return shown.Newest(all)
}

func (c *compose) panelText(panel string) shown.Text {
	return shown.PanelSummary(c.r.Event.ID, panel, c.r.Board.Version(), c.panelMarks(panel))
}

func (c *compose) whole(panel string) Whole {
	out := Whole{Panel: panel, Name: c.panelName(panel), Chairs: c.seated(panel), Digest: c.panelText(panel).Sum()}
	type cell struct{ work, aspect string }
	marks := map[cell][]shown.Mark{}
	seat := map[scoring.ChairID]int{}
	for _, ch := range out.Chairs {
		seat[ch.Number] = ch.Seat
	}
	for _, m := range c.panelMarks(panel) {
		at := cell{m.Work, m.Aspect}
		marks[at] = append(marks[at], m)
	}
	for _, list := range marks {
		slices.SortStableFunc(list, func(a, b shown.Mark) int {
			return (int(a.Attempt)-int(b.Attempt))*1000 + seat[a.Chair] - seat[b.Chair]
		})
	}
	for _, sheet := range c.rules().Sheets(panel) {
		module := WholeModule{Sheet: sheet}
		for _, w := range c.marked(sheet.Criterion) {
			row := WholeRow{Work: w.label}
			for _, a := range aspectsOf(sheet) {
				row.Cells = append(row.Cells, marks[cell{w.label, a.ID}])
			}
			if !c.r.sealed() {
				row.Total = valueOf(criterionOf(c.working(w.id), sheet.Criterion.ID))
			}
			module.Rows = append(module.Rows, row)
		}
		out.Modules = append(out.Modules, module)
	}
	return out
}
