package judging

import (
	"context"
	"strconv"
	"unicode/utf8"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging/clerk"
	"jiangtai/server/ledger"
)

// Act does what an official may do to an event and gives the receipt of the
// record that it has become. Kinds: Missing when the actor has nothing to do
// with the event, Forbidden by role or for want of a second person, Malformed,
// Refused, Stale, or what a gate answers.
func (d *Desk) Act(ctx context.Context, actor contest.Actor, event contest.ID, act Act) (Receipt, error) {
	c, g, err := d.mayAct(ctx, actor, event, act)
	if err != nil {
		return Receipt{}, err
	}
	second, err := d.second(ctx, actor, c.index.Load().Setup, act, g)
	if err != nil {
		return Receipt{}, err
	}
	if act.Kind == ActPublish {
		if err := c.follow(ctx, persons{}); err != nil {
			return Receipt{}, err
		}
	}
	out, err := c.guarded(ctx, actor, act, func() ([]clerk.Item, error) { return c.actItems(ctx, actor, second, act, g) })
	if err == nil && out.Fault != nil {
		err = out.Fault
	}
	if err != nil {
		if act.Kind == ActOpen {
			c.release(ctx, err)
		}
		return Receipt{}, err
	}
	if act.Kind == ActReplace {
		if err := c.reseat(ctx, actor, act); err != nil {
			return Receipt{}, err
		}
	}
	if act.Kind == ActOpen || act.Kind == ActUnseal {
		// The act stands; what is owed is tried again, at the latest before publishing.
		if err := c.follow(ctx, persons{actor.Who(), second.Who()}); err != nil {
			d.cfg.Log.Warn("what the event owes is not written yet", "event", event, "error", err)
		}
	}
	d.audit(ctx, actor, "act."+string(act.Kind), event.String(), map[string]string{
		"act": act.ID.String(), "entry": act.EntryNo + act.Work, "value": act.Value, "reason": act.Reason, "second": second.Name,
	})
	return out.Receipt, nil
}

func (d *Desk) mayAct(ctx context.Context, actor contest.Actor, event contest.ID, act Act) (*post, grant, error) {
	c, err := d.works(ctx, actor, event, actRoles)
	if err != nil {
		return nil, grant{}, err
	}
	g, known := grants[act.Kind]
	switch {
	case !known:
		return nil, g, malformed("/act", "judging.unknown_kind")
	case act.ID.IsZero():
		return nil, g, malformed("/act_id", "judging.mark_id_missing")
	case utf8.RuneCountInString(act.Reason) > MaxText:
		return nil, g, fault.New(fault.Refused, "judging.text_length", fault.At("/reason", "judging.text_length", strconv.Itoa(MaxText)))
	case !may(actor, c, g.roles):
		d.audit(ctx, actor, "act.refused", event.String(), map[string]string{"act": string(act.Kind)})
		return nil, g, errRole
	case g.reason && act.Reason == "":
		return nil, g, fault.New(fault.Refused, "judging.reason", fault.At("/reason", "judging.reason", ""))
	}
	return c, g, nil
}

func may(actor contest.Actor, c *post, roles []contest.Role) bool {
	s := c.index.Load().Setup
	return actor.Has(s.Event.Contest, c.event, roles...)
}

// second verifies the second person where one is needed or named.
func (d *Desk) second(ctx context.Context, actor contest.Actor, s *Setup, act Act, g grant) (contest.Actor, error) {
	if act.Second == nil {
		if g.second == always || g.second == whenReal && s.Kind == contest.Real {
			return contest.Actor{}, errTwoPersons
		}
		return contest.Actor{}, nil
	}
	two, err := d.cfg.Seconds.Second(ctx, act.Second.User, act.Second.Password)
	if err != nil {
		return contest.Actor{}, err
	}
	if two.Who() == actor.Who() || !two.Has(s.Event.Contest, s.Event.ID, witnesses...) {
		d.audit(ctx, actor, "act.refused", s.Event.ID.String(), map[string]string{"act": string(act.Kind), "second": two.Name})
		return contest.Actor{}, errTwoPersons
	}
	return two, nil
}

// actItems makes the records of an act, in the clerk's goroutine.
func (p *post) actItems(ctx context.Context, actor, second contest.Actor, act Act, g grant) ([]clerk.Item, error) {
	x := p.index.Load()
	cmd := scoring.Command{
		Kind: g.kind, MarkID: act.ID, Actor: actor.Who(), Second: second.Who(), Value: act.Value,
		Aspect: act.Aspect, Chair: act.Chair, Attempt: act.Attempt, Round: act.Round, Supersedes: act.Mark,
		Version: x.Setup.Version,
	}
	if act.Reason != "" {
		cmd.TextHash = ledger.TextHash(act.ID, act.Reason)
	}
	var tablets []Tablet
	if act.Kind == ActLock && second.IsPublic() {
		var err error
		if tablets, err = p.desk.cfg.Tablets.Tablets(ctx, p.event); err != nil {
			return nil, err
		}
	}
	opens, err := p.fits(x, act, &cmd, second.IsPublic(), may(actor, p, coders), tablets)
	switch {
	case err != nil:
		return nil, err
	case opens:
		return p.openItems(ctx, cmd, act)
	case act.Kind == ActReplace:
		return p.sitItem(ctx, cmd, act, second.IsPublic())
	case act.Kind == ActLock:
		if err := p.Intact(ctx); err != nil {
			return nil, err
		}
	case act.Kind == ActPublish:
		if err := p.settledUp(ctx); err != nil {
			return nil, err
		}
	}
	return []clerk.Item{clerk.NewItem(cmd, act.Reason)}, nil
}

// fits fills in the entry that an act is about, asks that outboxes are empty
// before a lock by one person, and says whether the act opens an empty ledger.
// While sealed an act by entry number is for who has the codes: its record would
// tell anybody else whose label that is.
func (p *post) fits(x *index, act Act, cmd *scoring.Command, alone, codes bool, tablets []Tablet) (opens bool, err error) {
	s, done := p.Look()
	defer done()
	sealed := s.Board.Sealed()
	if sealed && act.EntryNo != "" && !codes {
		return false, errByLabel
	}
	if err := find(x, act, sealed, cmd); err != nil {
		return false, err
	}
	if act.Kind == ActLock && alone && !s.Knows(act.ID) {
		return false, p.desk.unsent.Drained(s, tablets, p.desk.cfg.Now())
	}
	return act.Kind == ActOpen && s.Seq() == 0, nil
}

// release lets edits in again after an opening that was refused: what was missing
// wants to be put right. While the outcome is not known they stay away. It waits
// its turn, so that it does not end the hold of another opening.
func (p *post) release(ctx context.Context, why error) {
	if !clerk.IsFinal(fault.Of(why)) {
		return
	}
	_, err := p.Do(ctx, func() ([]clerk.Item, error) { return nil, p.desk.cfg.Events.Release(ctx, p.event) })
	if err != nil {
		p.desk.cfg.Log.Warn("an opening that was refused holds edits up for a minute", "event", p.event, "error", err)
	}
}

// openItems reads the setup once more, held still, and makes the prelude of it.
func (p *post) openItems(ctx context.Context, cmd scoring.Command, act Act) ([]clerk.Item, error) {
	if err := p.desk.cfg.Events.Hold(ctx, p.event); err != nil {
		return nil, err
	}
	if err := p.refresh(ctx); err != nil {
		return nil, err
	}
	cmd.Version = p.index.Load().Setup.Version
	items, err := prelude(p.index.Load().Setup, cmd)
	if err != nil {
		return nil, err
	}
	return append(items, clerk.NewItem(cmd, act.Reason)), nil
}

// find fills in the entry that an act is about.
func find(x *index, act Act, sealed bool, cmd *scoring.Command) error {
	var ok bool
	switch act.Kind {
	case ActAbsent:
		at, known := x.Aspects[act.Aspect]
		if cmd.Entry, ok = x.Marked(at, act.Work); !known || !ok {
			return errMissing
		}
	case ActStatus, ActDecide:
		if cmd.Entry, ok = x.Entry(open, act.EntryNo); act.EntryNo == "" {
			cmd.Entry, ok = x.StaffEntry(act.Work, sealed)
		}
		if !ok {
			return errMissing
		}
	}
	return nil
}
