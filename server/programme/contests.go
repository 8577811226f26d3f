package programme

import (
	"context"

	"jiangtai/server/contest"
)

// pointer places faults in a JSON document of one object.
func pointer(field string) string { return "/" + field }

// ListContests gives the contests that the actor has a part in, newest first.
func (o *Office) ListContests(ctx context.Context, a contest.Actor, p Page) ([]Contest, int, error) {
	return o.Store.ListContests(ctx, ContestQuery{Scope: scopeOf(a), Page: p.bounded()})
}

// FindContest gives one; Missing programme.contest_missing for others' as well.
func (o *Office) FindContest(ctx context.Context, a contest.Actor, id contest.ID) (Contest, error) {
	return o.contestFor(ctx, a, id)
}

// CreateContest makes an empty contest. Administrators only.
func (o *Office) CreateContest(ctx context.Context, a contest.Actor, d ContestDraft) (Contest, error) {
	if !isAdministrator(a) {
		return Contest{}, forbidden()
	}
	c := form()
	made := c.contest(d, pointer)
	if err := c.Refuse("programme.invalid"); err != nil {
		return Contest{}, err
	}
	made.ID, made.CreatedAt = newID(), o.Now()
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		if err := o.Store.CreateContest(ctx, made); err != nil {
			return err
		}
		return o.Audit.Record(ctx, a, "contest.created", "contest/"+made.ID.String(), map[string]string{"code": made.Code})
	})
	return made, err
}

// ContestChange changes what is not nil. The code stays: packages and people
// know the contest by it.
type ContestChange struct {
	Name, NameEn, Kind, Organiser, StartsOn, EndsOn *string
	Visible                                         *bool
}

// ChangeContest changes a contest that is the actor's to organise. A kind does
// not change away from real: what was marked in earnest stays so.
func (o *Office) ChangeContest(ctx context.Context, a contest.Actor, id contest.ID, ch ContestChange) (Contest, error) {
	var changed Contest
	var events []contest.ID
	err := o.editing(ctx, func() []contest.ID { return events }, func(ctx context.Context) error {
		if _, err := o.contestToEdit(ctx, a, id); err != nil {
			return err
		}
		was, err := o.Store.LockContest(ctx, id)
		if err != nil {
			return err
		}
		c := form()
		changed = c.contest(ch.onto(was), pointer)
		if was.Kind == contest.Real && changed.Kind != contest.Real {
			c.Faults.Add("/kind", "programme.kind_stays", string(was.Kind))
		}
		if err := c.Refuse("programme.invalid"); err != nil {
			return err
		}
		changed.ID, changed.CreatedAt, changed.Events = was.ID, was.CreatedAt, was.Events
		if err := o.Store.ChangeContest(ctx, changed); err != nil {
			return err
		}
		if events, err = o.eventsOf(ctx, id); err != nil {
			return err
		}
		return o.Audit.Record(ctx, a, "contest.changed", "contest/"+id.String(), map[string]string{"code": was.Code})
	})
	return changed, err
}

// eventsOf are the ids of a contest's events: each shows its contest's name, and
// goes by its kind and whether it may be seen.
func (o *Office) eventsOf(ctx context.Context, id contest.ID) ([]contest.ID, error) {
	list, _, err := o.Store.ListEvents(ctx, EventQuery{Scope: Scope{All: true}, Contest: id, Page: Page{Limit: -1}})
	ids := make([]contest.ID, 0, len(list))
	for _, e := range list {
		ids = append(ids, e.ID)
	}
	return ids, err
}

// onto is the contest as a draft with the changes made.
func (ch ContestChange) onto(c Contest) ContestDraft {
	d := ContestDraft{
		Code: c.Code, Name: c.Name, NameEn: c.NameEn, Kind: string(c.Kind), Organiser: c.Organiser,
		StartsOn: dateText(c.StartsOn), EndsOn: dateText(c.EndsOn), Visible: c.Visible,
	}
	set(&d.Name, ch.Name)
	set(&d.NameEn, ch.NameEn)
	set(&d.Kind, ch.Kind)
	set(&d.Organiser, ch.Organiser)
	set(&d.StartsOn, ch.StartsOn)
	set(&d.EndsOn, ch.EndsOn)
	set(&d.Visible, ch.Visible)
	return d
}

// set overwrites where there is something to overwrite with.
func set[T any](at, with *T) {
	if with != nil {
		*at = *with
	}
}
