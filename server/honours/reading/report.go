package reading

import (
	"context"
	"slices"
	"strings"

	"jiangtai/server/contest"
	"jiangtai/server/honours"
	"jiangtai/server/honours/quota"
	"jiangtai/server/honours/sequence"
	"jiangtai/server/honours/union"
)

// Share is how many places a county or industry union has, by its members, and
// how many of its nominees are in the running.
type Share struct {
	Body   union.Body
	Places int
	Have   int
}

// Report is how a campaign stands to its quotas: all who are in the running, and
// those on the final list, who have passed every review.
type Report struct {
	Running []quota.Line
	Final   []quota.Line
	Shares  []Share
}

// Report holds a campaign against its quotas. For the office, the committee and
// administrators: the figures of one union tell of the others' nominees.
func (r *Room) Report(ctx context.Context, a contest.Actor, id contest.ID) (Report, error) {
	if !union.ReadsAll(a) {
		return Report{}, missing()
	}
	c, s, err := r.Campaign(ctx, a, id)
	if err != nil {
		return Report{}, err
	}
	list, err := r.office.Store.ListNominations(ctx, id)
	if err != nil {
		return Report{}, err
	}
	bs, err := r.office.AllBodies(ctx)
	if err != nil {
		return Report{}, err
	}
	final := finalStep(s)
	var last []honours.Nomination
	for _, n := range list {
		if n.State == honours.Conferred || n.State == honours.Active && !s.Before(n.Step, final) {
			last = append(last, n)
		}
	}
	return Report{
		Running: quota.Report(honours.Standing(list), c.Quotas), Final: quota.Report(honours.Standing(last), c.Quotas), Shares: shares(c, bs, list),
	}, nil
}

// finalStep is the first step after the last review: whoever is there is on the
// final list.
func finalStep(s *sequence.Sequence) string {
	final := s.Steps[0].ID
	for _, st := range s.Steps {
		if st.Kind == sequence.Review || st.Kind == sequence.Ballot || st.Kind == sequence.Opinions {
			final = s.After(st.ID)
		}
	}
	return final
}

func shares(c honours.Campaign, bs union.Bodies, list []honours.Nomination) []Share {
	var out []Share
	for _, b := range bs {
		if b.Parent.IsZero() && b.Weight > 0 {
			out = append(out, Share{Body: b})
		}
	}
	slices.SortFunc(out, func(x, y Share) int { return strings.Compare(x.Body.Code, y.Body.Code) })
	weights := make([]int64, len(out))
	for i := range out {
		weights[i] = out[i].Body.Weight
	}
	places, err := quota.Shares(c.Places, weights)
	if err != nil {
		return nil // no union has members yet
	}
	for i := range out {
		out[i].Places = places[i]
		for _, n := range list {
			if bs.Above(n.Body) == out[i].Body.ID && (n.State == honours.Conferred || n.State == honours.Active && n.Step != sequence.Draft) {
				out[i].Have++
			}
		}
	}
	return out
}
