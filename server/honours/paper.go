package honours

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours/calendar"
)

// Ran is how a notice ran on paper (线下公示), before anybody put it up here: the
// days it hung, the SHA-256 of its proof (公示无异议, with seal) among the files of
// one of those on it, and why it is recorded afterwards.
type Ran struct {
	StartsOn time.Time
	EndsOn   time.Time
	Evidence string
	Reason   string
}

// earliest is how long ago a notice may have begun that still counts.
const earliest = 400 * 24 * time.Hour

// checkRan asks what can be said without the campaign: only the office may say
// that a notice ran, and not of one that is still running.
func (o *Office) checkRan(a contest.Actor, r Ran) error {
	if err := office(a); err != nil {
		return err
	}
	today := o.today()
	switch {
	case r.StartsOn.IsZero() || r.StartsOn.After(today) || today.Sub(r.StartsOn) > earliest:
		return refused("/ran/starts_on", "honours.day", calendar.Text(r.StartsOn))
	case r.EndsOn.Before(r.StartsOn) || o.Now().Before(contest.EndOf(r.EndsOn)):
		return refused("/ran/ends_on", "honours.day", calendar.Text(r.EndsOn))
	case !isSum(r.Evidence):
		return refused("/ran/evidence", "honours.sum", "")
	case strings.TrimSpace(r.Reason) == "":
		return refused("/ran/reason", "honours.needed", "")
	case utf8.RuneCountInString(r.Reason) > maxText:
		return refused("/ran/reason", "honours.length", strconv.Itoa(maxText))
	}
	return nil
}

// ran asks that a paper notice hung for its working days, and that its proof is
// kept, and says when it ended.
func (b *board) ran(ctx context.Context, r Ran, on []contest.ID, least time.Time) (time.Time, error) {
	if r.EndsOn.Before(least) {
		return least, fault.New(fault.Refused, "honours.short_notice", fault.At("/ran/ends_on", "honours.short_notice", calendar.Text(least)))
	}
	kept, err := b.office.Store.KeepsFile(ctx, on, r.Evidence)
	if err != nil {
		return least, err
	}
	if !kept {
		return least, fault.New(fault.Refused, "honours.invalid", fault.At("/ran/evidence", "honours.file_missing", ""))
	}
	b.figures["evidence"] = r.Evidence
	err = b.office.audit(ctx, b.actor, "notice.ran_on_paper", "campaign", b.c.ID, map[string]string{
		"step": b.st.ID, "starts_on": calendar.Text(r.StartsOn), "ends_on": calendar.Text(r.EndsOn), "evidence": r.Evidence,
	})
	return r.EndsOn, err
}
