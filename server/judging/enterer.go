package judging

import (
	"context"
	"fmt"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging/clerk"
)

var (
	// Who keys marks for a chair, where there is paper.
	clerks = []contest.Role{contest.Clerk}
	// Who brings lists of numbers that were found elsewhere.
	bringers = []contest.Role{contest.Clerk, contest.HostSecretary, contest.Organiser}
)

// Enterer (录分员) is a person at an event whose marks come on paper or as a list,
// and what he may enter there:
//   - numbers from outside, which no chair gives, and everything where only
//     results are recorded: a score clerk, the host, the organiser;
//   - marks of a chair of an event on paper: a score clerk;
//   - marks of a chair of an event with tablets: a score clerk, and only while no
//     tablet marks as that chair, because two would answer for one judge.
type Enterer struct {
	actor   contest.Actor
	post    *post
	tablets map[scoring.ChairID]bool // chairs that a tablet marks as
	isTwice bool                     // marks of chairs are keyed by two clerks, and not through this door
}

// Enterer finds out what the actor may enter in an event. Missing when he has
// nothing to do with it, Forbidden when he enters nothing there.
func (d *Desk) Enterer(ctx context.Context, actor contest.Actor, event contest.ID) (*Enterer, error) {
	c, err := d.staff(ctx, actor, event)
	if err != nil {
		return nil, err
	}
	if !may(actor, c, bringers) {
		return nil, errRole
	}
	e := &Enterer{actor: actor, post: c, tablets: map[scoring.ChairID]bool{}}
	here := c.index.Load().Setup.Event
	if d.cfg.Keying != nil {
		if e.isTwice, err = d.cfg.Keying.IsTwice(ctx, here); err != nil {
			return nil, err
		}
	}
	if here.Depth != contest.Tablet {
		return e, nil
	}
	list, err := d.cfg.Tablets.Tablets(ctx, event)
	for _, t := range list {
		e.tablets[t.Chair] = e.tablets[t.Chair] || !t.Replaced
	}
	return e, err
}

// May says whether he may enter for a chair; chair 0 stands for what comes from
// outside. Forbidden or Refused otherwise.
func (e *Enterer) May(chair scoring.ChairID) error {
	depth := e.post.index.Load().Setup.Event.Depth
	roles := clerks
	if chair == 0 || depth == contest.ResultsOnly {
		roles = bringers
	}
	switch {
	case !may(e.actor, e.post, roles):
		return errRole
	case chair != 0 && depth != contest.ResultsOnly && e.isTwice:
		return fault.New(fault.Refused, "judging.keyed_twice", fault.At("/chair", "judging.keyed_twice", ""))
	case chair != 0 && depth == contest.Tablet && e.tablets[chair]:
		return fault.New(fault.Refused, "judging.tablet_chair", fault.At("/chair", "judging.tablet_chair", ""))
	}
	return nil
}

// Read shows the event's board. What it says of a module under another label than
// the strongest is not for him while the event is sealed and he may see marks by
// that one too: a number that he knows by name would tell him whose work it is.
func (e *Enterer) Read(reader func(r Reading, hides func(module string) bool) error) error {
	x := e.post.index.Load()
	s, done := e.post.Look()
	defer done()
	joins := s.Board.Sealed() && may(e.actor, e.post, markRoles)
	return reader(e.post.reading(s), func(module string) bool { return joins && module != x.Sealing })
}

// Whole is a list of marks that is entered as a whole or not at all.
type Whole struct {
	Enterer *Enterer
	// Pick makes the marks of the board as it stands; an error of its own ends it.
	// It is called while nothing is being written, and must not call the desk.
	Pick func(Reading) ([]Entered, error)
	// Sheet and Sum name the file for the audit.
	Sheet, Sum string
	IsPreview  bool
}

// EnterWhole enters all marks that Pick makes, in one commit, or none: when one
// of them is refused, or for a preview, nothing is written and the outcomes hold
// the faults in their places.
func (d *Desk) EnterWhole(ctx context.Context, w Whole) ([]Outcome, error) {
	p := w.Enterer.post
	if w.IsPreview {
		out, _, err := w.picked()
		return out, err
	}
	var out []Outcome
	var items []clerk.Item
	_, err := p.Do(ctx, func() ([]clerk.Item, error) {
		var err error
		out, items, err = w.picked()
		return items, err
	})
	if err != nil || len(items) == 0 {
		return out, err
	}
	for i := range items {
		out[i] = items[i].Outcome
		if out[i].Fault != nil {
			return nil, out[i].Fault // of the commit, and so of all
		}
	}
	d.audit(ctx, w.Enterer.actor, "marks.imported", p.event.String(), map[string]string{
		"sheet": w.Sheet, "sum": w.Sum, "from": receiptRange(out),
	})
	return out, nil
}

// picked asks the board for every mark. There are no items when one is refused.
func (w *Whole) picked() ([]Outcome, []clerk.Item, error) {
	p := w.Enterer.post
	x := p.index.Load()
	s, done := p.Look()
	defer done()
	marks, err := w.Pick(p.reading(s))
	if err != nil {
		return nil, nil, err
	}
	out, items, refused := make([]Outcome, len(marks)), make([]clerk.Item, 0, len(marks)), false
	for i := range marks {
		cmd, f := w.Enterer.command(x, &marks[i])
		if f == nil {
			draft, no := s.Board.Check(cmd)
			switch {
			case no != nil:
				f = clerk.Refused(no)
			case draft.Kind == scoring.Late:
				f = errLocked
			}
		}
		out[i] = Outcome{MarkID: cmd.MarkID, Fault: f}
		refused = refused || f != nil
		it := clerk.NewItem(cmd, marks[i].Reason)
		it.Whole = true
		items = append(items, it)
	}
	if refused {
		return out, nil, nil
	}
	return out, items, nil
}

// receiptRange names the records of one commit.
func receiptRange(list []Outcome) string {
	return fmt.Sprintf("%d-%d", list[0].Receipt.Seq, list[len(list)-1].Receipt.Seq)
}
