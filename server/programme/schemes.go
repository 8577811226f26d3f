package programme

import (
	"bytes"
	"context"
	"crypto/sha256"
	"strconv"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme/labels"
	"jiangtai/server/programme/outline"
	"jiangtai/server/programme/workcode"
)

// Outline is what the office must know of a marking scheme.
type Outline = outline.Outline

// Scheme gives the newest version of an event's scheme, and its outline, to the
// event's staff. Missing programme.scheme_missing when there is none yet.
func (o *Office) Scheme(ctx context.Context, a contest.Actor, id contest.ID) (SchemeVersion, Outline, error) {
	if _, err := o.eventFor(ctx, a, id); err != nil {
		return SchemeVersion{}, Outline{}, err
	}
	return o.newest(ctx, id)
}

// Schemes gives all versions, oldest first, to the event's staff.
func (o *Office) Schemes(ctx context.Context, a contest.Actor, id contest.ID) ([]SchemeVersion, error) {
	if _, err := o.eventFor(ctx, a, id); err != nil {
		return nil, err
	}
	return o.Store.ListSchemes(ctx, id)
}

// newest is the newest version with its outline.
func (o *Office) newest(ctx context.Context, id contest.ID) (SchemeVersion, Outline, error) {
	list, err := o.Store.ListSchemes(ctx, id)
	if err != nil {
		return SchemeVersion{}, Outline{}, err
	}
	if len(list) == 0 {
		return SchemeVersion{}, Outline{}, fault.New(fault.Missing, "programme.scheme_missing")
	}
	v := list[len(list)-1]
	out, fields := outline.Read(v.Text, "")
	if fields != nil {
		return SchemeVersion{}, Outline{}, fault.New(fault.Internal, "programme.scheme_unreadable", fields...)
	}
	return v, out, nil
}

// CanPutScheme says whether the actor may give the event a scheme, before a
// workbook is unpacked for it.
func (o *Office) CanPutScheme(ctx context.Context, a contest.Actor, id contest.ID) error {
	e, err := o.eventFor(ctx, a, id)
	if err == nil && !mayOrganise(a, e.Contest) {
		err = forbidden()
	}
	return err
}

// PutScheme makes text the newest version of the event's scheme, by who
// organises the contest, while the event is not open. The version that is there
// already is answered again and not made twice. Chairs must fit the new panels.
func (o *Office) PutScheme(ctx context.Context, a contest.Actor, id contest.ID, text []byte, reason string) (SchemeVersion, error) {
	shape, fields := outline.Read(text, "")
	if fields != nil {
		return SchemeVersion{}, fault.New(fault.Refused, "programme.scheme_faulty", fields...)
	}
	var made SchemeVersion
	err := o.editing(ctx, only(&id), func(ctx context.Context) error {
		e, state, err := o.eventToEdit(ctx, a, id, contest.Administrator, contest.Organiser)
		if err != nil {
			return err
		}
		if state.Open {
			return eventOpen()
		}
		if err := o.carries(ctx, id, text); err != nil {
			return err
		}
		versions, err := o.Store.ListSchemes(ctx, id)
		if err != nil {
			return err
		}
		made = SchemeVersion{Event: id, Version: 1, Name: e.Code, Text: text, Sum: sha256.Sum256(text), By: a.Who(), ByName: a.Name, At: o.Now()}
		if n := len(versions); n > 0 {
			last := versions[n-1]
			if bytes.Equal(last.Text, text) {
				made = last
				return nil
			}
			made.Version, made.Name = last.Version+1, last.Name
		}
		c := form()
		if made.Reason = c.Text("/reason", reason, made.Version > 1); c.Faults.Any() {
			return c.Refuse("programme.invalid")
		}
		if err := o.Store.AppendSchemes(ctx, []SchemeVersion{made}); err != nil {
			return err
		}
		if err := o.refit(ctx, id, shape, versions); err != nil {
			return err
		}
		return o.Audit.Record(ctx, a, "scheme.changed", "event/"+id.String(), map[string]string{"version": strconv.Itoa(int(made.Version))})
	})
	return made, err
}

// refit holds the event's chairs against a new scheme and gives its entries the
// labels that they now need. Once a draw has begun the new scheme must need the
// same labels as the versions before it.
func (o *Office) refit(ctx context.Context, id contest.ID, shape Outline, before []SchemeVersion) error {
	chairs, err := o.Store.ListChairs(ctx, id)
	if err != nil {
		return err
	}
	c := form()
	at := func(row int, _ string) string { return "chair " + strconv.Itoa(row) }
	rows := make([]int, len(chairs))
	for i, ch := range chairs {
		rows[i] = int(ch.Number)
		if _, ok := shape.Find(ch.Panel); !ok {
			c.Faults.Add(at(rows[i], ""), "programme.panel_unknown", ch.Panel)
		}
	}
	c.Panels(chairs, rows, at, shape)
	entries, err := o.Store.ListEntries(ctx, id)
	if err != nil {
		return err
	}
	if shape.Coded && len(entries) > workcode.Codes {
		c.Faults.Add("", "programme.too_many_entries", strconv.Itoa(workcode.Codes))
	}
	if err := c.Refuse("programme.invalid"); err != nil {
		return err
	}
	isDrawn, err := o.isDrawn(ctx, id)
	if err != nil {
		return err
	}
	if isDrawn {
		was, _ := outline.Read(before[len(before)-1].Text, "")
		if was.Labels(contest.Person) != shape.Labels(contest.Person) || was.Labels(contest.Team) != shape.Labels(contest.Team) {
			return fault.New(fault.Refused, "programme.drawn")
		}
		return nil
	}
	labels.Number(entries, shape)
	return o.Store.SaveEntries(ctx, id, entries)
}
