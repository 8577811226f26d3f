package reading

import (
	"context"
	"fmt"

	"jiangtai/server/contest"
	"jiangtai/server/honours"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/union"
)

// History is a campaign's chain as it was read.
type History struct {
	Records []chain.Record
	Entries []chain.Entry
	// Intact says that the chain verifies and that it and the nominations agree.
	Intact bool
	Broken string // what is wrong, for the log of whoever asks; empty when intact
	Names  map[contest.ID]string
}

// History reads the whole chain, for the office and administrators.
func (r *Room) History(ctx context.Context, a contest.Actor, campaign contest.ID) (History, error) {
	if !union.Has(a, contest.UnionOffice, contest.Administrator) {
		return History{}, missing()
	}
	var h History
	err := r.office.Work.Do(ctx, func(ctx context.Context) error {
		c, err := r.office.Store.LockCampaign(ctx, campaign)
		if err != nil {
			return err
		}
		if h.Records, err = r.office.Store.ListRecords(ctx, campaign); err != nil {
			return err
		}
		nominations, err := r.office.Store.ListNominations(ctx, campaign)
		if err != nil {
			return err
		}
		h.Intact, h.Broken = true, ""
		if h.Entries, err = chain.Read(campaign, c.Head, h.Records); err == nil {
			err = agree(chain.Fold(h.Entries), nominations)
		}
		if err != nil {
			h.Intact, h.Broken = false, err.Error()
		}
		h.Names, err = r.names(ctx, actors(h.Entries))
		return err
	})
	return h, err
}

func agree(by map[contest.ID]chain.Place, list []honours.Nomination) error {
	if len(by) != len(list) {
		return fmt.Errorf("%w: it knows %d nominations of %d", chain.ErrBroken, len(by), len(list))
	}
	for _, n := range list {
		if by[n.ID] != (chain.Place{Step: n.Step, State: string(n.State), Round: n.Round}) {
			return fmt.Errorf("%w: nomination %s is not where it says", chain.ErrBroken, n.ID)
		}
	}
	return nil
}
