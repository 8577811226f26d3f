package recusal

import (
	"context"
	"slices"

	"jiangtai/scoring"
	"jiangtai/server/blind"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Declaration is what somebody declares. Of Unit and EntryNo the one that the kind
// asks for is needed; Second is, where nothing of the event is sealed.
type Declaration struct {
	Chair   scoring.ChairID
	Kind    Kind
	Unit    contest.ID
	EntryNo string
	Reason  string
	Source  Source
	Second  blind.Second
}

// Declare notes a tie. Kinds beside access: Refused by what is said, Stale for a
// tie that is known, Closed once the event's labels are drawn.
func (d *Desk) Declare(ctx context.Context, a contest.Actor, id contest.ID, in Declaration) error {
	atOnce := false
	err := d.work(ctx, a, id, "tie.declared", func(ctx context.Context, ev *event) (map[string]string, error) {
		t, err := ev.fits(in)
		if err != nil {
			return nil, err
		}
		if t.Reason, err = said("/reason", in.Reason, maxReason); err != nil {
			return nil, err
		}
		if !ev.IsSealing() {
			if t.Second, err = d.second(ctx, a, ev.Event, in.Second, seconds); err != nil {
				return nil, err
			}
			atOnce = ev.IsOpen
		}
		t.ID, t.Event, t.Version, t.Way, t.By, t.At = newID(), id, 1, Unsealing, person(a), d.now()
		// The audit says that a tie was declared, and neither whose nor to whom.
		return map[string]string{"tie": t.ID.String()}, d.cfg.Store.AppendTie(ctx, t)
	})
	if err == nil && atOnce {
		err = d.cfg.Judging.Settle(ctx, id)
	}
	return err
}

// fits makes a tie of a declaration.
func (ev *event) fits(in Declaration) (Tie, error) {
	t := Tie{Chair: in.Chair, Kind: in.Kind, Source: in.Source}
	ch, ok := ev.chair(in.Chair)
	if !ok || ch.Judge == "" {
		return t, refused("/chair", "blind.tie_judge")
	}
	t.Judge = ch.Judge
	if !slices.Contains([]Source{Himself, Office, Proposed}, in.Source) {
		return t, refused("/source", "blind.tie_kind")
	}
	var at string
	var found int
	switch in.Kind {
	case Unit, FormerUnit:
		at, t.Unit = "/unit", in.Unit
		found = slices.IndexFunc(ev.entries, func(e contest.Entry) bool { return e.Unit.ID == in.Unit && in.Unit != contest.ID{} })
	case Relative, Mentor, Other:
		at = "/entry_no"
		found = slices.IndexFunc(ev.entries, func(e contest.Entry) bool { return e.EntryNo == in.EntryNo && in.EntryNo != "" })
	default:
		return t, refused("/kind", "blind.tie_kind")
	}
	if found < 0 {
		return t, refused(at, "blind.tie_subject")
	}
	e := ev.entries[found]
	if t.Subject = e.Unit.Name; !in.Kind.IsOfUnit() {
		t.Entry, t.Subject = e.ID, e.EntryNo+" "+e.Name
	}
	for i := range ev.ties {
		o := &ev.ties[i]
		if o.Withdrawn == nil && o.Judge == t.Judge && o.Kind == t.Kind && o.Unit == t.Unit && o.Entry == t.Entry {
			return t, fault.New(fault.Stale, "blind.tie_known", fault.At(at, "blind.tie_known", ""))
		}
	}
	return t, nil
}

func (ev *event) chair(n scoring.ChairID) (contest.Chair, bool) {
	i := slices.IndexFunc(ev.chairs, func(ch contest.Chair) bool { return ch.Number == n })
	if i < 0 {
		return contest.Chair{}, false
	}
	return ev.chairs[i], true
}

// Withdraw takes a tie back, by two persons with a reason. One that the board has
// already is not taken back.
func (d *Desk) Withdraw(ctx context.Context, a contest.Actor, id, tie contest.ID, version int, reason string, second blind.Second) error {
	return d.change(ctx, a, id, tie, version, "tie.withdrawn", func(ctx context.Context, ev *event, t *Tie) error {
		reason, err := said("/reason", reason, maxReason)
		if err != nil {
			return err
		}
		two, err := d.second(ctx, a, ev.Event, second, seconds)
		if err != nil {
			return err
		}
		if applied, err := d.isApplied(ctx, ev, t); err != nil || applied {
			return orApplied(err)
		}
		t.Withdrawn = &Withdrawal{Reason: reason, By: person(a), Second: two, At: d.now()}
		return nil
	})
}

func orApplied(err error) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Refused, "blind.tie_applied")
}

// isApplied says whether the ledger has one of a tie's pairs.
func (d *Desk) isApplied(ctx context.Context, ev *event, t *Tie) (bool, error) {
	if !ev.IsOpen {
		return false, nil
	}
	list, _, err := d.cfg.Judging.Standings(ctx, ev.ID, ev.pairsOf([]Tie{*t}))
	return slices.ContainsFunc(list, func(s Standing) bool { return s.Applied }), err
}

// Choose says what is to be done about a tie: another judge sits there for the
// whole module, named here and put into the chair, or the marks are left out at
// the unsealing. A chair is given to somebody else until marking opens.
func (d *Desk) Choose(ctx context.Context, a contest.Actor, id, tie contest.ID, version int, way Way, judge string) error {
	return d.change(ctx, a, id, tie, version, "tie.way", func(ctx context.Context, ev *event, t *Tie) error {
		switch way {
		case Unsealing:
			t.Way = way
			return nil
		case Replace:
		default:
			return refused("/way", "blind.tie_way")
		}
		judge, err := said("/judge", judge, maxName)
		switch {
		case err != nil:
			return err
		case judge == t.Judge:
			return refused("/judge", "blind.tie_same_judge")
		case ev.IsOpen:
			return fault.New(fault.Refused, "blind.event_open")
		}
		t.Way = way
		return d.cfg.Chairs.Reseat(ctx, a, id, t.Chair, judge)
	})
}

// change writes a further version of a tie that the caller has seen.
func (d *Desk) change(ctx context.Context, a contest.Actor, id, tie contest.ID, version int, what string, fn func(ctx context.Context, ev *event, t *Tie) error) error {
	return d.work(ctx, a, id, what, func(ctx context.Context, ev *event) (map[string]string, error) {
		t, err := ev.tie(tie)
		if err != nil {
			return nil, err
		}
		if t.Version != version {
			return nil, fault.New(fault.Stale, "blind.tie_changed")
		}
		if err := fn(ctx, ev, &t); err != nil {
			return nil, err
		}
		t.Version++
		return map[string]string{"tie": t.ID.String()}, d.cfg.Store.AppendTie(ctx, t)
	})
}

// SetHome notes at which unit a judge works, so that a tie can be proposed; the
// zero unit forgets it.
func (d *Desk) SetHome(ctx context.Context, a contest.Actor, id contest.ID, chair scoring.ChairID, unit contest.ID) error {
	return d.work(ctx, a, id, "tie.home", func(ctx context.Context, ev *event) (map[string]string, error) {
		ch, ok := ev.chair(chair)
		if !ok || ch.Judge == "" {
			return nil, refused("/chair", "blind.tie_judge")
		}
		if unit != (contest.ID{}) && !slices.ContainsFunc(ev.entries, func(e contest.Entry) bool { return e.Unit.ID == unit }) {
			return nil, refused("/unit", "blind.tie_subject")
		}
		return map[string]string{}, d.cfg.Store.SaveHome(ctx, Home{Event: id, Chair: chair, Judge: ch.Judge, Unit: unit})
	})
}
