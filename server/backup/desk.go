package backup

import (
	"context"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Desk is the door for people (备份台). It is safe for concurrent use.
type Desk struct {
	keeper *Keeper
	audit  Audit
}

// NewDesk makes the desk of a keeper.
func NewDesk(k *Keeper, a Audit) *Desk { return &Desk{k, a} }

// List gives the backups of the server's folder. For administrators: Forbidden
// backup.forbidden.
func (d *Desk) List(_ context.Context, actor contest.Actor) (State, error) {
	if err := may(actor); err != nil {
		return State{}, err
	}
	return d.keeper.State()
}

// Make has a backup made and does not wait for it: State tells when it is there.
// For administrators; it is in the audit.
func (d *Desk) Make(ctx context.Context, actor contest.Actor) (State, error) {
	if err := may(actor); err != nil {
		return State{}, err
	}
	if err := d.audit.Record(ctx, actor, "backup.asked", "backup", nil); err != nil {
		return State{}, err
	}
	d.keeper.Ask(Manual) //nolint:contextcheck // a backup outlives who asked for it
	return d.keeper.State()
}

func may(actor contest.Actor) error {
	if actor.IsPublic() {
		return fault.New(fault.Unauthenticated, "web.sign_in")
	}
	if !actor.Has(contest.ID{}, contest.ID{}, contest.Administrator) {
		return fault.New(fault.Forbidden, "backup.forbidden")
	}
	return nil
}
