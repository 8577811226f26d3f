package programme

import (
	"context"

	"jiangtai/server/contest"
)

// ListUnits gives a contest's units by code, for its staff. A judge's tablet does
// not get them: who marks works without names needs no list of where they may
// come from.
func (o *Office) ListUnits(ctx context.Context, a contest.Actor, id contest.ID, p Page) ([]contest.Unit, int, error) {
	if _, err := o.contestFor(ctx, a, id); err != nil {
		return nil, 0, err
	}
	if !a.Device.IsZero() {
		return nil, 0, forbidden()
	}
	return o.Store.ListUnits(ctx, id, p.bounded())
}

// CreateUnit adds a unit to a contest that is the actor's to organise.
func (o *Office) CreateUnit(ctx context.Context, a contest.Actor, id contest.ID, d UnitDraft) (contest.Unit, error) {
	var made contest.Unit
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		if _, err := o.contestToEdit(ctx, a, id); err != nil {
			return err
		}
		c := form()
		known, err := o.unitsByCode(ctx, id)
		if err != nil {
			return err
		}
		one := []contest.Unit{c.Unit(d, 0, inDocument, map[string]bool{})}
		c.Parents(one, []string{d.Parent}, []int{0}, inDocument, known)
		made = one[0]
		if err := c.Refuse("programme.invalid"); err != nil {
			return err
		}
		if err := o.Store.CreateUnits(ctx, id, []contest.Unit{made}); err != nil {
			return err
		}
		return o.Audit.Record(ctx, a, "unit.created", "unit/"+made.ID.String(), map[string]string{"code": made.Code})
	})
	return made, err
}

// ListHosts gives a contest's hosts by code, for all who have a part in it.
func (o *Office) ListHosts(ctx context.Context, a contest.Actor, id contest.ID) ([]Host, error) {
	if _, err := o.contestFor(ctx, a, id); err != nil {
		return nil, err
	}
	return o.Store.ListHosts(ctx, id)
}

// CreateHost adds a host to a contest that is the actor's to organise.
func (o *Office) CreateHost(ctx context.Context, a contest.Actor, id contest.ID, d HostDraft) (Host, error) {
	var made Host
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		if _, err := o.contestToEdit(ctx, a, id); err != nil {
			return err
		}
		c := form()
		made = c.host(d, 0, inDocument, map[string]bool{})
		if err := c.Refuse("programme.invalid"); err != nil {
			return err
		}
		made.Contest = id
		if err := o.Store.CreateHosts(ctx, []Host{made}); err != nil {
			return err
		}
		return o.Audit.Record(ctx, a, "host.created", "host/"+made.ID.String(), map[string]string{"code": made.Code})
	})
	return made, err
}

func (o *Office) hostsByCode(ctx context.Context, id contest.ID) (map[string]contest.ID, error) {
	list, err := o.Store.ListHosts(ctx, id)
	if err != nil {
		return nil, err
	}
	out := make(map[string]contest.ID, len(list))
	for _, h := range list {
		out[h.Code] = h.ID
	}
	return out, nil
}

func (o *Office) unitsByCode(ctx context.Context, id contest.ID) (map[string]contest.Unit, error) {
	list, _, err := o.Store.ListUnits(ctx, id, Page{Limit: -1})
	if err != nil {
		return nil, err
	}
	out := make(map[string]contest.Unit, len(list))
	for _, u := range list {
		out[u.Code] = u
	}
	return out, nil
}
