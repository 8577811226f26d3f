package honours

import (
	"context"
	"fmt"
	"strconv"

	"jiangtai/server/contest"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/union"
)

// record appends to the campaign's chain. The campaign's row must be held; it is
// changed and saved. An entry that moves nominations names their new place.
func (o *Office) record(ctx context.Context, a contest.Actor, c *Campaign, e chain.Entry, text string) error {
	e.ID, e.Campaign, e.At, e.Actor = newID(), c.ID, o.now(), a.Who()
	r, err := chain.Write(c.Head, &e, text)
	if err != nil {
		return err
	}
	c.Head = chain.Head{Seq: r.Seq, Hash: r.Hash}
	if err := o.Store.AppendRecord(ctx, r); err != nil {
		return err
	}
	if err := o.Store.ChangeCampaign(ctx, *c); err != nil {
		return err
	}
	detail := map[string]string{"seq": strconv.FormatUint(e.Seq, 10), "step": e.Step}
	if len(e.Nominations) == 1 {
		detail["nomination"] = e.Nominations[0].String()
	}
	return o.audit(ctx, a, e.Act, "campaign", c.ID, detail)
}

// History is a campaign's chain as it was read.
type History struct {
	Records []chain.Record
	Entries []chain.Entry
	// Intact says that the chain verifies and that it and the nominations agree.
	Intact bool
	Broken string // what is wrong, for the log of whoever asks; empty when intact
}

// History reads the whole chain, for the office and administrators.
func (o *Office) History(ctx context.Context, a contest.Actor, campaign contest.ID) (History, error) {
	if !union.Has(a, contest.UnionOffice, contest.Administrator) {
		return History{}, missing("honours.campaign_missing")
	}
	var h History
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		c, err := o.Store.LockCampaign(ctx, campaign)
		if err != nil {
			return err
		}
		if h.Records, err = o.Store.ListRecords(ctx, campaign); err != nil {
			return err
		}
		nominations, err := o.Store.ListNominations(ctx, campaign)
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
		return nil
	})
	return h, err
}

func agree(by map[contest.ID]chain.Place, list []Nomination) error {
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
