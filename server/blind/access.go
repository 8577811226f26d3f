package blind

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

var (
	// Who sees how far check-in and draws are.
	viewers = []contest.Role{
		contest.Administrator, contest.Organiser, contest.HostSecretary, contest.CodingJudge, contest.Supervisor, contest.ChiefJudge,
	}
	// Who sees names, since they made the list.
	namers = []contest.Role{contest.Administrator, contest.Organiser, contest.HostSecretary}
	// Who checks entries in.
	receivers = []contest.Role{contest.Administrator, contest.Organiser, contest.HostSecretary, contest.CodingJudge}
	coders    = []contest.Role{contest.CodingJudge}
	// Who may ask for the unsealing, and who learns pairs by it.
	unsealers = []contest.Role{contest.CodingJudge, contest.Organiser}
	informed  = []contest.Role{contest.Administrator, contest.Organiser}
	// Offices that a coding judge of a full chain must not hold beside.
	others = []contest.Role{contest.Administrator, contest.Organiser, contest.HostSecretary, contest.ChiefJudge, contest.Clerk}
	// The second person of strikes and of draws made void.
	watchers = []contest.Role{contest.Supervisor, contest.Organiser, contest.Administrator, contest.CodingJudge}
	// The second person of an unsealing.
	supervisors = []contest.Role{contest.Supervisor}
)

func missing() error   { return fault.New(fault.Missing, "blind.missing") }
func forbidden() error { return fault.New(fault.Forbidden, "blind.forbidden") }

// second verifies the second person: another one, of one of the roles.
func (d *Desk) second(ctx context.Context, a contest.Actor, e Event, s Second, roles []contest.Role) (contest.Actor, error) {
	if s.User == "" {
		return contest.Actor{}, fault.New(fault.Forbidden, "blind.two_persons")
	}
	two, err := d.Seconds.Second(ctx, s.User, s.Password)
	if err != nil {
		return contest.Actor{}, err
	}
	if two.Who() == a.Who() || !two.Has(e.Contest, e.ID, roles...) {
		return contest.Actor{}, fault.New(fault.Forbidden, "blind.two_persons")
	}
	return two, nil
}

// mayCode holds a coding judge against what a full chain demands of him.
func (s *sheet) mayCode(a contest.Actor, l Layer) error {
	if !s.isFull() {
		return nil
	}
	if a.Has(s.Contest, s.ID, others...) {
		return fault.New(fault.Forbidden, "blind.two_hats")
	}
	for _, d := range s.draws {
		if d.Phase != Void && d.Layer != l && d.Judge == a.Who() {
			return fault.New(fault.Forbidden, "blind.same_judge")
		}
	}
	return nil
}

const (
	maxName   = 60
	maxReason = 500
)

// said checks a text that somebody typed: showable, not empty, not too long.
func said(at, text string, limit int, required bool) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "" && required:
		return "", fault.New(fault.Refused, "blind.empty", fault.At(at, "blind.empty", ""))
	case utf8.RuneCountInString(text) > limit:
		return "", fault.New(fault.Refused, "blind.too_long", fault.At(at, "blind.too_long", ""))
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }):
		return "", fault.New(fault.Refused, "blind.not_showable", fault.At(at, "blind.not_showable", ""))
	}
	return text, nil
}
