package proposal

import (
	"context"
	"slices"
	"strconv"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

func forbidden() error { return fault.New(fault.Forbidden, "honours.forbidden") }

// office is asked where only the union's office may.
func office(a contest.Actor) error {
	if !a.Has(contest.ID{}, contest.ID{}, contest.UnionOffice) {
		return forbidden()
	}
	return nil
}

// refused is what a rule says no to, at a place.
func refused(path, code, hint string) error {
	return fault.New(fault.Refused, "honours.invalid", fault.At(path, code, hint))
}

// Filings gives all filings. The office and administrators.
func (d *Desk) Filings(ctx context.Context, a contest.Actor) ([]Filing, error) {
	if !a.Has(contest.ID{}, contest.ID{}, contest.UnionOffice, contest.Administrator) {
		return nil, forbidden()
	}
	return d.Store.ListFilings(ctx)
}

// FileContest says which rules read the results of a contest or event. The office only.
// What was published already is read again by them.
func (d *Desk) FileContest(ctx context.Context, a contest.Actor, f Filing) (Filing, error) {
	if err := office(a); err != nil {
		return f, err
	}
	profile := d.profile(f.Profile, f.Version)
	switch {
	case f.Contest.IsZero():
		return f, refused("/contest", "honours.needed", "")
	case profile == nil:
		return f, refused("/profile", "honours.word", f.Profile+" "+strconv.Itoa(f.Version))
	case !slices.Contains(profile.Classes, f.Class):
		return f, refused("/class", "honours.word", f.Class)
	}
	err := d.Work.Do(ctx, func(ctx context.Context) error {
		if err := d.Store.SaveFiling(ctx, f); err != nil {
			return err
		}
		return d.audit(ctx, a, "filed", "contest", f.Contest, map[string]string{
			"event": f.Event.String(), "profile": f.Profile, "version": strconv.Itoa(f.Version), "class": f.Class, "planned": strconv.FormatBool(f.Planned),
		})
	})
	return f, err
}
