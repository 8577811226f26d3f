package honours

import (
	"context"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/sequence"
	"jiangtai/server/honours/union"
)

// The answers of a department.
const (
	Agree    = "agree"
	Disagree = "disagree"
	NoRecord = "no_record"
)

// OpinionDraft is a department's letter as the office keys it in.
type OpinionDraft struct {
	Department string
	Answer     string
	Number     string
	GivenOn    time.Time
	ExpiresOn  time.Time
	Reason     string // of a disagreement
}

// AddOpinion notes a department's answer. The office only, at the step that asks
// for opinions. A disagreement is a veto: it ends the nomination.
func (o *Office) AddOpinion(ctx context.Context, a contest.Actor, nomination contest.ID, d OpinionDraft) (Nomination, error) {
	var out Nomination
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		m, err := o.begin(ctx, a, nomination)
		if err != nil {
			return err
		}
		st := m.seq.Step(m.n.Step)
		if !m.n.State.Moves() {
			return m.at(m.n.Step)
		}
		if st == nil || st.Kind != sequence.Opinions {
			return m.at("")
		}
		if err := m.may(st, contest.Role(st.Role)); err != nil {
			return err
		}
		if err := m.checkOpinion(d); err != nil {
			return err
		}
		if err := o.Store.AppendOpinion(ctx, Opinion{
			Nomination: m.n.ID, Round: m.n.Round, Department: d.Department, Answer: d.Answer, Number: d.Number,
			GivenOn: d.GivenOn, ExpiresOn: d.ExpiresOn, At: o.now(),
		}); err != nil {
			return err
		}
		m.texts = d.Reason
		m.figures["department"], m.figures["answer"], m.figures["number"] = d.Department, d.Answer, d.Number
		if d.Answer == Disagree {
			m.n.State = Vetoed
			out, err = m.finish(ctx, chain.Veto, m.n.Step)
			return err
		}
		out = m.n
		err = o.record(ctx, a, &m.c, chain.Entry{Act: chain.Opinion, Nominations: []contest.ID{m.n.ID}, Step: m.n.Step, Figures: m.figures}, m.texts)
		return err
	})
	return out, err
}

func (m *move) checkOpinion(d OpinionDraft) error {
	today := m.office.today()
	switch {
	case !slices.Contains(m.seq.Departments[m.n.Category], d.Department):
		return refused("/department", "honours.word", d.Department)
	case !slices.Contains([]string{Agree, Disagree, NoRecord}, d.Answer):
		return refused("/answer", "honours.word", d.Answer)
	case d.Number == "" || utf8.RuneCountInString(d.Number) > 80:
		return refused("/number", "honours.needed", "")
	case d.GivenOn.IsZero() || d.GivenOn.After(today):
		return refused("/given_on", "honours.day", "")
	case d.ExpiresOn.Before(today) || d.ExpiresOn.Before(d.GivenOn):
		return refused("/expires_on", "honours.day", "")
	case d.Answer == Disagree && d.Reason == "":
		return refused("/reason", "honours.needed", "")
	case utf8.RuneCountInString(d.Reason) > maxText:
		return refused("/reason", "honours.length", strconv.Itoa(maxText))
	}
	return nil
}

// opinions asks that every department of the nominee's category has answered and
// that no answer has run out. Where a sequence asks nobody there is nothing to
// miss.
func (m *move) opinions(ctx context.Context) error {
	if !slices.ContainsFunc(m.seq.Steps, func(st sequence.Step) bool { return st.Kind == sequence.Opinions }) {
		return nil
	}
	list, err := m.office.Store.ListOpinions(ctx, m.n.ID)
	if err != nil {
		return err
	}
	newest := map[string]Opinion{}
	for _, op := range list {
		if op.Round == m.n.Round {
			newest[op.Department] = op
		}
	}
	var fields []fault.Field
	for _, d := range m.seq.Departments[m.n.Category] {
		op, given := newest[d]
		switch {
		case !given:
			fields = append(fields, fault.At(d, "honours.opinion_missing", ""))
		case op.ExpiresOn.Before(m.office.today()):
			fields = append(fields, fault.At(d, "honours.opinion_expired", ""))
		}
	}
	if len(fields) > 0 {
		return fault.New(fault.Stale, "honours.opinions", fields...)
	}
	return nil
}

// The choices of a ballot.
const (
	VoteFor     = "for"
	VoteAgainst = "against"
	VoteAbstain = "abstain"
)

// CastVote casts a committee member's vote on a nomination, once. After the count
// it is 409, and what was withdrawn is Missing.
func (o *Office) CastVote(ctx context.Context, a contest.Actor, nomination contest.ID, choice string) error {
	if !union.Has(a, contest.CommitteeMember) || a.Account.IsZero() {
		return forbidden()
	}
	if !slices.Contains([]string{VoteFor, VoteAgainst, VoteAbstain}, choice) {
		return refused("/choice", "honours.word", choice)
	}
	return o.Work.Do(ctx, func(ctx context.Context) error {
		m, err := o.begin(ctx, a, nomination)
		if err != nil {
			return err
		}
		st := m.seq.Step(m.n.Step)
		switch {
		case m.n.State == Withdrawn:
			return missing("honours.nomination_missing")
		case m.n.State != Active || st == nil || st.Kind != sequence.Ballot:
			return conflict("honours.vote_closed")
		}
		if err := m.may(st, contest.CommitteeMember); err != nil {
			return err
		}
		// The ballot's id is drawn anew, so that it tells neither who nor when.
		if err := o.Store.AppendVote(ctx, m.n.ID, m.n.Round, a.Account, newBallotID(), choice); err != nil {
			return err
		}
		counted, err := o.Store.CountVotes(ctx, m.n.ID, m.n.Round)
		if err != nil {
			return err
		}
		if cast(counted) > m.c.Committee {
			return conflict("honours.committee_full")
		}
		return o.audit(ctx, a, "vote", "nomination", m.n.ID, nil)
	})
}

func cast(counted map[string]int) int {
	return counted[VoteFor] + counted[VoteAgainst] + counted[VoteAbstain]
}

// ballot counts the committee's votes: k of all n members, when enough of them
// have voted.
func (m *move) ballot(ctx context.Context, st *sequence.Step) (bool, error) {
	counted, err := m.office.Store.CountVotes(ctx, m.n.ID, m.n.Round)
	if err != nil {
		return false, err
	}
	if !st.Quorum.Reached(cast(counted), m.c.Committee) {
		return false, fault.New(fault.Stale, "honours.quorum", fault.At("/step", "honours.quorum", strconv.Itoa(st.Quorum.Least(m.c.Committee))))
	}
	m.count(counted[VoteFor], counted[VoteAgainst], counted[VoteAbstain])
	m.figures["committee"] = strconv.Itoa(m.c.Committee)
	return st.Threshold.Reached(counted[VoteFor], m.c.Committee), nil
}
