package honours

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/union"
)

// SaveBody makes a union, or changes the one with its id. The office only.
func (o *Office) SaveBody(ctx context.Context, a contest.Actor, b union.Body) (union.Body, error) {
	if err := office(a); err != nil {
		return b, err
	}
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		bs, err := o.AllBodies(ctx)
		if err != nil {
			return err
		}
		if b.ID.IsZero() {
			b.ID = newID()
		} else if _, known := bs[b.ID]; !known {
			return missing("honours.body_missing")
		}
		if err := bs.Check(b); err != nil {
			return err
		}
		if err := o.Store.SaveBody(ctx, b); err != nil {
			return err
		}
		return o.audit(ctx, a, "body.saved", "body", b.ID, map[string]string{"code": b.Code, "members": strconv.Itoa(len(b.Members))})
	})
	return b, err
}

// AddIncident notes an incident of a person or unit. The office only.
func (o *Office) AddIncident(ctx context.Context, a contest.Actor, i Incident) (Incident, error) {
	if err := office(a); err != nil {
		return i, err
	}
	switch {
	case strings.TrimSpace(i.Key) == "" || len(i.Key) > 120:
		return i, refused("/key", "honours.needed", "")
	case !o.knowsKind(i.Kind):
		return i, refused("/kind", "honours.word", i.Kind)
	case i.On.IsZero() || i.On.After(o.today()):
		return i, refused("/on", "honours.day", "")
	case utf8.RuneCountInString(i.Note) > maxText:
		return i, refused("/note", "honours.length", strconv.Itoa(maxText))
	}
	i.ID, i.At = newID(), o.now()
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		if err := o.Store.CreateIncident(ctx, i); err != nil {
			return err
		}
		return o.audit(ctx, a, "incident.added", "incident", i.ID, map[string]string{"kind": i.Kind})
	})
	return i, err
}

func (o *Office) knowsKind(kind string) bool {
	for _, s := range o.Sequences {
		for _, w := range s.Windows {
			if w.Kind == kind {
				return true
			}
		}
	}
	return false
}

// Revoke takes an honour back, with a reason in the campaign's chain. The office
// only, and not by whoever conferred it.
func (o *Office) Revoke(ctx context.Context, a contest.Actor, id contest.ID, reason string) (Honoured, error) {
	if err := office(a); err != nil {
		return Honoured{}, err
	}
	if reason == "" || utf8.RuneCountInString(reason) > maxText {
		return Honoured{}, refused("/reason", "honours.needed", "")
	}
	var out Honoured
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		h, err := o.Store.FindHonoured(ctx, id)
		if err != nil {
			return err
		}
		m, err := o.begin(ctx, a, h.Nomination)
		if err != nil {
			return err
		}
		if h, err = o.Store.FindHonoured(ctx, id); err != nil {
			return err
		}
		switch {
		case !h.RevokedOn.IsZero():
			return conflict("honours.revoked")
		case h.By == a.Who():
			return fault.New(fault.Forbidden, "honours.same_person")
		}
		h.RevokedOn = o.today()
		out = h
		if err := o.Store.ChangeHonoured(ctx, h); err != nil {
			return err
		}
		m.n.State, m.texts = Revoked, reason
		_, err = m.finish(ctx, chain.Revoke, m.n.Step)
		return err
	})
	return out, err
}
