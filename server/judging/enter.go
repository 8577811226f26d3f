package judging

import (
	"context"
	"slices"
	"strconv"
	"unicode/utf8"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging/clerk"
	"jiangtai/server/ledger"
)

// Entered (录入的打分) is a mark that a person keys from paper or from a list, for
// a chair, or for none where the number comes from outside. The record carries
// the person's account, the chair, and no device. The zero Attempt and Round are
// read as 1.
type Entered struct {
	MarkID     scoring.ID
	Kind       scoring.Kind // Mark, NotPerformed, Withdraw or Finish
	Chair      scoring.ChairID
	Work       string // the label by the identity of the aspect's module
	Aspect     string // for Finish: the criterion
	Attempt    uint8
	Round      uint8
	Value      string
	Version    uint16
	Supersedes scoring.ID
	Reason     string // of a correction: needed
	// Fault is what the transport could not read of this one mark.
	Fault *fault.Error
}

// Enter takes the marks of one delivery and answers each in its place, in order,
// as Give does for tablets. The error is for the delivery as a whole: Missing or
// Forbidden by who asks, Malformed or TooLarge by its size, Unavailable. Of one
// mark: Forbidden when the actor may not enter for the chair, Refused when a
// tablet marks as it, or for a correction without a reason.
func (d *Desk) Enter(ctx context.Context, actor contest.Actor, event contest.ID, marks []Entered) ([]Outcome, error) {
	e, err := d.Enterer(ctx, actor, event)
	if err != nil {
		return nil, err
	}
	return d.enterAs(ctx, e, marks)
}

// EnterKeyed is Enter for marks of chairs that two clerks have keyed alike, or somebody has decided: it is for the room
// that makes sure of that.
func (d *Desk) EnterKeyed(ctx context.Context, actor contest.Actor, event contest.ID, marks []Entered) ([]Outcome, error) {
	e, err := d.Enterer(ctx, actor, event)
	if err != nil {
		return nil, err
	}
	e.isTwice = false
	return d.enterAs(ctx, e, marks)
}

func (d *Desk) enterAs(ctx context.Context, e *Enterer, marks []Entered) ([]Outcome, error) {
	switch {
	case len(marks) == 0:
		return nil, fault.New(fault.Malformed, "judging.no_marks")
	case len(marks) > MaxMarks:
		return nil, fault.New(fault.TooLarge, "judging.too_many", fault.At("/marks", "judging.too_many", strconv.Itoa(MaxMarks)))
	}
	x := e.post.index.Load()
	items := make([]clerk.Item, 0, len(marks))
	for i := range marks {
		cmd, f := e.command(x, &marks[i])
		it := clerk.NewItem(cmd, marks[i].Reason)
		if f != nil {
			it.Refuse(f)
		}
		items = append(items, it)
	}
	if err := e.post.Give(ctx, items); err != nil {
		return nil, err
	}
	out := make([]Outcome, len(items))
	for i := range items {
		out[i] = items[i].Outcome
		if f := out[i].Fault; f != nil && (f.Kind == fault.Missing || f.Kind == fault.Forbidden) {
			d.audit(ctx, e.actor, "mark.refused", e.post.event.String(), map[string]string{
				"code": f.Code, "aspect": marks[i].Aspect, "mark": marks[i].MarkID.String(),
			})
		}
	}
	return out, nil
}

// command turns a mark into a command, or refuses what can be refused without
// the board.
func (e *Enterer) command(x *index, m *Entered) (scoring.Command, *fault.Error) {
	cmd := scoring.Command{
		Kind: m.Kind, MarkID: m.MarkID, Actor: e.actor.Who(), Chair: m.Chair, Aspect: m.Aspect, Attempt: m.Attempt,
		Round: m.Round, Value: m.Value, Version: m.Version, Supersedes: m.Supersedes,
	}
	if m.Reason != "" {
		cmd.TextHash = ledger.TextHash(m.MarkID, m.Reason)
	}
	switch {
	case m.Fault != nil:
		return cmd, m.Fault
	case m.MarkID.IsZero():
		return cmd, malformed("/mark_id", "judging.mark_id_missing")
	case !slices.Contains(markKinds, m.Kind):
		return cmd, malformed("/kind", "judging.unknown_kind")
	case utf8.RuneCountInString(m.Reason) > MaxText:
		return cmd, fault.New(fault.Refused, "judging.text_length", fault.At("/reason", "judging.text_length", strconv.Itoa(MaxText)))
	case !m.Supersedes.IsZero() && m.Reason == "":
		return cmd, fault.New(fault.Refused, "judging.reason", fault.At("/reason", "judging.reason", ""))
	}
	if err := e.May(m.Chair); err != nil {
		return cmd, fault.Of(err)
	}
	at, ok := x.placeOf(m)
	if !ok {
		return cmd, errMissing
	}
	if cmd.Entry, ok = x.Marked(at, m.Work); !ok {
		return cmd, fault.New(fault.Missing, "judging.missing", fault.At("/work", "judging.no_such_entry", m.Work))
	}
	return cmd, nil
}

// placeOf is where a mark stands; false when the chair does not mark there. What
// comes from outside is of no chair.
func (x *index) placeOf(m *Entered) (place, bool) {
	places := x.Aspects
	if m.Kind == scoring.Finish {
		places = x.Criteria
	}
	at, known := places[m.Aspect]
	if m.Chair == 0 {
		return at, known && len(at.Panels) == 0
	}
	chair, sits := x.Chairs[m.Chair]
	return at, known && sits && slices.Contains(at.Panels, chair.Panel)
}
