package honours

import (
	"context"
	"slices"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours/proposal"
)

// TakeUp makes a nomination of a proposal, with the proposal as its evidence. The
// office only. A content without name, unit or person takes the proposal's; who
// won by the proposal counts as a winner (单列).
func (o *Office) TakeUp(ctx context.Context, a contest.Actor, id, campaign, body contest.ID, c Content) (Nomination, error) {
	if err := office(a); err != nil {
		return Nomination{}, err
	}
	var out Nomination
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		p, err := o.Store.FindProposal(ctx, id)
		if err != nil {
			return err
		}
		if p.State != proposal.Proposed {
			return fault.New(fault.Stale, "honours.proposal_taken", fault.At("/", "honours.proposal_taken", string(p.State)))
		}
		if c.PersonKey == "" {
			c.PersonKey = p.PersonKey
		}
		switch {
		case p.PersonKey != "" && c.PersonKey != p.PersonKey:
			return refused("/person_key", "honours.other_person", "")
		case c.Name == "":
			c.Name = p.Name
		}
		if c.Unit == "" {
			c.Unit = p.Unit
		}
		c.Traits = append(slices.Clone(c.Traits), "winner")
		if out, err = o.nominate(ctx, a, Nomination{Campaign: campaign, Body: body, Proposal: p.ID, Content: c}); err != nil {
			return err
		}
		p.State, p.Nomination = proposal.Nominated, out.ID
		return o.Store.ChangeProposal(ctx, p)
	})
	return out, err
}
