package programme

import (
	"bytes"
	"context"
	"strconv"

	"jiangtai/server/contest"
	"jiangtai/server/programme/outline"
	"jiangtai/server/programme/parcel"
	"jiangtai/server/programme/vetting"
)

// Export writes a contest as a package in normal form, by who organises it. The
// newest scheme of each event is in it. Seat numbers and work codes of events
// that are open and sealed are left out, since they would stand beside names.
func (o *Office) Export(ctx context.Context, a contest.Actor, id contest.ID) (*parcel.Parcel, error) {
	var out *parcel.Parcel
	// One transaction, though nothing is written: the parts must fit together.
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		c, err := o.contestToEdit(ctx, a, id)
		if err != nil {
			return err
		}
		if _, err := o.Store.LockContest(ctx, id); err != nil {
			return err
		}
		out, err = o.export(ctx, c)
		return err
	})
	return out, err
}

func (o *Office) export(ctx context.Context, c Contest) (*parcel.Parcel, error) {
	out := &parcel.Parcel{Schemes: map[string][]byte{}, Contest: parcel.Contest{
		Code: c.Code, Name: c.Name, NameEn: c.NameEn, Kind: string(c.Kind), Organiser: c.Organiser,
		StartsOn: dateText(c.StartsOn), EndsOn: dateText(c.EndsOn), Visible: c.Visible,
	}}
	hosts, err := o.Store.ListHosts(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	for _, h := range hosts {
		out.Hosts = append(out.Hosts, parcel.Host{Code: h.Code, Name: h.Name})
	}
	units, _, err := o.Store.ListUnits(ctx, c.ID, Page{Limit: -1})
	if err != nil {
		return nil, err
	}
	codes := map[contest.ID]string{}
	for _, u := range units {
		codes[u.ID] = u.Code
	}
	for _, u := range units {
		out.Units = append(out.Units, parcel.Unit{Code: u.Code, Name: u.Name, Short: u.Short, Kind: string(u.Kind), Parent: codes[u.Parent]})
	}
	events, _, err := o.Store.ListEvents(ctx, EventQuery{Scope: Scope{All: true}, Contest: c.ID, Page: Page{Limit: -1}})
	if err != nil {
		return nil, err
	}
	return out, o.exportEvents(ctx, out, events)
}

// exportEvents adds the events with their schemes, judges and entries.
func (o *Office) exportEvents(ctx context.Context, out *parcel.Parcel, events []Event) error {
	ids := make([]contest.ID, 0, len(events))
	for _, e := range events {
		ids = append(ids, e.ID)
	}
	schemes, err := o.Store.ListSchemes(ctx, ids...)
	if err != nil {
		return err
	}
	chairs, err := o.Store.ListChairs(ctx, ids...)
	if err != nil {
		return err
	}
	entries, err := o.Store.ListEntries(ctx, ids...)
	if err != nil {
		return err
	}
	newest := map[contest.ID]SchemeVersion{}
	for _, s := range schemes {
		newest[s.Event] = s
	}
	chairsOf, entriesOf := map[contest.ID][]contest.Chair{}, map[contest.ID][]contest.Entry{}
	for _, ch := range chairs {
		chairsOf[ch.Event] = append(chairsOf[ch.Event], ch)
	}
	for _, e := range entries {
		entriesOf[e.Event] = append(entriesOf[e.Event], e)
	}
	for _, e := range events {
		d := draftOf(e)
		out.Events = append(out.Events, parcel.Event{
			Code: d.Code, Trade: d.Trade, TradeEn: d.TradeEn, Title: d.Title, TitleEn: d.TitleEn, Stage: d.Stage,
			Group: d.Group, Hall: d.Hall, Host: d.Host, Depth: d.Depth, Chain: d.Chain, Scheme: exportScheme(out, e, newest[e.ID]),
		})
		for _, ch := range chairsOf[e.ID] {
			out.Judges = append(out.Judges, parcel.Judge{
				Event: e.Code, Panel: ch.Panel, Seat: strconv.Itoa(ch.Seat), Judge: ch.Judge, Chief: strconv.FormatBool(ch.IsChief),
			})
		}
		if err := o.exportEntries(ctx, out, e, newest[e.ID], entriesOf[e.ID]); err != nil {
			return err
		}
	}
	return nil
}

// exportScheme puts an event's scheme into the parcel and says its name there.
// Events that share a file share it again; where versions have grown apart, the
// later event's gets a name of its own. An event without a scheme names none.
func exportScheme(out *parcel.Parcel, e Event, s SchemeVersion) string {
	if s.Version == 0 {
		return ""
	}
	name := s.Name
	for n := 1; ; n++ {
		text, taken := out.Schemes[name]
		if !taken {
			out.Schemes[name] = s.Text
			return name
		}
		if bytes.Equal(text, s.Text) {
			return name
		}
		name = e.Code
		if n > 1 {
			name += "-" + strconv.Itoa(n)
		}
	}
}

func (o *Office) exportEntries(ctx context.Context, out *parcel.Parcel, e Event, s SchemeVersion, list []contest.Entry) error {
	shape, _ := outline.Read(s.Text, "")
	state, err := o.Openness.Openness(ctx, e.Ledger)
	if err != nil {
		return err
	}
	isDrawn, err := o.isDrawn(ctx, e.ID)
	if err != nil {
		return err
	}
	if shape.Sealed() && (state.Open || isDrawn) && !state.Unsealed {
		uncode(list)
	}
	for _, d := range vetting.DraftsOf(list) {
		out.Entries = append(out.Entries, parcel.Entry{
			Event: e.Code, EntryNo: d.EntryNo, SeatNo: d.SeatNo, WorkCode: d.WorkCode, Name: d.Name, Unit: d.Unit,
			Kind: d.Kind, Team: d.Team, Group: d.Group, County: d.County,
		})
	}
	return nil
}
