package keying

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// MaxReason is how many characters a reason may have.
const MaxReason = 500

// Difference (差异) is a cell that asks for a person, or was decided, with all that he needs to see.
type Difference struct {
	Choice Choice
	Compared
	Title      string // of the column
	FirstBy    string
	SecondBy   string
	HasPicture bool
	// NeedsSecond says that the actor keyed the sheet or changes a mark, and has to bring a second person.
	NeedsSecond bool
}

// Differences are the cells of all sheets that the actor may see that ask for a person, and those that were decided.
// Nothing of a cell is told before both clerks are finished with it.
func (d *Desk) Differences(ctx context.Context, a contest.Actor, event contest.ID) ([]Difference, error) {
	e, err := d.enter(ctx, a, event, append([]contest.Role{contest.Clerk}, readers...))
	if err != nil {
		return nil, err
	}
	b, err := d.load(ctx, event, nil)
	if err != nil {
		return nil, err
	}
	out := []Difference{}
	for _, choice := range e.Sheets {
		if e.hides(a, choice.Identity) {
			continue
		}
		s, err := d.cfg.Sheets.Sheet(ctx, event, choice.Of)
		if err != nil {
			return nil, err
		}
		h := b.hold(choice.Of, s)
		list, err := d.differing(ctx, a, event, choice, &h)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

func (d *Desk) differing(ctx context.Context, a contest.Actor, event contest.ID, choice Choice, h *held) ([]Difference, error) {
	var out []Difference
	for i := range h.cells {
		c := &h.cells[i]
		if !c.State.isOpen() && c.Decision == nil && c.Settling == nil {
			continue
		}
		one := Difference{Choice: choice, Compared: *c, Title: h.sheet.Columns[c.Column].Title, NeedsSecond: h.needsSecond(a, c)}
		if h.passes[0] != nil && h.passes[1] != nil {
			one.FirstBy, one.SecondBy = h.passes[0].ByName, h.passes[1].ByName
		}
		out = append(out, one)
	}
	if len(out) == 0 {
		return nil, nil
	}
	pictures, err := d.cfg.Store.ListPictures(ctx, event, choice.Chair)
	if err != nil {
		return nil, err
	}
	has := map[At]bool{}
	for _, p := range pictures {
		has[At{Work: p.Work, Aspect: p.Aspect, Attempt: p.Attempt}] = true
	}
	for i := range out {
		o := &out[i]
		o.HasPicture = has[At{Work: o.Work, Aspect: o.Aspect, Attempt: o.Attempt}] || has[At{Work: o.Work, Aspect: o.Aspect}]
	}
	return out, nil
}

// needsSecond says whether the actor cannot decide alone: one of the two has had his look, and a mark that stands is
// changed by two persons.
func (h *held) needsSecond(a contest.Actor, c *Compared) bool {
	changes := c.Standing.Kind != Empty && !h.sheet.IsTablet && !c.Standing.ByTablet
	return changes || h.mine(a) >= 0 || c.State != Differ && c.State != Beside
}

// Deciding is a third look at a cell.
type Deciding struct {
	Of       Of
	At       At
	IsSettle bool   // paper and tablet differ, and the tablet's mark stays
	Text     string // what the paper says, as typed
	Reason   string
	User     string // the second person, where one is needed
	Password string
}

// Decide keeps what a third look has found, and gives the mark at once. Kinds: Missing, Forbidden by role, Refused when
// a second person is needed, is not one, or is one of the two clerks, or without a reason; Stale when the cell asks for
// nobody any more.
func (d *Desk) Decide(ctx context.Context, a contest.Actor, event contest.ID, in Deciding) (Given, error) {
	roles := clerks
	if in.IsSettle {
		roles = append([]contest.Role{contest.ChiefJudge}, clerks...)
	}
	e, err := d.enter(ctx, a, event, roles)
	if err != nil {
		return Given{}, err
	}
	if _, err := e.choice(a, in.Of); err != nil {
		return Given{}, err
	}
	h, err := d.sheet(ctx, event, in.Of)
	if err != nil {
		return Given{}, err
	}
	c, found := h.find(in.At)
	if !found {
		return Given{}, errMissing
	}
	dec := Decision{ID: newID(), Event: event, Of: in.Of, At: in.At, Reason: strings.TrimSpace(in.Reason), By: a.Who(), ByName: a.Name, When: d.now()}
	if err := h.decision(c, in, &dec); err != nil {
		return Given{}, err
	}
	second, err := d.second(ctx, a, &e, &h, c, in)
	if err != nil {
		return Given{}, err
	}
	dec.Second, dec.SecondName = second.Who(), second.Name
	if err := d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		if err := d.cfg.Store.CreateDecision(ctx, dec); err != nil {
			return err
		}
		return d.cfg.Audit.Record(ctx, a, "keying.decided", "event/"+event.String(), map[string]string{
			"chair": strconv.Itoa(int(in.Of.Chair)), "work": in.At.Work, "aspect": in.At.Aspect, "reason": dec.Reason, "second": dec.SecondName,
		})
	}); err != nil {
		return Given{}, err
	}
	return d.giveDecided(ctx, a, event, &h, c, dec)
}

// decision reads what was decided.
func (h *held) decision(c *Compared, in Deciding, dec *Decision) error {
	switch {
	case dec.Reason == "":
		return fault.New(fault.Refused, "keying.reason", fault.At("/reason", "keying.reason", ""))
	case utf8.RuneCountInString(dec.Reason) > MaxReason:
		return fault.New(fault.Refused, "keying.text_length", fault.At("/reason", "keying.text_length", strconv.Itoa(MaxReason)))
	case c.State == Waiting:
		return fault.New(fault.Refused, "keying.waiting")
	}
	if in.IsSettle {
		if c.State != Beside {
			return fault.New(fault.Stale, "keying.settled")
		}
		dec.Value, dec.Beside = Value{Settled, c.Paper.word()}, c.Standing.word()
		return nil
	}
	read := h.sheet.Columns[c.Column].read(in.Text)
	if read.Code != "" {
		return fault.New(fault.Refused, read.Code, fault.At("/value", read.Code, read.Hint))
	}
	dec.Value = read.Value
	return nil
}

// second is who stands beside the actor; the zero Actor where nobody has to.
func (d *Desk) second(ctx context.Context, a contest.Actor, e *Event, h *held, c *Compared, in Deciding) (contest.Actor, error) {
	if !h.needsSecond(a, c) {
		return contest.Actor{}, nil
	}
	if in.User == "" {
		return contest.Actor{}, fault.New(fault.Refused, "keying.second", fault.At("/user", "keying.second", ""))
	}
	second, err := d.cfg.Seconds.Second(ctx, in.User, in.Password)
	switch {
	case err != nil:
		return second, err
	case second.Who() == a.Who() || h.mine(second) >= 0 || !second.Has(e.Contest, e.ID, seconds...):
		return second, fault.New(fault.Refused, "keying.second_person", fault.At("/user", "keying.second_person", ""))
	}
	return second, nil
}

// giveDecided gives a decided cell's mark, unless a tablet marks there or it stands already.
func (d *Desk) giveDecided(ctx context.Context, a contest.Actor, event contest.ID, h *held, c *Compared, dec Decision) (Given, error) {
	out := Given{Cells: 1, Refused: []Refused{}}
	if dec.Kind == Settled || h.sheet.IsTablet || c.Standing.ByTablet || dec.Value == c.Standing.Value {
		return out, nil
	}
	reason := ""
	if c.Standing.Kind != Empty {
		reason = dec.Reason
	}
	answers, err := d.cfg.Sheets.Enter(ctx, a, event, []Giving{h.giving(event, c, dec.Value, reason)})
	if err != nil {
		return out, err
	}
	if answer := answers[0]; answer.Code != "" {
		out.Refused = append(out.Refused, Refused{c.At, answer.Code, answer.Hint})
		return out, nil
	}
	out.Marks = 1
	return out, nil
}
