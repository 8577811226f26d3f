package wiring

import (
	"context"
	"slices"

	"jiangtai/server/app/wiring/intake"
	"jiangtai/server/contest"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/honours/rule"
	"jiangtai/server/plan"
	"jiangtai/server/plan/planstore"
	"jiangtai/server/programme/programmestore"
)

// openPlan makes the desk of the year's plan. Its classes are the words of the
// honour rules that the program carries.
func (a *Rooms) openPlan(records *programmestore.Store, profiles []*rule.Profile) {
	a.Plan = plan.New(plan.Config{
		Store: planstore.New(a.DB), Work: a.DB, Audit: a.Audit, Now: a.Now, Changed: a.Refresh,
		Events:    intake.PlanEvents{Directory: a.Directory, Records: records, Counts: a.counts},
		Programme: intake.PlanProgramme{Office: a.Office},
		Classes:   classesOf(profiles), Lists: listsForPlan{a},
	})
}

// classesOf are the classes that any rules read, in the rules' order.
func classesOf(profiles []*rule.Profile) []string {
	var out []string
	for _, p := range profiles {
		for _, c := range p.Classes {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// FollowLists reports the result lists that were signed since it last did.
func (a *Rooms) FollowLists(ctx context.Context) error {
	_, err := a.Plan.Follow(ctx)
	return err
}

// planned is what the plan says of an event to honours. A full chain demands an
// accepted result, filed or not; a light one demands nothing, and says its class
// where somebody accepted one all the same.
func (a *Rooms) planned(ctx context.Context, e contest.Event) (*proposal.Plan, error) {
	s, err := a.Plan.Standing(ctx, e.ID)
	if err != nil || e.Chain != contest.FullChain && !s.IsAccepted {
		return nil, err
	}
	return &proposal.Plan{Class: s.Class, Planned: s.IsListed, Accepted: s.IsAccepted}, nil
}
