package blindtest

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"jiangtai/server/blind"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Conform is the day of a coding desk on a store.
func Conform(t *testing.T, open func(t *testing.T) (blind.Store, blind.Work)) {
	for name, story := range map[string]func(*testing.T, *Rig){
		"a draw by hand": byHand, "a draw at once": atOnce, "seats, then codes": seatsThenCodes,
		"a void draw": voided, "what was swapped": swapped, "teams beside persons": teamsBesidePersons,
	} {
		t.Run(name, func(t *testing.T) {
			store, work := open(t)
			story(t, NewRig(store, work))
		})
	}
}

// Want fails unless err has the code; "" is no error.
func Want(t *testing.T, code string, err error) {
	t.Helper()
	if fault.Code(err) != code {
		t.Fatalf("%v, want %q", err, code)
	}
}

// Arrive checks entries in, by number.
func (r *Rig) Arrive(t *testing.T, event contest.ID, state blind.State, numbers ...string) {
	t.Helper()
	list := make([]blind.Arriving, 0, len(numbers))
	for _, no := range numbers {
		list = append(list, blind.Arriving{EntryNo: no, State: state})
	}
	Want(t, "", r.CheckIn(t.Context(), Host, event, list))
}

// Held are the labels of a layer by what they were drawn from, as its judge sees
// them.
func (r *Rig) Held(t *testing.T, a contest.Actor, event contest.ID, l blind.Layer) map[string]string {
	t.Helper()
	list, err := r.Holdings(t.Context(), a, event, l)
	Want(t, "", err)
	out := map[string]string{}
	for _, h := range list {
		if h.Label != "" {
			out[h.From] = h.Label
		}
	}
	return out
}

func byHand(t *testing.T, r *Rig) {
	ctx := t.Context()
	Want(t, "blind.no_witness", r.Begin(ctx, Coder, Cook, blind.Start{Layer: blind.Codes, Method: blind.ByHand}))
	Want(t, "blind.not_drawing", r.Key(ctx, Coder, Cook, blind.Codes, "001", "007X"))
	Want(t, "", r.Begin(ctx, Coder, Cook, blind.Start{Layer: blind.Codes, Method: blind.ByHand, Witness: "见证人"}))
	Want(t, "blind.already_drawn", r.Begin(ctx, Coder, Cook, blind.Start{Layer: blind.Codes, Method: blind.ByHand, Witness: "见证人"}))
	Want(t, "blind.not_in", r.Key(ctx, Coder, Cook, blind.Codes, "001", "007X"))
	r.Arrive(t, Cook, blind.Present, "001", "002", "003", "004")
	Want(t, "", r.Key(ctx, Coder, Cook, blind.Codes, "001", " 007x"))
	Want(t, "", r.Key(ctx, Coder, Cook, blind.Codes, "001", "007X"))
	Want(t, "blind.entry_drawn", r.Key(ctx, Coder, Cook, blind.Codes, "001", "008X"))
	Want(t, "blind.label_taken", r.Key(ctx, Coder, Cook, blind.Codes, "002", "007X"))
	Want(t, "blind.label_form", r.Key(ctx, Coder, Cook, blind.Codes, "002", "7"))
	Want(t, "blind.entry_missing", r.Key(ctx, Coder, Cook, blind.Codes, "099", "008X"))
	Want(t, "blind.other_judge", r.Key(ctx, Other, Cook, blind.Codes, "002", "008X"))
	Want(t, "blind.entry_drawn", r.CheckIn(ctx, Host, Cook, []blind.Arriving{{EntryNo: "001", State: blind.Absent}}))
	Want(t, "", r.Key(ctx, Coder, Cook, blind.Codes, "002", "010X"))
	Want(t, "blind.two_persons", r.Strike(ctx, Coder, Cook, blind.Codes, "002", "看错", With("coder")))
	Want(t, "", r.Strike(ctx, Coder, Cook, blind.Codes, "002", "看错", With("watcher")))
	Want(t, "", r.Key(ctx, Coder, Cook, blind.Codes, "002", "011X"))
	Want(t, "", r.Key(ctx, Coder, Cook, blind.Codes, "003", "012X"))
	Want(t, "blind.check_in_open", r.Close(ctx, Coder, Cook, blind.Codes))
	Want(t, "", r.CloseCheckIn(ctx, Host, Cook, 0))
	Want(t, "blind.not_drawn", r.Close(ctx, Coder, Cook, blind.Codes))
	Want(t, "", r.Key(ctx, Coder, Cook, blind.Codes, "004", "013X"))
	Want(t, "blind.check_in_closed", r.CheckIn(ctx, Host, Cook, []blind.Arriving{{EntryNo: "006", State: blind.Present}}))
	r.Pass(14 * time.Minute)
	r.Arrive(t, Cook, blind.Late, "005")
	r.Pass(2 * time.Minute)
	Want(t, "blind.too_late", r.CheckIn(ctx, Host, Cook, []blind.Arriving{{EntryNo: "006", State: blind.Late}}))
	Want(t, "", r.Key(ctx, Coder, Cook, blind.Codes, "005", "014X"))
	Want(t, "", r.Close(ctx, Coder, Cook, blind.Codes))
	Want(t, "blind.draw_closed", r.Close(ctx, Coder, Cook, blind.Codes))
	Want(t, "blind.draw_closed", r.Key(ctx, Coder, Cook, blind.Codes, "006", "015X"))
	want := map[string]string{"001": "007X", "002": "011X", "003": "012X", "004": "013X", "005": "014X"}
	if got := r.Held(t, Coder, Cook, blind.Codes); !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	absent, err := r.Absentees(ctx, Cook)
	entries, _ := r.Entries(ctx, Cook)
	if err != nil || !slices.Equal(absent, []contest.ID{entries[5].ID}) || entries[5].WorkCode == "" || entries[0].WorkCode != "007X" {
		t.Errorf("absent %v, entries %+v, %v", absent, entries, err)
	}
	rec, err := r.Record(ctx, Coder, Cook, blind.Codes)
	if err != nil || rec.Drawn != 5 || rec.Absent != 1 || len(rec.Pairs) != 5 || len(rec.Strikes) != 1 || rec.Strikes[0].Second != "监督" {
		t.Errorf("%+v, %v", rec, err)
	}
	sheet, err := r.LabelSheet(ctx, Coder, Cook, blind.Codes)
	if err != nil || strings.Join(sheet.Labels, " ") != "007X 011X 012X 013X 014X" {
		t.Errorf("%+v, %v", sheet, err)
	}
	for _, word := range []string{"007X", "011X", "010X"} {
		if strings.Contains(r.Audited(), word) {
			t.Errorf("the audit tells %s", word)
		}
	}
}

func atOnce(t *testing.T, r *Rig) {
	ctx := t.Context()
	begin := blind.Start{Layer: blind.Codes, Method: blind.AtOnce, Witness: "见证人"}
	Want(t, "", r.Begin(ctx, Coder, Cook, begin))
	Want(t, "blind.not_by_hand", r.Key(ctx, Coder, Cook, blind.Codes, "001", "007X"))
	view, err := r.Find(ctx, Chief, Cook)
	if err != nil || len(view.Layers) != 1 || len(view.Layers[0].Draw.Commitment) != 64 || view.Layers[0].Draw.Seed != nil {
		t.Fatalf("%+v, %v", view, err)
	}
	r.Arrive(t, Cook, blind.Present, "001", "002", "003")
	Want(t, "blind.unaccounted", r.Run(ctx, Coder, Cook, blind.Codes, "")) // B2
	Want(t, "", r.CloseCheckIn(ctx, Coder, Cook, 30))
	Want(t, "", r.Run(ctx, Coder, Cook, blind.Codes, "三 五 六"))
	Want(t, "blind.nobody_left", r.Run(ctx, Coder, Cook, blind.Codes, ""))
	r.Arrive(t, Cook, blind.Late, "006", "004")
	Want(t, "blind.not_drawn", r.Close(ctx, Coder, Cook, blind.Codes))
	Want(t, "", r.Run(ctx, Coder, Cook, blind.Codes, "later words do not count"))
	Want(t, "blind.not_by_hand", r.Strike(ctx, Coder, Cook, blind.Codes, "001", "不好", With("watcher")))
	Want(t, "", r.Close(ctx, Coder, Cook, blind.Codes))
	rec, err := r.Record(ctx, Coder, Cook, blind.Codes)
	Want(t, "", err)
	if blind.Commitment(rec.Draw.Seed) != view.Layers[0].Draw.Commitment || rec.Draw.Words != "三 五 六" {
		t.Errorf("%+v", rec.Draw)
	}
	again := blind.Replay(blind.Replaying{
		Event: Cook, Layer: blind.Codes, Seed: rec.Draw.Seed, Words: rec.Draw.Words, Pool: r.Pool(blind.Codes, 0), Runs: rec.Runs,
	})
	if held := r.Held(t, Coder, Cook, blind.Codes); len(held) != 5 || !maps.Equal(held, again) {
		t.Errorf("drawn %v, replayed %v", held, again)
	}
	for _, a := range []contest.Actor{Host, Office, Chief, Watcher, Other, Root} {
		rec, err := r.Record(ctx, a, Cook, blind.Codes)
		if err != nil || rec.Pairs != nil || rec.Draw.Seed != nil || rec.Runs != nil {
			t.Errorf("%s is told %+v, %v", a.Name, rec, err)
		}
	}
}

// ready draws all layers of an event all at once, for entries 001 to 005.
func (r *Rig) ready(t *testing.T, event contest.ID, judges map[blind.Layer]contest.Actor) {
	t.Helper()
	r.Arrive(t, event, blind.Present, "001", "002", "003", "004", "005")
	Want(t, "", r.CloseCheckIn(t.Context(), Host, event, -1))
	for _, l := range blind.Layers() {
		a, draws := judges[l]
		if !draws {
			continue
		}
		Want(t, "", r.Begin(t.Context(), a, event, blind.Start{Layer: l, Method: blind.AtOnce, Witness: "见证人"}))
		Want(t, "", r.Run(t.Context(), a, event, l, ""))
		Want(t, "", r.Close(t.Context(), a, event, l))
	}
}

var two = map[blind.Layer]contest.Actor{blind.Seats: Coder, blind.Codes: Other}

// DrawBoth draws seats and codes of an event by Coder and Other, and closes them.
func (r *Rig) DrawBoth(t *testing.T, event contest.ID) {
	t.Helper()
	r.ready(t, event, two)
}

func seatsThenCodes(t *testing.T, r *Rig) {
	ctx := t.Context()
	codes := blind.Start{Layer: blind.Codes, Method: blind.AtOnce, Witness: "见证人"}
	Want(t, "blind.undrawn", r.BeforeOpening(ctx, Weld))
	Want(t, "blind.seats_first", r.Begin(ctx, Other, Weld, codes))
	Want(t, "blind.two_hats", r.Begin(ctx, Both, Weld, blind.Start{Layer: blind.Seats, Method: blind.ByHand, Witness: "见证人"}))
	r.ready(t, Weld, map[blind.Layer]contest.Actor{blind.Seats: Coder})
	Want(t, "blind.undrawn", r.BeforeOpening(ctx, Weld))
	Want(t, "blind.same_judge", r.Begin(ctx, Coder, Weld, codes))
	Want(t, "", r.Begin(ctx, Other, Weld, codes))
	Want(t, "blind.draw_open", r.BeforeOpening(ctx, Weld))
	Want(t, "", r.Run(ctx, Other, Weld, blind.Codes, ""))
	Want(t, "", r.Close(ctx, Other, Weld, blind.Codes))
	Want(t, "", r.BeforeOpening(ctx, Weld))
	// Each knows his own layer: one entry numbers and seats, the other seats and codes.
	seats, works := r.Held(t, Coder, Weld, blind.Seats), r.Held(t, Other, Weld, blind.Codes)
	for from := range works {
		if !slices.Contains(slices.Collect(maps.Values(seats)), from) {
			t.Errorf("a code is drawn from %s, which is no seat", from)
		}
	}
	for _, no := range []struct {
		a contest.Actor
		l blind.Layer
	}{{Coder, blind.Codes}, {Other, blind.Seats}, {Office, blind.Seats}, {Host, blind.Codes}, {Root, blind.Codes}, {Chief, blind.Codes}, {Watcher, blind.Seats}} {
		_, err := r.Holdings(ctx, no.a, Weld, no.l)
		Want(t, "blind.missing", err) // B3
		_, err = r.LabelSheet(ctx, no.a, Weld, no.l)
		Want(t, "blind.missing", err)
	}
	r.Change(Weld, func(e *blind.Event) { e.IsOpen = true })
	Want(t, "blind.event_open", r.Annul(ctx, Other, Weld, blind.Codes, "重来", With("watcher")))
	Want(t, "blind.event_open", r.CheckIn(ctx, Host, Weld, []blind.Arriving{{EntryNo: "006", State: blind.Late}}))
	Want(t, "blind.at_the_desk", r.BeforeUnsealing(ctx, Weld))
	Want(t, "blind.forbidden", r.Unseal(ctx, Chief, Weld, blind.Unsealing{Second: With("watcher")}))
	for _, second := range []blind.Second{{}, With("other"), With("office"), With("chief")} { // B4
		Want(t, "blind.two_persons", r.Unseal(ctx, Other, Weld, blind.Unsealing{Second: second}))
	}
	r.RefuseUnsealing(fault.New(fault.Refused, "judging.not_locked")) // B5
	Want(t, "judging.not_locked", r.Unseal(ctx, Other, Weld, blind.Unsealing{Second: With("watcher")}))
	r.RefuseUnsealing(nil)
	Want(t, "", r.Unseal(ctx, Office, Weld, blind.Unsealing{Second: With("watcher")}))
	if got := r.Held(t, Office, Weld, blind.Seats); !maps.Equal(got, seats) {
		t.Errorf("the organiser is told %v after the unsealing, want %v", got, seats)
	}
	view, err := r.Find(ctx, Watcher, Weld)
	var log []string
	for _, s := range view.Steps {
		log = append(log, s.What+" "+string(s.Layer)+s.Code)
	}
	if got := strings.Join(log, ", "); err != nil || got != "refused judging.not_locked, verified code, verified seat, unsealed " {
		t.Errorf("the log says %q, %v", got, err)
	}
}

func voided(t *testing.T, r *Rig) {
	ctx := t.Context()
	r.ready(t, Weld, two)
	Want(t, "blind.codes_first", r.Annul(ctx, Coder, Weld, blind.Seats, "漏球", With("watcher")))
	Want(t, "blind.two_persons", r.Annul(ctx, Other, Weld, blind.Codes, "漏球", With("chief")))
	Want(t, "blind.empty", r.Annul(ctx, Other, Weld, blind.Codes, " ", With("watcher")))
	Want(t, "", r.Annul(ctx, Other, Weld, blind.Codes, "漏球", With("watcher")))
	Want(t, "", r.Begin(ctx, Other, Weld, blind.Start{Layer: blind.Codes, Method: blind.ByHand, Witness: "见证人"}))
	if seats, codes, err := r.Drawn(ctx, Weld); !seats || !codes || err != nil {
		t.Error(seats, codes, err)
	}
	view, err := r.Find(ctx, Coder, Weld)
	if err != nil || len(view.Voided) != 1 || view.Voided[0].Reason != "漏球" || view.Voided[0].Second != "监督" {
		t.Errorf("%+v, %v", view.Voided, err)
	}
}

// swapped tampers with the working labels and ordinals of a drawn event in every
// way that exchanges two results; nothing is unsealed.
func swapped(t *testing.T, r *Rig) {
	ctx := t.Context()
	r.ready(t, Weld, two)
	r.Change(Weld, func(e *blind.Event) { e.IsOpen = true })
	for name, tamper := range map[string]func(list []contest.Entry){
		"codes":    func(list []contest.Entry) { list[0].WorkCode, list[1].WorkCode = list[1].WorkCode, list[0].WorkCode },
		"seats":    func(list []contest.Entry) { list[2].SeatNo, list[3].SeatNo = list[3].SeatNo, list[2].SeatNo },
		"ordinals": func(list []contest.Entry) { list[0].Ordinal, list[4].Ordinal = list[4].Ordinal, list[0].Ordinal },
		"numbers":  func(list []contest.Entry) { list[0].EntryNo, list[4].EntryNo = list[4].EntryNo, list[0].EntryNo },
	} {
		r.Tamper(Weld, tamper)
		if err := r.Unseal(ctx, Other, Weld, blind.Unsealing{Second: With("watcher")}); fault.Code(err) != "blind.swapped" {
			t.Errorf("%s: %v", name, err)
		}
		r.Tamper(Weld, tamper) // back
	}
	view, err := r.Find(ctx, Watcher, Weld)
	if err != nil || len(view.Steps) != 4 || view.Steps[0].Code != "blind.swapped" {
		t.Errorf("%+v, %v", view.Steps, err)
	}
	Want(t, "", r.Unseal(ctx, Other, Weld, blind.Unsealing{Second: With("watcher")}))
}
