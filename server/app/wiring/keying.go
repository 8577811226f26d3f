package wiring

import (
	"context"

	"jiangtai/server/app/wiring/keyed"
	"jiangtai/server/contest"
	"jiangtai/server/keying"
	"jiangtai/server/keying/keyingstore"
	"jiangtai/server/keying/keyingweb"
)

// openKeying makes the desk of double keying.
func (a *Rooms) openKeying() {
	a.Keying = keying.New(keying.Config{
		Store: keyingstore.New(a.DB), Work: a.DB, Sheets: keyed.Sheets{Desk: a.Desk, Tablets: tabletsForJudging{a.Identity}},
		Papers: keyed.Papers{Desk: a.Signing}, Eyes: keyingweb.NewEyes(), Seconds: a.Identity, Audit: a.Audit, Now: a.Now,
	})
}

// keyingForJudging is judging's Keying; before the room is open nothing is keyed.
type keyingForJudging struct{ *Rooms }

// IsTwice tells whether an event's chairs are keyed twice.
func (p keyingForJudging) IsTwice(ctx context.Context, e contest.Event) (bool, error) {
	if p.Keying == nil {
		return false, nil
	}
	return p.Keying.IsTwice(ctx, e)
}
