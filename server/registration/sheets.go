package registration

import (
	"context"
	"strconv"
	"strings"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// UnitRow is a unit as a sheet has it; Kind "" is a work unit, Short "" the name,
// Parent the code of the union above it.
type UnitRow struct{ Code, Name, Short, Kind, Parent string }

// EntryRow is an entry as a sheet has it: of an event without registration. No ""
// is the next free number. Kind is "", person or team, Team the number or name of a
// member's team.
type EntryRow struct{ No, Name, Unit, Kind, Team, Group, County string }

// JudgeRow is a chair as a sheet has it. Seat 0 is the next one of the panel.
type JudgeRow struct {
	Panel   string
	Seat    int
	Judge   string
	IsChief bool
}

// Upload is a sheet that was read. Sum is of the file: the same one again does
// nothing.
type Upload struct {
	Sum       [32]byte
	IsPreview bool
	Place     func(row int, field string) string
}

// Uploaded is what became of a sheet.
type Uploaded struct {
	Import contest.ID // zero for a preview
	Rows   int
	// IsRepeat says that this very file was imported before: nothing was done.
	IsRepeat bool
}

// ImportRegistrations puts down all rows of a sheet or none, as Enlist does.
// Stale registration.import_running while another import of the event runs.
func (d *Desk) ImportRegistrations(ctx context.Context, a contest.Actor, event contest.ID, drafts []Draft, up Upload) (Uploaded, error) {
	e, err := d.eventToWrite(ctx, a, event)
	if err != nil {
		return Uploaded{}, err
	}
	return d.importing(ctx, a, event, "registrations", len(drafts), up, func(ctx context.Context) error {
		_, err := d.enlist(ctx, a, e, Enlistment{Drafts: drafts, Place: up.Place})
		return err
	})
}

// importing runs one import: alone in its scope, once for a file, undone for a
// preview.
func (d *Desk) importing(ctx context.Context, a contest.Actor, scope contest.ID, kind string, rows int, up Upload, fn func(ctx context.Context) error) (Uploaded, error) {
	var out Uploaded
	err := d.Work.Do(ctx, func(ctx context.Context) error {
		out = Uploaded{Rows: rows}
		if err := d.Store.HoldImport(ctx, scope); err != nil {
			return err
		}
		was, found, err := d.Store.FindImport(ctx, scope, kind, up.Sum)
		if err != nil {
			return err
		}
		if found {
			out = Uploaded{Import: was.ID, Rows: was.Rows, IsRepeat: true}
			return nil
		}
		if err := fn(ctx); err != nil {
			return err
		}
		if up.IsPreview {
			return errUndo
		}
		out.Import = newID()
		if err := d.Store.AppendImport(ctx, Import{ID: out.Import, Scope: scope, Kind: kind, Sum: up.Sum, Rows: rows, By: a.Who(), At: d.now()}); err != nil {
			return err
		}
		return d.Audit.Record(ctx, a, "workbook.imported", kind+"/"+scope.String(), map[string]string{"rows": strconv.Itoa(rows)})
	})
	return out, undone(err)
}

// ImportUnits adds the units of a sheet to a contest, all or none, by its office.
func (d *Desk) ImportUnits(ctx context.Context, a contest.Actor, id contest.ID, rows []UnitRow, up Upload) (Uploaded, error) {
	if err := d.contestFor(ctx, a, id); err != nil {
		return Uploaded{}, err
	}
	return d.importing(ctx, a, id, "units", len(rows), up, func(ctx context.Context) error {
		list, err := d.Events.ListUnits(ctx, id)
		if err != nil {
			return err
		}
		taken := map[string]bool{}
		for _, u := range list {
			taken[u.Code] = true
		}
		var wrong []fault.Field
		for i, r := range rows {
			if taken[r.Code] {
				wrong = append(wrong, fault.At(up.Place(i, "code"), "registration.unit_exists", r.Code))
			}
			taken[r.Code] = true
		}
		if wrong != nil {
			return fault.New(fault.Refused, "registration.invalid", wrong...)
		}
		return rowPlaces(d.Programme.AddUnits(ctx, a, id, rows), "units", up)
	})
}

// ImportEntries adds the entries of a sheet to an event, all or none, by its host
// or office. Numbers of people are not asked: where they are needed, people
// register.
func (d *Desk) ImportEntries(ctx context.Context, a contest.Actor, event contest.ID, rows []EntryRow, up Upload) (Uploaded, error) {
	if _, err := d.eventToWrite(ctx, a, event); err != nil {
		return Uploaded{}, err
	}
	out, err := d.importing(ctx, a, event, "entries", len(rows), up, func(ctx context.Context) error {
		return rowPlaces(d.Programme.AddEntries(ctx, a, event, rows), "entries", up)
	})
	d.tell(ctx, event, up, out, err)
	return out, err
}

// tell says that an event changed, once something durable has been done to it.
func (d *Desk) tell(ctx context.Context, event contest.ID, up Upload, out Uploaded, err error) {
	if err == nil && !up.IsPreview && !out.IsRepeat && d.Changed != nil {
		d.Changed(ctx, []contest.ID{event})
	}
}

// ImportJudges makes an event's chairs those of a sheet, by its host or office.
func (d *Desk) ImportJudges(ctx context.Context, a contest.Actor, event contest.ID, rows []JudgeRow, up Upload) (Uploaded, error) {
	if _, err := d.eventToWrite(ctx, a, event); err != nil {
		return Uploaded{}, err
	}
	out, err := d.importing(ctx, a, event, "judges", len(rows), up, func(ctx context.Context) error {
		return rowPlaces(d.Programme.PutJudges(ctx, a, event, rows), "chairs", up)
	})
	d.tell(ctx, event, up, out, err)
	return out, err
}

// rowPlaces turns the programme's places, /units/3/code, into those of the sheet.
func rowPlaces(err error, list string, up Upload) error {
	f := fault.Of(err)
	if f == nil || f.Kind != fault.Refused || len(f.Fields) == 0 {
		return err
	}
	var fields []fault.Field
	for _, at := range f.Fields {
		part := strings.Split(at.Path, "/")
		if len(part) == 4 && part[1] == list {
			if row, err := strconv.Atoi(part[2]); err == nil {
				at.Path = up.Place(row, part[3])
			}
		}
		fields = append(fields, at)
	}
	return fault.New(f.Kind, "registration.invalid", fields...)
}

// CanImport answers whether the actor may import sheets of a kind there, before
// a file is read for it.
func (d *Desk) CanImport(ctx context.Context, a contest.Actor, kind string, scope contest.ID) (string, error) {
	if kind == "units" {
		return "", d.contestFor(ctx, a, scope)
	}
	e, err := d.eventToWrite(ctx, a, scope)
	if err != nil {
		return "", err
	}
	t, err := d.termsOf(ctx, e)
	if fault.Code(err) == "registration.not_open" {
		return "", nil
	}
	return t.Terms.Notice.Version, err
}

// Units are the units of an event's contest, for the lists of its template.
func (d *Desk) Units(ctx context.Context, a contest.Actor, event contest.ID) ([]contest.Unit, error) {
	e, err := d.eventFor(ctx, a, event)
	if err != nil {
		return nil, err
	}
	return d.Events.ListUnits(ctx, e.Contest)
}
