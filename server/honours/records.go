package honours

import (
	"context"
	"strconv"

	"jiangtai/server/contest"
	"jiangtai/server/honours/chain"
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
