package registration

import (
	"context"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/registration/eligibility"
)

// Entered is what is known of the person behind an entry (参赛人员).
type Entered struct {
	// Key is blind and the same for one person in all contests: by chance, and
	// found by the blind index of the ID number.
	Key        contest.ID
	Name       string
	Employment eligibility.Employment
	Skill      eligibility.Skill
	IsTeacher  bool
	IsFemale   bool
	Born       time.Time
}

// Entered tells by entry number of an event's entries that came through
// registration. It asks no permission and is for other rooms: no number of a
// person is in it. Names are as they were declared; who joins them with entries
// compares them, because staff may have given a number to somebody else since.
func (d *Desk) Entered(ctx context.Context, event contest.ID) (map[string]Entered, error) {
	list, _, err := d.Store.ListRegistrations(ctx, Query{Event: event, Statuses: []Status{Approved}, Limit: -1})
	if err != nil {
		return nil, err
	}
	out := make(map[string]Entered, len(list))
	for _, r := range list {
		out[r.EntryNo] = Entered{
			Key: r.Person, Name: r.Name, Employment: r.Details.Employment, Skill: r.Details.Skill, IsTeacher: r.Details.IsTeacher,
			IsFemale: r.IDNumber.IsFemale(), Born: r.IDNumber.Born(),
		}
	}
	return out, nil
}
