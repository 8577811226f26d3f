package honours

import (
	"context"
	"slices"
	"strconv"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours/calendar"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/sequence"
	"jiangtai/server/honours/union"
	"jiangtai/server/ledger"
)

// Do is what is done at a step.
type Do string

// What can be done at a step.
const (
	Submit   Do = "submit"   // from the draft
	Pass     Do = "pass"     // forward, by the step's own conditions
	Return   Do = "return"   // to the draft, for correction
	Reject   Do = "reject"   // the end
	Withdraw Do = "withdraw" // the end, by those who nominated or the office
)

// Act is an act on a nomination. It names the step that it is for, so that two
// people who do the same at once do it once.
type Act struct {
	Step     string
	Do       Do
	For      int // votes, or votes of the congress
	Against  int
	Abstain  int
	HeldOn   string // the day of the congress
	Document string // SHA-256 of its minutes, or of the letter
	Reason   string
}

// maxText is the longest reason, in characters.
const maxText = 2000

// maxVotes bounds the votes of one side.
const maxVotes = 1_000_000

// Take does an act on a nomination. Kinds: Missing for what the actor does not
// see, Stale (409) when the nomination is elsewhere or a condition of its step is
// not met, Forbidden by role or because he took part before, Refused and
// Malformed for figures.
func (o *Office) Take(ctx context.Context, a contest.Actor, nomination contest.ID, act Act) (Nomination, error) {
	var out Nomination
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		m, err := o.begin(ctx, a, nomination)
		if err != nil {
			return err
		}
		if err := m.at(act.Step); err != nil {
			return err
		}
		if err := act.check(); err != nil {
			return err
		}
		m.texts = act.Reason
		switch act.Do {
		case Submit:
			out, err = m.submit(ctx)
		case Withdraw:
			out, err = m.withdraw(ctx, act)
		default:
			out, err = m.step(ctx, act)
		}
		return err
	})
	return out, err
}

func (act Act) check() error {
	switch {
	case !slices.Contains([]Do{Submit, Pass, Return, Reject, Withdraw}, act.Do):
		return fault.New(fault.Malformed, "honours.invalid", fault.At("/do", "honours.word", string(act.Do)))
	case min(act.For, act.Against, act.Abstain) < 0 || max(act.For, act.Against, act.Abstain) > maxVotes:
		return refused("/for", "honours.votes", strconv.Itoa(maxVotes))
	case utf8.RuneCountInString(act.Reason) > maxText:
		return refused("/reason", "honours.length", strconv.Itoa(maxText))
	case act.Do != Submit && act.Do != Pass && act.Reason == "":
		return refused("/reason", "honours.needed", "")
	case act.Document != "" && !isSum(act.Document):
		return refused("/document", "honours.sum", "")
	}
	return nil
}

// isSum says whether a text is a SHA-256 in hexadecimal.
func isSum(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && (r < 'a' || r > 'f') {
			return false
		}
	}
	return len(s) == 2*len(ledger.Hash{})
}

// submit begins the road, from the draft: at first and after each return.
func (m *move) submit(ctx context.Context) (Nomination, error) {
	switch {
	case m.n.Step != sequence.Draft:
		return m.n, conflict("honours.step_order")
	case !m.bs.MayTake(m.actor, contest.UnitSteward, m.n.Body):
		return m.n, forbidden()
	case !m.c.Deadline.IsZero() && m.office.today().After(m.c.Deadline):
		return m.n, fault.New(fault.Stale, "honours.deadline", fault.At("/step", "honours.deadline", calendar.Text(m.c.Deadline)))
	}
	if err := m.eligible(ctx); err != nil {
		return m.n, err
	}
	m.n.Step, m.n.State, m.n.Sum = m.seq.After(sequence.Draft), Active, sum(m.n.Content)
	m.n.Round++
	return m.finish(ctx, chain.Submit, sequence.Draft)
}

func (m *move) withdraw(ctx context.Context, act Act) (Nomination, error) {
	if !union.IsOffice(m.actor) && !m.bs.MayTake(m.actor, contest.UnitSteward, m.n.Body) {
		return m.n, forbidden()
	}
	m.n.State = Withdrawn
	return m.finish(ctx, chain.Withdraw, act.Step)
}

// step does what the nomination's step asks for.
func (m *move) step(ctx context.Context, act Act) (Nomination, error) {
	st := m.seq.Step(m.n.Step)
	if st == nil {
		return m.n, conflict("honours.step_order")
	}
	role := contest.Role(st.Role)
	if st.Kind == sequence.Ballot {
		role = contest.UnionOffice // the committee votes, the office counts
	}
	if err := m.may(st, role); err != nil {
		return m.n, err
	}
	if act.Document != "" {
		m.figures["document"] = act.Document
	}
	switch act.Do {
	case Return:
		if !slices.Contains([]sequence.Kind{sequence.Review, sequence.Opinions, sequence.Approval}, st.Kind) {
			return m.n, conflict("honours.step_act")
		}
		m.n.Step, m.n.State = sequence.Draft, Returned
		return m.finish(ctx, chain.Return, act.Step)
	case Reject:
		if st.Kind != sequence.Review && st.Kind != sequence.Approval {
			return m.n, conflict("honours.step_act")
		}
		m.n.State = Rejected
		return m.finish(ctx, chain.Reject, act.Step)
	case Submit:
		return m.n, conflict("honours.step_order")
	}
	if err := m.sound(ctx); err != nil {
		return m.n, err
	}
	return m.pass(ctx, st, act)
}

// pass asks the step's own conditions and goes on.
func (m *move) pass(ctx context.Context, st *sequence.Step, act Act) (Nomination, error) {
	did, passed, err := chain.Pass, true, error(nil)
	switch st.Kind {
	case sequence.Vote:
		passed, err = m.vote(st, act)
	case sequence.Congress:
		err = m.congress(act)
	case sequence.Notice:
		err = conflict("honours.step_notice")
	case sequence.Opinions:
		err = m.opinions(ctx)
	case sequence.Ballot:
		passed, err = m.ballot(ctx, st)
	case sequence.Approval:
		if err = m.opinions(ctx); err == nil {
			err = m.eligible(ctx)
		}
	case sequence.Conferring:
		did = chain.Confer
		if err = m.eligible(ctx); err == nil {
			err = m.confer(ctx)
		}
	}
	if err != nil {
		return m.n, err
	}
	switch {
	case !passed:
		did, m.n.State = chain.Fail, Rejected
	case st.Kind == sequence.Conferring:
		m.n.Step, m.n.State = sequence.Done, Conferred
	default:
		m.n.Step = m.seq.After(st.ID)
	}
	return m.finish(ctx, did, act.Step)
}

// vote weighs a democratic recommendation: those who abstain were asked too.
func (m *move) vote(st *sequence.Step, act Act) (bool, error) {
	asked := act.For + act.Against + act.Abstain
	if asked == 0 {
		return false, refused("/for", "honours.votes", "")
	}
	m.count(act.For, act.Against, act.Abstain)
	return st.Threshold.Reached(act.For, asked), nil
}

func (m *move) count(yes, no, abstain int) {
	m.figures["for"], m.figures["against"], m.figures["abstain"] = strconv.Itoa(yes), strconv.Itoa(no), strconv.Itoa(abstain)
}

// congress asks for the minutes and their day, which is not to come.
func (m *move) congress(act Act) error {
	if act.Document == "" {
		return refused("/document", "honours.needed", "")
	}
	held, err := calendar.ParseDay(act.HeldOn)
	if err != nil || held.After(m.office.today()) {
		return refused("/held_on", "honours.day", act.HeldOn)
	}
	m.figures["held_on"] = act.HeldOn
	m.count(act.For, act.Against, act.Abstain)
	return nil
}

// confer writes the register.
func (m *move) confer(ctx context.Context) error {
	return m.office.Store.CreateHonoured(ctx, Honoured{
		ID: newID(), Nomination: m.n.ID, Kind: m.c.Kind, Honour: m.c.Honour, HonourName: m.seq.Name, HonourEn: m.seq.NameEn, Year: m.c.Year,
		Name: m.n.Name, Unit: m.n.Unit, PersonKey: m.n.PersonKey, ConferredOn: m.office.today(), By: m.actor.Who(),
	})
}
