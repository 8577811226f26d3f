package judging

import (
	"context"
	"slices"

	"jiangtai/server/contest"
)

var (
	// Whoever works for an event or its contest.
	staffRoles = []contest.Role{
		contest.Administrator, contest.Organiser, contest.HostSecretary, contest.ChiefJudge,
		contest.Supervisor, contest.Clerk, contest.Spectator,
	}
	// Who may come to do something, and sees how far marking is: a coding judge
	// reads counts and no mark.
	actRoles = append(slices.Clone(staffRoles), contest.CodingJudge)
	// Who sees marks by label before they are published.
	markRoles = []contest.Role{contest.Administrator, contest.Organiser, contest.ChiefJudge, contest.Supervisor}
	// Who sees the clocks of the floor: the host runs it.
	clockRoles = append(slices.Clone(markRoles), contest.HostSecretary)
)

// staff finds the clerk of an event for somebody who works for it. What is not
// his does not exist for him: Missing.
func (d *Desk) staff(ctx context.Context, actor contest.Actor, event contest.ID) (*post, error) {
	return d.works(ctx, actor, event, staffRoles)
}

// works is staff for these roles.
func (d *Desk) works(ctx context.Context, actor contest.Actor, event contest.ID, roles []contest.Role) (*post, error) {
	if actor.IsPublic() || len(actor.Grants) == 0 {
		return nil, errMissing
	}
	c, err := d.post(ctx, event)
	if err != nil {
		return nil, err
	}
	if !may(actor, c, roles) {
		return nil, errMissing
	}
	return c, nil
}

// reader is staff for those who may see marks.
func (d *Desk) reader(ctx context.Context, actor contest.Actor, event contest.ID) (*post, error) {
	c, err := d.staff(ctx, actor, event)
	if err != nil {
		return nil, err
	}
	if !may(actor, c, markRoles) {
		return nil, errRole
	}
	return c, nil
}

// tablet finds the clerk of a paired tablet's event.
func (d *Desk) tablet(ctx context.Context, actor contest.Actor) (*post, contest.Chair, error) {
	if actor.Device.IsZero() || actor.Chair == 0 {
		return nil, contest.Chair{}, errRole
	}
	c, err := d.post(ctx, actor.Event)
	if err != nil {
		return nil, contest.Chair{}, err
	}
	chair, ok := c.index.Load().Chairs[actor.Chair]
	if !ok {
		return nil, contest.Chair{}, errMissing
	}
	return c, chair, nil
}
