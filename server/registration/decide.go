package registration

import (
	"context"
	"slices"
	"strconv"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Act is what staff do with applications.
type Act string

// The acts. Approve is the next rung of the ladder.
const (
	Submit   Act = "submit"   // a draft
	Approve  Act = "approve"  // 审核通过
	Return   Act = "return"   // 退回修改, with a reason
	Refuse   Act = "refuse"   // 不予通过, with a reason
	Withdraw Act = "withdraw" // 撤回, with a reason
)

// Decision is one act on several applications of one event.
type Decision struct {
	Act    Act
	Items  []Item
	Reason string
}

// Item is an application as it was when the decision was made.
type Item struct {
	ID      contest.ID
	Version int
}

// Decide does an act on all items or on none. Refused registration.undecided
// tells for each that stands against it why: another state, another version, not
// your rung, the same person on both rungs. Approval by the office makes entries
// of the event, which must not be open.
func (d *Desk) Decide(ctx context.Context, a contest.Actor, event contest.ID, in Decision) ([]Registration, error) {
	e, err := d.eventToWrite(ctx, a, event)
	if err != nil {
		return nil, err
	}
	in.Reason = cleanReason(in.Reason)
	if err := in.check(); err != nil {
		return nil, err
	}
	t, err := d.termsOf(ctx, e)
	if err != nil {
		return nil, err
	}
	var out []Registration
	entries := false
	err = d.Work.Do(ctx, func(ctx context.Context) error {
		var err error
		out, entries, err = d.decide(ctx, a, e, t.Terms, in)
		return err
	})
	if err == nil && entries && d.Changed != nil {
		d.Changed(ctx, []contest.ID{event})
	}
	return out, err
}

func (in Decision) check() error {
	switch {
	case !slices.Contains([]Act{Submit, Approve, Return, Refuse, Withdraw}, in.Act):
		return fault.New(fault.Refused, "registration.invalid", fault.At("/act", "registration.not_one_of", "submit, approve, return, refuse, withdraw"))
	case len(in.Items) == 0 || len(in.Items) > MaxRows:
		return fault.New(fault.Refused, "registration.invalid", fault.At("/registrations", "registration.bounds", "1…"+strconv.Itoa(MaxRows)))
	case in.Reason == "" && (in.Act == Return || in.Act == Refuse || in.Act == Withdraw):
		return fault.New(fault.Refused, "registration.reason", fault.At("/reason", "registration.reason", ""))
	}
	seen := map[contest.ID]bool{}
	for i, item := range in.Items {
		if seen[item.ID] {
			return fault.New(fault.Refused, "registration.invalid", fault.At("/registrations/"+strconv.Itoa(i), "registration.twice", ""))
		}
		seen[item.ID] = true
	}
	return nil
}

func (d *Desk) decide(ctx context.Context, a contest.Actor, e Event, t Terms, in Decision) ([]Registration, bool, error) {
	list, err := d.lockAll(ctx, e.ID, in.Items)
	if err != nil {
		return nil, false, err
	}
	was := make([]Status, len(list))
	var wrong []fault.Field
	for i := range list {
		was[i] = list[i].Status
		if code := d.step(a, &list[i], t, in, in.Items[i].Version); code != "" {
			wrong = append(wrong, fault.At("/registrations/"+strconv.Itoa(i), code, string(was[i])))
		}
	}
	if wrong != nil {
		return nil, false, fault.New(fault.Refused, "registration.undecided", wrong...)
	}
	entries, err := d.entries(ctx, a, e, list, was)
	if err != nil {
		return nil, false, err
	}
	for i := range list {
		if err := d.keep(ctx, a, list[i], was[i], list[i].Status, "registrations."+string(list[i].Status)); err != nil {
			return nil, false, err
		}
		list[i].Version++
	}
	return list, entries, nil
}

// lockAll holds the rows, in the order of their ids, so that two batches do not
// wait for each other; they come in the order of the items.
func (d *Desk) lockAll(ctx context.Context, event contest.ID, items []Item) ([]Registration, error) {
	order := make([]int, len(items))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(x, y int) int { return slices.Compare(items[x].ID[:], items[y].ID[:]) })
	out := make([]Registration, len(items))
	for _, i := range order {
		r, err := d.Store.LockRegistration(ctx, items[i].ID)
		if err != nil {
			return nil, err
		}
		if r.Event != event {
			return nil, fault.New(fault.Missing, "registration.missing")
		}
		out[i] = r
	}
	return out, nil
}

// step moves one application, or says with a code why not.
func (d *Desk) step(a contest.Actor, r *Registration, t Terms, in Decision, version int) string {
	if r.Version != version {
		return "registration.changed"
	}
	allowed := map[Act][]Status{
		Submit: {Drafted}, Approve: {Submitted, HostApproved}, Return: {Submitted, HostApproved},
		Refuse: {Submitted, HostApproved}, Withdraw: {Drafted, Submitted, HostApproved, Returned, Approved},
	}
	if !slices.Contains(allowed[in.Act], r.Status) {
		return "registration.step"
	}
	r.ChangedAt = d.now()
	switch in.Act {
	case Submit:
		if t.open(d.Now()) != nil {
			return "registration.closed"
		}
		r.Status, r.SubmittedAt = Submitted, r.ChangedAt
	case Approve:
		return approve(a, r, t)
	case Return, Refuse:
		if !mayTake(a, *r, nextRung(*r, t)) {
			return "registration.not_your_step"
		}
		r.Status, r.Reason = map[Act]Status{Return: Returned, Refuse: Refused}[in.Act], in.Reason
	case Withdraw:
		r.Status, r.Reason = Withdrawn, in.Reason
	}
	return ""
}

// nextRung is the rung that an application waits on.
func nextRung(r Registration, t Terms) Rung {
	if r.Status == Submitted && slices.Contains(t.Ladder, HostRung) {
		return HostRung
	}
	return OfficeRung
}

// mayTake says that a rung is the actor's.
func mayTake(a contest.Actor, r Registration, rung Rung) bool {
	if rung == HostRung {
		return a.Has(r.Contest, r.Event, contest.HostSecretary)
	}
	return a.Has(r.Contest, contest.ID{}, contest.Administrator, contest.Organiser)
}

func approve(a contest.Actor, r *Registration, t Terms) string {
	rung := nextRung(*r, t)
	switch {
	case !mayTake(a, *r, rung):
		return "registration.not_your_step"
	case rung == HostRung:
		r.Status, r.HostBy = HostApproved, a.Who()
		return ""
	case r.HostBy == a.Who():
		return "registration.same_person"
	}
	r.Status, r.OfficeBy = Approved, a.Who()
	return ""
}

// entries lets the programme make entries of those approved now, and take out
// those withdrawn.
func (d *Desk) entries(ctx context.Context, a contest.Actor, e Event, list []Registration, was []Status) (bool, error) {
	var entering []int
	var people []Entrant
	changed := false
	for i, r := range list {
		switch {
		case r.Status == Approved:
			entering, people = append(entering, i), append(people, Entrant{Name: r.Name, Unit: r.Unit.Code})
		case was[i] == Approved:
			if err := d.Programme.Leave(ctx, a, e.ID, r.EntryNo); err != nil {
				return false, err
			}
			list[i].EntryNo, changed = "", true
		}
	}
	if entering == nil {
		return changed, nil
	}
	numbers, err := d.Programme.Enter(ctx, a, e.ID, people)
	if err != nil {
		return false, err
	}
	for n, i := range entering {
		list[i].EntryNo = numbers[n]
	}
	return true, nil
}
