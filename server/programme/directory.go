package programme

import (
	"context"
	"slices"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// holding is how long an opening keeps edits away. Whoever opens must have
// written the ledger before, or begin again.
const holding = time.Minute

// Directory is the read model that the other subjects follow (目录): the app
// plugs it into judging's, live's and identity's ports. It asks no permission;
// who calls it has asked. It is safe for concurrent use.
type Directory struct {
	store Store
	work  Work
	now   func() time.Time
}

// NewDirectory makes it.
func NewDirectory(store Store, work Work, now func() time.Time) *Directory {
	return &Directory{store, work, now}
}

// Event finds an event; Missing programme.event_missing.
func (d *Directory) Event(ctx context.Context, id contest.ID) (Event, error) {
	return d.store.FindEvent(ctx, id)
}

// Events gives all events of a contest in its order; a zero contest means all.
func (d *Directory) Events(ctx context.Context, id contest.ID) ([]Event, error) {
	list, _, err := d.store.ListEvents(ctx, EventQuery{Scope: Scope{All: true}, Contest: id, Page: Page{Limit: -1}})
	return list, err
}

// Schemes gives all versions of an event's scheme, oldest first.
func (d *Directory) Schemes(ctx context.Context, event contest.ID) ([]SchemeVersion, error) {
	return d.store.ListSchemes(ctx, event)
}

// Chairs gives an event's chairs by number.
func (d *Directory) Chairs(ctx context.Context, event contest.ID) ([]contest.Chair, error) {
	return d.store.ListChairs(ctx, event)
}

// Reseat says who sits in a chair of an event now. Who calls it has asked and recorded
// it. Nothing for a chair that is not there.
func (d *Directory) Reseat(ctx context.Context, event contest.ID, chair scoring.ChairID, judge string) error {
	return d.work.Do(ctx, func(ctx context.Context) error {
		list, err := d.store.ListChairs(ctx, event)
		at := slices.IndexFunc(list, func(ch contest.Chair) bool { return ch.Number == chair })
		if err != nil || at < 0 {
			return err
		}
		list[at].Judge = judge
		return d.store.SaveChairs(ctx, event, list)
	})
}

// Entries gives an event's entries with labels, names and units, by entry
// number. The caller keeps names and codes apart.
func (d *Directory) Entries(ctx context.Context, event contest.ID) ([]contest.Entry, error) {
	return d.store.ListEntries(ctx, event)
}

// Hold keeps an event's scheme, chairs and entries as they are for a minute and
// then finds it: read them after Hold and write the opening within its time.
// Refused programme.scheme_missing or programme.no_entries when there is nothing
// to open with.
func (d *Directory) Hold(ctx context.Context, id contest.ID) (Event, error) {
	var held Event
	err := d.work.Do(ctx, func(ctx context.Context) error {
		var err error
		if held, err = d.store.LockEvent(ctx, id); err != nil {
			return err
		}
		schemes, err := d.store.ListSchemes(ctx, id)
		if err != nil {
			return err
		}
		entries, err := d.store.ListEntries(ctx, id)
		if err != nil {
			return err
		}
		switch {
		case len(schemes) == 0:
			return fault.New(fault.Refused, "programme.scheme_missing")
		case len(entries) == 0:
			return fault.New(fault.Refused, "programme.no_entries")
		}
		held.HeldUntil = d.now().Add(holding)
		return d.store.ChangeEvent(ctx, held)
	})
	return held, err
}

// Release ends what Hold began, when the opening was not written.
func (d *Directory) Release(ctx context.Context, id contest.ID) error {
	return d.work.Do(ctx, func(ctx context.Context) error {
		e, err := d.store.LockEvent(ctx, id)
		if err != nil {
			return err
		}
		e.HeldUntil = time.Time{}
		return d.store.ChangeEvent(ctx, e)
	})
}
