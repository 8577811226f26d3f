package honours

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/union"
)

// Bodies gives the unions: all of them for whoever reads all, else those the
// actor acts for and those below.
func (o *Office) Bodies(ctx context.Context, a contest.Actor) ([]union.Body, error) {
	if !union.IsStaff(a) {
		return nil, forbidden()
	}
	bs, err := o.bodies(ctx)
	if err != nil {
		return nil, err
	}
	list, err := o.Store.ListBodies(ctx)
	return slices.DeleteFunc(list, func(b union.Body) bool { return !bs.MaySee(a, b.ID) }), err
}

// SaveBody makes a union, or changes the one with its id. The office only.
func (o *Office) SaveBody(ctx context.Context, a contest.Actor, b union.Body) (union.Body, error) {
	if err := office(a); err != nil {
		return b, err
	}
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		bs, err := o.bodies(ctx)
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

// Incidents gives all incidents, newest first. The office and administrators.
func (o *Office) Incidents(ctx context.Context, a contest.Actor) ([]Incident, error) {
	if !union.Has(a, contest.UnionOffice, contest.Administrator) {
		return nil, forbidden()
	}
	return o.Store.ListIncidents(ctx)
}

// Notices gives a campaign's notices for the office, the committee and
// administrators.
func (o *Office) Notices(ctx context.Context, a contest.Actor, campaign contest.ID) ([]Notice, []Objection, error) {
	if !union.ReadsAll(a) {
		return nil, nil, missing("honours.campaign_missing")
	}
	if _, err := o.Store.FindCampaign(ctx, campaign); err != nil {
		return nil, nil, err
	}
	notices, err := o.Store.ListNotices(ctx, campaign)
	if err != nil {
		return nil, nil, err
	}
	objections, err := o.Store.ListObjections(ctx, campaign)
	for i := range objections {
		objections[i] = objections[i].seenBy(a)
	}
	return notices, objections, err
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
