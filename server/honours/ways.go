package honours

import (
	"context"
	"slices"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours/sequence"
	"jiangtai/server/honours/union"
)

// What a page can offer beside the acts of a step.
const (
	WayEdit    = "edit"
	WayOpinion = "opinion"
	WayVote    = "vote"
	WayNotice  = "notice"
	WayPaper   = "paper_notice"
	WayObject  = "object"
)

// Way (可办事项) is something that the asker's role can do with a nomination where
// it is. Code is empty when he may do it now, and says why not otherwise: he took
// part before, or has voted.
type Way struct {
	Do   string
	Code string
}

// Ways says what the actor can do with a nomination that he sees. What his role
// has nothing to do with is left out; what is listed can still be refused by the
// step's own conditions.
func (o *Office) Ways(ctx context.Context, a contest.Actor, id contest.ID) ([]Way, error) {
	var out []Way
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		m, err := o.begin(ctx, a, id)
		if err != nil || !m.n.State.Moves() {
			return err
		}
		w := &ways{m: m}
		w.gather()
		if err := w.voted(ctx); err != nil {
			return err
		}
		out = w.list
		return nil
	})
	return out, err
}

type ways struct {
	m    *move
	list []Way
}

func (w *ways) add(do string, err error) {
	if code := fault.Code(err); code != "honours.forbidden" {
		w.list = append(w.list, Way{do, code})
	}
}

func (w *ways) gather() {
	m := w.m
	mine := m.bs.MayTake(m.actor, contest.UnitSteward, m.n.Body)
	if m.n.Step == sequence.Draft {
		if mine {
			w.add(string(Submit), nil)
		}
		if mine || union.IsOffice(m.actor) {
			w.add(WayEdit, nil)
		}
	} else if st := m.seq.Step(m.n.Step); st != nil {
		w.step(st)
	}
	if mine || union.IsOffice(m.actor) {
		w.add(string(Withdraw), nil)
	}
}

// step adds what a step's kind asks for.
func (w *ways) step(st *sequence.Step) {
	m := w.m
	may := m.may(st, contest.Role(st.Role))
	switch st.Kind {
	case sequence.Notice:
		w.add(WayNotice, may)
		if union.IsOffice(m.actor) {
			w.add(WayPaper, m.may(st, contest.UnionOffice))
		}
		if slices.ContainsFunc(m.actor.Grants, func(g contest.Grant) bool { return g.Role != contest.Administrator }) {
			w.add(WayObject, nil)
		}
	case sequence.Ballot:
		w.add(WayVote, m.may(st, contest.CommitteeMember))
		w.add(string(Pass), m.may(st, contest.UnionOffice))
	case sequence.Opinions:
		w.add(WayOpinion, may)
		w.add(string(Pass), may)
		w.add(string(Return), may)
	case sequence.Review, sequence.Approval:
		w.add(string(Pass), may)
		w.add(string(Return), may)
		w.add(string(Reject), may)
	default:
		w.add(string(Pass), may)
	}
}

// voted says of the vote that it was cast.
func (w *ways) voted(ctx context.Context) error {
	at := slices.IndexFunc(w.list, func(v Way) bool { return v.Do == WayVote && v.Code == "" })
	if at < 0 {
		return nil
	}
	has, err := w.m.office.Store.HasVoted(ctx, w.m.n.ID, w.m.n.Round, w.m.actor.Account)
	if has {
		w.list[at].Code = "honours.voted"
	}
	return err
}
