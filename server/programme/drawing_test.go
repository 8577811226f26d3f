package programme_test

import (
	"context"
	"slices"
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
	"jiangtai/server/programme/programmetest"
	"jiangtai/server/programme/workcode"
)

// From the first draw on entries and labels are the coding desk's: nobody sees
// names beside labels, nobody edits more than names.
func TestADrawnEventIsTheCodingDesks(t *testing.T) {
	w := newWorld(t)
	ctx, id, host := t.Context(), w.events[0].ID, w.as(contest.HostSecretary, 0)
	before, _ := w.Rig.Directory.Entries(ctx, id)
	w.SetDrawn(id, true)
	list, err := w.Entries(ctx, host, id, programme.EntryFilter{}, programme.Page{})
	if err != nil || !list.Coded || list.Entries[0].Name == "" || list.Entries[0].WorkCode != "" || list.Entries[0].Ordinal != 0 {
		t.Errorf("%+v, %v", list, err)
	}
	rows := make([]programme.EntryDraft, 0, len(before))
	for _, e := range before {
		rows = append(rows, programme.EntryDraft{EntryNo: e.EntryNo, Name: e.Name + "改", Unit: e.Unit.Code})
	}
	_, err = w.PutEntries(ctx, host, id, rows[1:], "")
	w.is(err, fault.Refused, "programme.drawn")
	_, err = w.PutEntries(ctx, host, id, append(slices.Clone(rows), programme.EntryDraft{Name: "新人"}), "")
	w.is(err, fault.Refused, "programme.drawn")
	coded := slices.Clone(rows)
	coded[0].WorkCode = before[0].WorkCode
	_, err = w.PutEntries(ctx, host, id, coded, "")
	w.is(err, fault.Refused, "programme.drawn")
	_, err = w.PutEntries(ctx, host, id, rows, "")
	w.is(err, 0, "")
	after, _ := w.Rig.Directory.Entries(ctx, id)
	for i := range after {
		if after[i].Ordinal != before[i].Ordinal || after[i].WorkCode != before[i].WorkCode || after[i].Name == before[i].Name {
			t.Errorf("%+v was %+v", after[i], before[i])
		}
	}
	// The scheme may change as long as it needs the same labels.
	_, err = w.PutScheme(ctx, w.as(contest.Organiser), id, []byte(programmetest.Scheme("seat", "2")), "换")
	w.is(err, fault.Refused, "programme.drawn")
	_, err = w.PutScheme(ctx, w.as(contest.Organiser), id, []byte(programmetest.Scheme("coded", "0")), "换")
	w.is(err, 0, "")
	out, err := w.Export(ctx, w.as(contest.Organiser), w.contest.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range out.Entries {
		if e.Event == "welder" && e.WorkCode != "" {
			t.Errorf("the package tells %+v", e)
		}
	}
}

// What the coding desk has drawn becomes the working labels, of all entries or of
// none; ordinals are drawn anew only when it says so.
func TestAssigning(t *testing.T) {
	w := newWorld(t)
	ctx, id := t.Context(), w.events[0].ID
	list, err := w.Rig.Directory.LockEntries(ctx, id)
	if err != nil || len(list) != 3 {
		t.Fatal(list, err)
	}
	codes, labels := programme.AllWorkCodes(), map[contest.ID]string{}
	if len(codes) != workcode.Codes || codes[0] != "000A" || !workcode.IsCode(codes[999]) {
		t.Errorf("%d codes from %s", len(codes), codes[0])
	}
	if seats := programme.SeatNumbers(12); len(seats) != 12 || seats[11] != "012" {
		t.Error(seats)
	}
	for i, e := range list {
		labels[e.ID] = codes[500+i]
	}
	kept, err := w.Rig.Directory.AssignCodes(ctx, id, labels, false)
	if err != nil {
		t.Fatal(err)
	}
	moved := false
	for range 50 { // of three ordinals, drawing leaves all in place once in six times
		anew, err := w.Rig.Directory.AssignCodes(ctx, id, labels, true)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			if kept[e.ID] != e.Ordinal {
				t.Fatal("ordinals were drawn anew without being asked")
			}
			moved = moved || anew[e.ID] != e.Ordinal
		}
	}
	after, _ := w.Rig.Directory.Entries(ctx, id)
	for _, e := range after {
		if e.WorkCode != labels[e.ID] {
			t.Errorf("%+v, want %s", e, labels[e.ID])
		}
	}
	if !moved {
		t.Error("ordinals are never drawn anew")
	}
	delete(labels, list[0].ID)
	if _, err := w.Rig.Directory.AssignSeats(ctx, id, labels, false); err == nil {
		t.Error("an entry without a label is left out")
	}
	if _, err := w.Rig.Directory.Hold(ctx, id); err != nil {
		t.Fatal(err)
	}
	_, err = w.Rig.Directory.LockEntries(context.WithoutCancel(ctx), id)
	w.is(err, fault.Busy, "programme.event_opening")
	shape, err := w.Rig.Directory.Shape(ctx, w.events[2].ID)
	if err != nil || !shape.Seated || !shape.Coded {
		t.Error(shape, err)
	}
}

// In a team event only those get a drawn label who are marked by it.
func TestAssigningToTeams(t *testing.T) {
	w := teamWorld(t, "coded")
	ctx, id := t.Context(), w.events[1].ID
	list, err := w.Rig.Directory.LockEntries(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	codes, drawn := programme.AllWorkCodes(), map[contest.ID]string{}
	for i, e := range list {
		if e.Kind == contest.Team {
			drawn[e.ID] = codes[100+i]
		}
	}
	ordinals, err := w.Rig.Directory.AssignCodes(ctx, id, drawn, true)
	if err != nil || len(ordinals) != len(list) {
		t.Fatal(ordinals, err)
	}
	after, _ := w.Rig.Directory.Entries(ctx, id)
	for _, e := range after {
		if e.WorkCode != drawn[e.ID] || e.SeatNo != "" || e.Ordinal != ordinals[e.ID] {
			t.Errorf("%+v", e)
		}
	}
	if _, err := w.Rig.Directory.AssignSeats(ctx, id, drawn, false); err == nil {
		t.Error("a team has a seat that nobody marks by")
	}
	for _, e := range list {
		if e.Kind == contest.Person {
			drawn[e.ID] = codes[7]
			break
		}
	}
	if _, err := w.Rig.Directory.AssignCodes(ctx, id, drawn, false); err == nil {
		t.Error("a person has a code that nobody marks by")
	}
	// Who may know labels only finds persons by their numbers, beside codes.
	masked, err := w.Entries(ctx, w.as(contest.ChiefJudge, 1), id, programme.EntryFilter{}, programme.Page{})
	if err != nil || !masked.Masked {
		t.Fatal(masked, err)
	}
	for _, e := range masked.Entries {
		if (e.WorkCode != "") != (e.Kind == contest.Team) || (e.EntryNo != "") == (e.Kind == contest.Team) || e.Name != "" || !e.Team.IsZero() {
			t.Errorf("%+v", e)
		}
	}
}
