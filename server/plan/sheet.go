package plan

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// SheetRow is a row of the plan's sheet (计划表). Contest and Host are codes, a
// host that is not there yet is made when it has a name. Where Stage, Depth and
// Chain are empty a new event gets what is usual and an old one keeps its own.
type SheetRow struct {
	Contest  string
	HostName string
	EventDraft
	Change
}

// Upload says what is to become of a sheet that was read.
type Upload struct {
	IsPreview bool
	// Place is where a row's field stands.
	Place func(row int, field string) string
}

// Outcome is what a row does.
type Outcome string

// The outcomes of a row.
const (
	RowNew     Outcome = "new"
	RowChanged Outcome = "changed"
	RowSame    Outcome = "same"
)

// Uploaded is what became of a sheet, or would: an outcome a row, in order.
type Uploaded struct {
	Rows   []Outcome
	Events []contest.ID
}

// errUndo ends the transaction of a preview.
var errUndo = errors.New("plan: a preview is undone")

// importing is a sheet on its way.
type importing struct {
	desk     *Desk
	actor    contest.Actor
	up       Upload
	wrong    []fault.Field
	contests map[string]contest.ID
	hosts    map[contest.ID]map[string]string // by code, the name
	events   map[string]Event                 // by contest's id and code
	seen     map[string]bool
}

// Import brings the plan up to a sheet: new events are made, others changed, and
// what each is planned as is written; or nothing is, and Refused plan.invalid
// tells all faults. By who organises the contests named. What was applied for is
// changed on its own page, with a reason.
func (d *Desk) Import(ctx context.Context, a contest.Actor, rows []SheetRow, up Upload) (Uploaded, error) {
	var out Uploaded
	err := d.Work.Do(ctx, func(ctx context.Context) error {
		out = Uploaded{}
		all, err := d.Events.ListEvents(ctx)
		if err != nil {
			return err
		}
		in := importing{
			desk: d, actor: a, up: up, contests: map[string]contest.ID{}, hosts: map[contest.ID]map[string]string{},
			events: map[string]Event{}, seen: map[string]bool{},
		}
		for _, e := range all {
			in.events[key(e.Contest, e.Code)] = e
		}
		for i, r := range rows {
			did, id, err := in.row(ctx, i, r)
			if err != nil {
				return err
			}
			out.Rows, out.Events = append(out.Rows, did), append(out.Events, id)
		}
		if in.wrong != nil {
			return fault.New(fault.Refused, "plan.invalid", in.wrong...)
		}
		if up.IsPreview {
			return errUndo
		}
		return d.Audit.Record(ctx, a, "plan.imported", "plan", map[string]string{"rows": strconv.Itoa(len(rows))})
	})
	if errors.Is(err, errUndo) {
		return out, nil
	}
	if err == nil && d.Changed != nil {
		d.Changed(ctx, out.Events)
	}
	return out, err
}

func key(id contest.ID, code string) string { return id.String() + "/" + code }

func (in *importing) fault(row int, field, code, hint string) {
	in.wrong = append(in.wrong, fault.At(in.up.Place(row, field), code, hint))
}

// row takes one row; faults are kept, and only what ends the import is an error.
func (in *importing) row(ctx context.Context, i int, r SheetRow) (Outcome, contest.ID, error) {
	of, ok, err := in.contest(ctx, i, r.Contest)
	if err != nil || !ok {
		return "", contest.ID{}, err
	}
	k := key(of, r.Code)
	if in.seen[k] {
		in.fault(i, "code", "plan.row_twice", r.Code)
		return "", contest.ID{}, nil
	}
	in.seen[k] = true
	if err := in.host(ctx, i, of, r); err != nil {
		return "", contest.ID{}, err
	}
	did, e, err := in.event(ctx, i, of, r)
	if err != nil || e.ID.IsZero() {
		return did, e.ID, err
	}
	changed, err := in.plans(ctx, i, e, r.Change)
	if changed && did == RowSame {
		did = RowChanged
	}
	return did, e.ID, err
}

// contest finds the contest that a row names, if it is the actor's to organise.
func (in *importing) contest(ctx context.Context, i int, code string) (contest.ID, bool, error) {
	id, known := in.contests[code]
	if !known {
		var err error
		id, err = in.desk.Programme.ContestOf(ctx, in.actor, code)
		if f := fault.Of(err); f != nil && f.Kind == fault.Missing {
			id, err = contest.ID{}, nil
		}
		if err != nil {
			return id, false, err
		}
		in.contests[code] = id
	}
	switch {
	case id.IsZero():
		in.fault(i, "contest", "plan.contest_missing", code)
	case !in.actor.Has(id, contest.ID{}, deciders...):
		in.fault(i, "contest", "plan.forbidden", code)
	default:
		return id, true, nil
	}
	return id, false, nil
}

// host makes the host of a row where it is new.
func (in *importing) host(ctx context.Context, i int, of contest.ID, r SheetRow) error {
	if in.hosts[of] == nil {
		list, err := in.desk.Events.ListHosts(ctx, of)
		if err != nil {
			return err
		}
		in.hosts[of] = map[string]string{}
		for _, h := range list {
			in.hosts[of][h.Code] = h.Name
		}
	}
	name, known := in.hosts[of][r.Host]
	switch {
	case r.Host == "" && r.HostName == "":
	case r.Host == "":
		in.fault(i, "host", "plan.empty", r.HostName)
	case known && r.HostName != "" && r.HostName != name:
		in.fault(i, "host_name", "plan.host_other_name", name)
	case !known && r.HostName == "":
		in.fault(i, "host", "plan.host_missing", r.Host)
	case !known:
		in.hosts[of][r.Host] = r.HostName
		return in.told(i, in.desk.Programme.CreateHost(ctx, in.actor, of, r.Host, r.HostName), "host")
	}
	return nil
}

// told keeps what a room refuses of a row as its faults. prefix is the field that
// stands for all of theirs, "" for their own.
func (in *importing) told(i int, err error, prefix string) error {
	f := fault.Of(err)
	if err == nil || f.Kind != fault.Refused {
		return err
	}
	if len(f.Fields) == 0 {
		in.fault(i, "code", f.Code, "")
	}
	for _, at := range f.Fields {
		field := strings.TrimPrefix(at.Path, "/")
		if prefix != "" {
			field = prefix
		}
		in.fault(i, field, at.Code, at.Hint)
	}
	return nil
}

// event makes or changes the event of a row. A zero id means that it was refused.
func (in *importing) event(ctx context.Context, i int, of contest.ID, r SheetRow) (Outcome, Event, error) {
	e, known := in.events[key(of, r.Code)]
	if !known {
		before := len(in.wrong)
		id, err := in.desk.Programme.CreateEvent(ctx, in.actor, of, r.EventDraft)
		if err := in.told(i, err, ""); err != nil || len(in.wrong) > before {
			return RowNew, Event{}, err
		}
		return RowNew, Event{Event: contest.Event{ID: id, Contest: of}, StartsOn: in.desk.Now()}, nil
	}
	d := r.EventDraft
	same := d.Trade == e.Trade && d.Title == e.Title && d.Group == e.Group && d.Host == e.HostCode &&
		either(d.Stage, string(e.Stage)) && either(d.Depth, string(e.Depth)) && either(d.Chain, string(e.Chain))
	if same {
		return RowSame, e, nil
	}
	return RowChanged, e, in.told(i, in.desk.Programme.ChangeEvent(ctx, in.actor, e.ID, d), "")
}

// either says that a cell asks for no change.
func either(cell, is string) bool { return cell == "" || cell == is }

// plans writes what a row plans, and says whether that is new.
func (in *importing) plans(ctx context.Context, i int, e Event, ch Change) (bool, error) {
	f, err := in.desk.filingOf(ctx, e)
	if err != nil {
		return false, err
	}
	was := f.Plans
	for _, at := range in.desk.apply(&f.Plans, ch) {
		in.fault(i, strings.TrimPrefix(at.Path, "/"), at.Code, at.Hint)
	}
	detail := differences(was, f.Plans)
	if len(detail) == 0 {
		return false, nil
	}
	if !f.isOpen() {
		for _, field := range sortedKeys(detail) {
			in.fault(i, field, "plan.settled", string(f.State))
		}
		return false, nil
	}
	return true, in.desk.save(ctx, in.actor, f, "change", f.State, "", detail)
}

func sortedKeys(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
