package plan

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// reporting hands a result in: the list that the signing room has, or one on
// paper with its number and, in a full chain, its scan.
func (d *Desk) reporting(ctx context.Context, m *moving) error {
	list, ok, err := d.signedList(ctx, m.event.ID)
	if err != nil {
		return err
	}
	number := m.act.Number
	switch {
	case ok && number != "" && number != list.Number:
		return refused("/number", "plan.other_list", list.Number)
	case ok:
		number = list.Number
	case number == "":
		return refused("/number", "plan.empty", "")
	case m.event.Chain == contest.FullChain:
		files, err := d.Store.ListFiles(ctx, m.event.ID)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(files, func(f File) bool { return f.Kind == ListFile }) {
			return fault.New(fault.Refused, "plan.incomplete", fault.At("/files/"+string(ListFile), "plan.document_needed", string(ListFile)))
		}
	}
	m.filing.ListNumber, m.filing.ReportedBy, m.filing.ReportedAt = number, m.actor.Who(), d.now()
	if ok {
		m.filing.ReportedBy = contest.ID{} // the signing room vouches for it, and says when it is void
	}
	m.detail["list"] = number
	return nil
}

// accepting takes a result over. In a full chain it is not who reported it.
func (d *Desk) accepting(ctx context.Context, m *moving) error {
	list, ok, err := d.signedList(ctx, m.event.ID)
	if err != nil {
		return err
	}
	f := m.filing
	switch {
	case ok && list.Number != f.ListNumber:
		return fault.New(fault.Refused, "plan.other_list", fault.At("", "plan.other_list", list.Number))
	case !ok && f.ReportedBy.IsZero():
		return fault.New(fault.Refused, "plan.list_void", fault.At("", "plan.list_void", f.ListNumber))
	}
	if m.event.Chain == contest.FullChain && f.ReportedBy == m.actor.Who() {
		return fault.New(fault.Refused, "plan.same_person")
	}
	f.AcceptedAt = d.now()
	m.detail["list"], m.detail["class"] = f.ListNumber, f.Class
	return nil
}

// Standing is what a filing means for honours.
type Standing struct {
	HasFiling  bool
	Class      string // "" or NoClass: no rule reads it
	IsListed   bool   // in the union's plan
	IsAccepted bool
	ListNumber string // that was accepted
}

// Standing says how an event is filed. It asks no permission; who calls it has.
// A result is accepted only while the list that was accepted is the signed one, or
// one on paper that no signed one has replaced.
func (d *Desk) Standing(ctx context.Context, event contest.ID) (Standing, error) {
	stored, err := d.Store.ListFilings(ctx, event)
	if err != nil || len(stored) == 0 {
		return Standing{}, err
	}
	f := stored[0]
	out := Standing{HasFiling: true, Class: f.Class, IsListed: f.IsListed}
	if f.State != Accepted {
		return out, nil
	}
	list, ok, err := d.signedList(ctx, event)
	if err != nil {
		return out, err
	}
	onPaper := !ok && !f.ReportedBy.IsZero()
	out.IsAccepted, out.ListNumber = onPaper || ok && list.Number == f.ListNumber, f.ListNumber
	return out, nil
}

// Follow reports the lists that were signed since it last did, and says how
// many. One that another list has replaced waits to be accepted again. It is
// called again and again, by as many processes as like to, and asks two questions
// while nothing happens; one event that fails does not keep the others back.
func (d *Desk) Follow(ctx context.Context) (int, error) {
	if d.Lists == nil {
		return 0, nil
	}
	waiting, err := d.Store.ListInStates(ctx, Filed, SentBack, Reported, Accepted)
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	lists, err := d.Lists.SignedLists(ctx)
	did, failed := 0, []error{err}
	for _, f := range waiting {
		list, ok := lists[f.Event]
		if !ok || list.Number == f.ListNumber {
			continue
		}
		err := d.follow(ctx, f, list)
		switch {
		case err == nil:
			did++
		case fault.Code(err) != "plan.changed": // somebody acts there; next time
			failed = append(failed, fmt.Errorf("signed list of event %s: %w", f.Event, err))
		}
	}
	return did, errors.Join(failed...)
}

// follow reports a list that the filing has not seen yet.
func (d *Desk) follow(ctx context.Context, f Filing, list List) error {
	from := f.State
	f.State, f.Reason, f.ListNumber, f.ReportedBy, f.ReportedAt = Reported, "", list.Number, contest.ID{}, d.now()
	return d.Work.Do(ctx, func(ctx context.Context) error {
		return d.save(ctx, contest.Actor{}, f, string(ActReport), from, "", map[string]string{"list": list.Number})
	})
}
