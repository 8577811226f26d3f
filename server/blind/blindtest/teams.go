package blindtest

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"jiangtai/server/blind"
	"jiangtai/server/contest"
)

// ofTeams makes 001 and 002 of an event teams, and lets kinds be without layers.
func (r *Rig) ofTeams(event contest.ID, exempt map[contest.EntryKind][]blind.Layer) {
	r.Tamper(event, func(list []contest.Entry) { list[0].Kind, list[1].Kind = contest.Team, contest.Team })
	r.Change(event, func(e *blind.Event) { e.Exempt = exempt })
}

// from are the labels that a layer's judge has drawn from, in order.
func (r *Rig) from(t *testing.T, a contest.Actor, event contest.ID, l blind.Layer) string {
	t.Helper()
	return strings.Join(slices.Sorted(maps.Keys(r.Held(t, a, event, l))), " ")
}

// teamsBesidePersons draws only who is marked in a layer, counts and verifies only
// these, and tells an entry number among seats apart from a seat of the same form.
func teamsBesidePersons(t *testing.T, r *Rig) {
	ctx := t.Context()
	// Persons by seat, teams by code.
	r.ofTeams(Weld, map[contest.EntryKind][]blind.Layer{contest.Person: {blind.Codes}, contest.Team: {blind.Seats}})
	r.Arrive(t, Weld, blind.Present, "001", "003", "004", "005")
	Want(t, "", r.CloseCheckIn(ctx, Host, Weld, -1))
	start := blind.Start{Layer: blind.Seats, Method: blind.AtOnce, Witness: "见证人", Places: 3}
	Want(t, "blind.places", r.Begin(ctx, Coder, Weld, start))
	start.Places = 4
	Want(t, "", r.Begin(ctx, Coder, Weld, start))
	Want(t, "", r.Run(ctx, Coder, Weld, blind.Seats, ""))
	Want(t, "", r.Close(ctx, Coder, Weld, blind.Seats))
	Want(t, "blind.undrawn", r.BeforeOpening(ctx, Weld))
	Want(t, "", r.Begin(ctx, Other, Weld, blind.Start{Layer: blind.Codes, Method: blind.ByHand, Witness: "见证人"}))
	Want(t, "blind.entry_missing", r.Key(ctx, Other, Weld, blind.Codes, "003", "001X"))
	Want(t, "", r.Key(ctx, Other, Weld, blind.Codes, "001", "001X"))
	Want(t, "", r.Close(ctx, Other, Weld, blind.Codes))
	Want(t, "", r.BeforeOpening(ctx, Weld))
	if seats, codes := r.from(t, Coder, Weld, blind.Seats), r.from(t, Other, Weld, blind.Codes); seats != "003 004 005" || codes != "001" {
		t.Errorf("drawn from %s and %s", seats, codes)
	}
	list, _ := r.Entries(ctx, Weld)
	for _, e := range list { // who is absent has a spare of his own layer
		if isTeam := e.Kind == contest.Team; (e.WorkCode != "") != isTeam || (e.SeatNo == "") != isTeam {
			t.Errorf("%+v", e)
		}
	}
	view, err := r.Find(ctx, Watcher, Weld)
	if err != nil || view.Layers[0].Drawn != 3 || view.Layers[0].Rest != 0 || view.Layers[1].Drawn != 1 || len(view.Entries) != 6 {
		t.Errorf("%+v, %v", view, err)
	}
	rec, err := r.Record(ctx, Other, Weld, blind.Codes)
	if err != nil || rec.From != "entry" || rec.Drawn != 1 || rec.Absent != 1 {
		t.Errorf("%+v, %v", rec, err)
	}
	r.Change(Weld, func(e *blind.Event) { e.IsOpen = true })
	swap := func(list []contest.Entry) { list[0].WorkCode, list[1].WorkCode = list[1].WorkCode, list[0].WorkCode }
	r.Tamper(Weld, swap)
	Want(t, "blind.swapped", r.Unseal(ctx, Other, Weld, blind.Unsealing{Second: With("watcher")}))
	r.Tamper(Weld, swap)
	Want(t, "", r.Unseal(ctx, Other, Weld, blind.Unsealing{Second: With("watcher")}))
	oneLayer(t, r)
}

// oneLayer draws what only some kinds need: a layer in which nobody is marked is
// none, and in a mixed one seats and entry numbers stand beside each other.
func oneLayer(t *testing.T, r *Rig) {
	ctx := t.Context()
	// Teams by code, persons openly; then nobody at all is left who draws.
	r.ofTeams(Cook, map[contest.EntryKind][]blind.Layer{contest.Person: {blind.Seats, blind.Codes}})
	r.ready(t, Cook, map[blind.Layer]contest.Actor{blind.Codes: Coder})
	if codes := r.from(t, Coder, Cook, blind.Codes); codes != "001 002" {
		t.Errorf("drawn from %s", codes)
	}
	r.Change(Plain, func(e *blind.Event) {
		e.IsCoded, e.Exempt = true, map[contest.EntryKind][]blind.Layer{contest.Person: {blind.Codes}}
	})
	Want(t, "blind.no_layer", r.Begin(ctx, Coder, Plain, blind.Start{Layer: blind.Codes, Method: blind.ByHand, Witness: "见证人"}))
	Want(t, "", r.BeforeOpening(ctx, Plain)) // no team has come: nothing is to be drawn
	// Persons by seat and code, teams by code.
	r.Change(Plain, func(e *blind.Event) { e.IsSeated = true })
	r.ofTeams(Plain, map[contest.EntryKind][]blind.Layer{contest.Team: {blind.Seats}})
	list, _ := r.Entries(ctx, Plain)
	arrivals := make([]blind.Arriving, 0, len(list))
	for _, e := range list {
		arrivals = append(arrivals, blind.Arriving{EntryNo: e.EntryNo, State: blind.Present})
	}
	Want(t, "", r.CheckIn(ctx, Office, Plain, arrivals))
	Want(t, "", r.CloseCheckIn(ctx, Office, Plain, -1))
	for _, l := range blind.Layers() {
		Want(t, "", r.Begin(ctx, two[l], Plain, blind.Start{Layer: l, Method: blind.AtOnce, Witness: "见证人"}))
		Want(t, "", r.Run(ctx, two[l], Plain, l, ""))
		Want(t, "", r.Close(ctx, two[l], Plain, l))
	}
	if codes := r.from(t, Other, Plain, blind.Codes); codes != "#001 #002 001 002 003 004" {
		t.Errorf("drawn from %s", codes)
	}
	rec, err := r.Record(ctx, Other, Plain, blind.Codes)
	again := blind.Replay(blind.Replaying{
		Event: Plain, Layer: blind.Codes, Seed: rec.Draw.Seed, Words: rec.Draw.Words, Pool: r.Pool(blind.Codes, 0), Runs: rec.Runs,
	})
	if held := r.Held(t, Other, Plain, blind.Codes); err != nil || rec.From != blind.Seats || !maps.Equal(held, again) {
		t.Errorf("drawn %v, replayed %v, from %s, %v", held, again, rec.From, err)
	}
}
