package programme_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
	"jiangtai/server/programme/programmetest"
)

// world is the small contest with somebody of every role.
type world struct {
	*testing.T
	*programmetest.Rig
	contest programme.Contest
	events  []programme.Event // welder (coded), turner (open), cook (seat and coded)
	admin   contest.Actor
}

func newWorld(t *testing.T) world {
	t.Helper()
	w := world{T: t, Rig: programmetest.InMemory(), admin: programmetest.Administrator()}
	var err error
	if w.contest, _, err = w.Import(t.Context(), w.admin, programmetest.Open(programmetest.Small())); err != nil {
		t.Fatal(err)
	}
	if w.events, err = w.Rig.Directory.Events(t.Context(), w.contest.ID); err != nil {
		t.Fatal(err)
	}
	return w
}

// as is somebody with a role in the contest, or in one of its events.
func (w world) as(role contest.Role, event ...int) contest.Actor {
	g := contest.Grant{Role: role, Contest: w.contest.ID}
	if len(event) > 0 {
		g.Event = w.events[event[0]].ID
	}
	return programmetest.Account(g)
}

func (w world) open(event int, unsealed bool) {
	w.SetOpenness(w.events[event].Ledger, programme.Openings{Open: true, Unsealed: unsealed})
}

// is holds an error against a code; "" is no error.
func (w world) is(err error, kind fault.Kind, code string) {
	w.Helper()
	if fault.Code(err) != code || code != "" && fault.Of(err).Kind != kind {
		w.Errorf("%v, want %q", err, code)
	}
}

// A use case and what each role is answered.
func TestWhoMayDoWhat(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	elsewhere := programmetest.Account(contest.Grant{Role: contest.Organiser, Contest: contest.ID{1}})
	tablet := contest.Actor{Device: contest.ID{1}, Event: w.events[0].ID, Chair: 1}
	who := map[string]contest.Actor{
		"administrator": w.admin, "organiser": w.as(contest.Organiser), "host": w.as(contest.HostSecretary, 0),
		"chief judge": w.as(contest.ChiefJudge, 0), "spectator": w.as(contest.Spectator),
		"host of another event": w.as(contest.HostSecretary, 1), "organiser elsewhere": elsewhere, "tablet": tablet, "public": {},
	}
	name, reason := "新名", ""
	in, of := w.contest.ID, w.events[0].ID
	const yes, no, none = "", "programme.forbidden", "missing"
	for _, tc := range []struct {
		what string
		do   func(a contest.Actor) error
		may  string // answers in the order of the roles below
	}{
		{"list contests", func(a contest.Actor) error { _, err := w.FindContest(ctx, a, in); return err }, "yyyyyyxxx"},
		{"make a contest", func(a contest.Actor) error {
			_, err := w.CreateContest(ctx, a, programme.ContestDraft{Code: "UP", Name: "x", Kind: "demo"})
			return allowed(err)
		}, "ynnnnnnnn"},
		{"preview a package", func(a contest.Actor) error {
			_, err := w.Preview(ctx, a, programmetest.Open(programmetest.Small()))
			return err
		}, "ynnnnnnnn"},
		{"import a package", func(a contest.Actor) error {
			_, _, err := w.Import(ctx, a, programmetest.Open(programmetest.Changed("contest.json", "{")))
			return allowed(err)
		}, "ynnnnnnnn"},
		{"change the contest", func(a contest.Actor) error {
			_, err := w.ChangeContest(ctx, a, in, programme.ContestChange{Name: &name})
			return err
		}, "yynnnnxxx"},
		{"export", func(a contest.Actor) error { _, err := w.Export(ctx, a, in); return err }, "yynnnnxxx"},
		{"add an event", func(a contest.Actor) error {
			_, err := w.CreateEvent(ctx, a, in, programme.EventDraft{})
			return allowed(err)
		}, "yynnnnxxx"},
		{"add a unit", func(a contest.Actor) error {
			_, err := w.CreateUnit(ctx, a, in, programme.UnitDraft{})
			return allowed(err)
		}, "yynnnnxxx"},
		{"add a host", func(a contest.Actor) error {
			_, err := w.CreateHost(ctx, a, in, programme.HostDraft{})
			return allowed(err)
		}, "yynnnnxxx"},
		{"list units", func(a contest.Actor) error { _, _, err := w.ListUnits(ctx, a, in, programme.Page{}); return err }, "yyyyyyxxx"},
		{"list hosts", func(a contest.Actor) error { _, err := w.ListHosts(ctx, a, in); return err }, "yyyyyyxxx"},
		{"list events", func(a contest.Actor) error { _, _, err := w.ListEvents(ctx, a, in, programme.Page{}); return err }, "yyyyyyxxx"},
		{"see the event", func(a contest.Actor) error { _, err := w.FindEvent(ctx, a, of); return err }, "yyyyyxxxx"},
		{"see the scheme", func(a contest.Actor) error { _, _, err := w.Scheme(ctx, a, of); return err }, "yyyyyxxxx"},
		{"see the versions", func(a contest.Actor) error { _, err := w.Schemes(ctx, a, of); return err }, "yyyyyxxxx"},
		{"see the chairs", func(a contest.Actor) error { _, err := w.Chairs(ctx, a, of); return err }, "yyyyyxxxx"},
		{"see the entries", func(a contest.Actor) error {
			_, err := w.Entries(ctx, a, of, programme.EntryFilter{}, programme.Page{})
			return err
		}, "yyyyyxxxx"},
		{"change the event", func(a contest.Actor) error {
			_, err := w.ChangeEvent(ctx, a, of, programme.EventChange{Trade: &name})
			return err
		}, "yynnnxxxx"},
		{"put the scheme", func(a contest.Actor) error {
			_, err := w.PutScheme(ctx, a, of, []byte(programmetest.Scheme("coded", "2")+" "), reason)
			return allowed(err)
		}, "yynnnxxxx"},
		{"put the chairs", func(a contest.Actor) error {
			_, err := w.PutChairs(ctx, a, of, []programme.ChairDraft{{Panel: "?"}})
			return allowed(err)
		}, "yyynnxxxx"},
		{"put the entries", func(a contest.Actor) error {
			_, err := w.PutEntries(ctx, a, of, []programme.EntryDraft{{}}, "")
			return allowed(err)
		}, "yyynnxxxx"},
	} {
		for i, role := range []string{
			"administrator", "organiser", "host", "chief judge", "spectator",
			"host of another event", "organiser elsewhere", "tablet", "public",
		} {
			err := tc.do(who[role])
			switch f := fault.Of(err); tc.may[i] {
			case 'y':
				w.is(err, 0, yes)
			case 'n':
				w.is(err, fault.Forbidden, no)
			case 'x':
				if f == nil || f.Kind != fault.Missing {
					t.Errorf("%s, %s: %v, want %s", tc.what, role, err, none)
				}
			}
			if t.Failed() {
				t.Fatalf("%s by %s", tc.what, role)
			}
		}
	}
}

// allowed turns what a rule says into yes: the door was passed.
func allowed(err error) error {
	if f := fault.Of(err); f != nil && f.Kind == fault.Refused {
		return nil
	}
	return err
}

func TestHostSeesItsEventsOnly(t *testing.T) {
	w := newWorld(t)
	list, n, err := w.ListEvents(t.Context(), w.as(contest.HostSecretary, 1), w.contest.ID, programme.Page{})
	if err != nil || n != 1 || list[0].Code != "turner" {
		t.Error(list, err)
	}
	// A grant may name the event alone.
	alone := programmetest.Account(contest.Grant{Role: contest.HostSecretary, Event: w.events[1].ID})
	contests, n, err := w.ListContests(t.Context(), alone, programme.Page{})
	if err != nil || n != 1 || contests[0].ID != w.contest.ID {
		t.Error(contests, err)
	}
}

func TestConsoleMakesAContest(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	_, err := w.CreateContest(ctx, w.admin, programme.ContestDraft{Code: "B", Name: " ", Kind: "x", StartsOn: "soon"})
	w.is(err, fault.Refused, "programme.invalid")
	if got := places(fault.Of(err).Fields); got != "/code programme.code_wrong\n/name programme.empty\n/kind programme.not_one_of\n/starts_on programme.date_wrong" {
		t.Error(got)
	}
	_, err = w.CreateContest(ctx, w.admin, programme.ContestDraft{Code: "small", Name: "x", Kind: "demo"})
	w.is(err, fault.Stale, "programme.contest_exists")
	made, err := w.CreateContest(ctx, w.admin, programme.ContestDraft{Code: "spring", Name: " 春季赛 ", Kind: "real", StartsOn: "2026-04-01", Visible: true})
	if err != nil || made.Name != "春季赛" {
		t.Fatal(made, err)
	}
	host, err := w.CreateHost(ctx, w.admin, made.ID, programme.HostDraft{Code: "h", Name: "承办"})
	if err != nil {
		t.Fatal(err)
	}
	unit, err := w.CreateUnit(ctx, w.admin, made.ID, programme.UnitDraft{Code: "u", Name: "单位"})
	if err != nil || unit.Short != "单位" || unit.Kind != contest.WorkUnit {
		t.Fatal(unit, err)
	}
	_, err = w.CreateUnit(ctx, w.admin, made.ID, programme.UnitDraft{Code: "u", Name: "单位"})
	w.is(err, fault.Stale, "programme.unit_exists")
	event, err := w.CreateEvent(ctx, w.admin, made.ID, programme.EventDraft{Code: "e", Trade: "钳工", Host: "h"})
	if err != nil || event.Host != host.ID || event.Stage != contest.Final || event.Depth != contest.Tablet || event.Chain != contest.FullChain {
		t.Fatal(event, err)
	}
	if _, ok := w.Ledgers()[event.Ledger]; !ok {
		t.Error("the event has no ledger")
	}
	_, err = w.CreateEvent(ctx, w.admin, made.ID, programme.EventDraft{Code: "e", Trade: "钳工"})
	w.is(err, fault.Stale, "programme.event_exists")
	_, err = w.CreateEvent(ctx, w.admin, made.ID, programme.EventDraft{Code: "f", Trade: "钳工", Host: "h9"})
	w.is(err, fault.Refused, "programme.invalid")

	_, _, err = w.Scheme(ctx, w.admin, event.ID)
	w.is(err, fault.Missing, "programme.scheme_missing")
	_, err = w.PutChairs(ctx, w.admin, event.ID, []programme.ChairDraft{{Panel: "p"}})
	w.is(err, fault.Refused, "programme.scheme_missing")
	_, err = w.Rig.Directory.Hold(ctx, event.ID)
	w.is(err, fault.Refused, "programme.scheme_missing")
	rehearsal := "rehearsal"
	_, err = w.ChangeContest(ctx, w.admin, made.ID, programme.ContestChange{Kind: &rehearsal})
	w.is(err, fault.Refused, "programme.invalid")
	hidden := false
	if _, err = w.ChangeContest(ctx, w.admin, made.ID, programme.ContestChange{Visible: &hidden}); err != nil {
		t.Fatal(err)
	}
	if _, n, _ := w.PublicContests(ctx, programme.Page{}); n != 1 {
		t.Errorf("%d public contests", n)
	}
}

// A rehearsal was made real on the contest's morning, and its first event was
// published by one person: nobody had told the desk, which still held the event
// for a rehearsal's. Boards kept the old name of a contest until a restart, too.
func TestEventsAreToldOfTheirContest(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	var told []contest.ID
	w.Changed = func(_ context.Context, events []contest.ID) { told = append(told, events...) }
	kind, hidden := "real", false
	_, err := w.ChangeContest(ctx, w.admin, w.contest.ID, programme.ContestChange{Kind: &kind, Visible: &hidden})
	w.is(err, 0, "")
	for _, e := range w.events {
		if !slices.Contains(told, e.ID) {
			t.Errorf("event %s was not told", e.Code)
		}
	}
	told = nil
	wrong := "x"
	_, err = w.ChangeContest(ctx, w.admin, w.contest.ID, programme.ContestChange{Kind: &wrong})
	w.is(err, fault.Refused, "programme.invalid")
	if len(told) > 0 {
		t.Error("told of what was refused")
	}
}

func TestSchemeVersions(t *testing.T) {
	w := newWorld(t)
	ctx, id := t.Context(), w.events[1].ID
	put := func(text, reason string) (programme.SchemeVersion, error) {
		return w.PutScheme(ctx, w.as(contest.Organiser), id, []byte(text), reason)
	}
	same, err := put(programmetest.Scheme("open", "0"), "")
	if err != nil || same.Version != 1 {
		t.Fatal("the same text again made a version", same.Version, err)
	}
	_, err = put(programmetest.Scheme("seat", "2"), "")
	w.is(err, fault.Refused, "programme.invalid") // no reason given
	second, err := put(programmetest.Scheme("seat", "2"), "技术文件修订")
	if err != nil || second.Version != 2 || second.Reason != "技术文件修订" || second.ByName != "江某" {
		t.Fatal(second, err)
	}
	entries, _ := w.Rig.Directory.Entries(ctx, id)
	if entries[0].SeatNo == "" || entries[1].SeatNo == "" {
		t.Error("a scheme that marks by seat left entries without seats")
	}
	_, err = put(programmetest.Scheme("open", "3"), "三人组") // two sit there
	w.is(err, fault.Refused, "programme.invalid")
	_, err = put(programmetest.TwoPanels, "换组") // other panels
	w.is(err, fault.Refused, "programme.invalid")
	_, err = put(strings.Replace(programmetest.Scheme("open", "0"), `"total":"10"`, `"total":"11"`, 1), "错")
	w.is(err, fault.Refused, "programme.scheme_faulty")
	if versions, _ := w.Schemes(ctx, w.admin, id); len(versions) != 2 {
		t.Errorf("%d versions", len(versions))
	}
	w.open(1, false)
	_, err = put(programmetest.Scheme("open", "0"), "晚了")
	w.is(err, fault.Refused, "programme.event_open")
}

func TestChairs(t *testing.T) {
	w := newWorld(t)
	ctx, id, host := t.Context(), w.events[1].ID, w.as(contest.HostSecretary, 1)
	_, err := w.PutChairs(ctx, host, id, []programme.ChairDraft{{Panel: "p", Number: 7}, {Panel: "q", Seat: -1}, {Panel: "p", Number: 7, Chief: true}, {Panel: "p", Chief: true, Number: 70000}})
	w.is(err, fault.Refused, "programme.invalid")
	if got := places(fault.Of(err).Fields); got != "/chairs/1/panel programme.panel_unknown\n/chairs/1/seat programme.seat_wrong\n"+
		"/chairs/2/number programme.chair_number_duplicate\n/chairs/3/number programme.chair_number_wrong\n/chairs/3/chief programme.chief_duplicate" {
		t.Error(got)
	}
	list, err := w.PutChairs(ctx, host, id, []programme.ChairDraft{{Panel: "p", Judge: "江三"}, {Panel: "p", Number: 1, Seat: 9, Judge: "江九", Chief: true}})
	if err != nil || len(list) != 2 || list[0].Number != 1 || list[0].Seat != 9 || list[1].Number != 2 || list[1].Seat != 1 {
		t.Fatal(list, err)
	}
	w.open(1, false)
	_, err = w.PutChairs(ctx, host, id, []programme.ChairDraft{{Panel: "p", Number: 1, Seat: 9, Judge: "江九", Chief: true}})
	w.is(err, fault.Refused, "programme.event_open")
	list, err = w.PutChairs(ctx, host, id, []programme.ChairDraft{{Panel: "p", Number: 2, Seat: 1, Judge: "江十"}, {Panel: "p", Number: 1, Seat: 9, Judge: "江九", Chief: true}})
	if err != nil || list[1].Judge != "江十" {
		t.Fatal(list, err)
	}
	acts := w.Acts()
	last := acts[len(acts)-1]
	if last.What != "chairs.changed" || last.Detail["replaced"] != "2" || strings.Contains(last.Detail["replaced"], "江") {
		t.Errorf("%+v", last)
	}
}

// What an event owes may be chosen until marking opens: nobody drops the signed
// list in the evening because it is in the way.
func TestChainStandsOnceOpen(t *testing.T) {
	w := newWorld(t)
	ctx, id := t.Context(), w.events[1].ID
	change := func(a contest.Actor, to string) error {
		_, err := w.ChangeEvent(ctx, a, id, programme.EventChange{Chain: &to})
		return err
	}
	if w.events[1].Chain != contest.LightChain {
		t.Errorf("an event of a rehearsal: %q", w.events[1].Chain)
	}
	w.is(change(w.as(contest.HostSecretary, 1), "full"), fault.Forbidden, "programme.forbidden")
	w.is(change(w.admin, "loose"), fault.Refused, "programme.invalid")
	w.is(change(w.as(contest.Organiser), "full"), 0, "")
	if e, _ := w.FindEvent(ctx, w.admin, id); e.Chain != contest.FullChain {
		t.Errorf("%q", e.Chain)
	}
	w.open(1, false)
	w.is(change(w.admin, "light"), fault.Refused, "programme.event_open")
}

func TestHoldKeepsEditsAway(t *testing.T) {
	w := newWorld(t)
	ctx, id := t.Context(), w.events[1].ID
	rows := []programme.EntryDraft{{Name: "某"}}
	if _, err := w.Rig.Directory.Hold(ctx, id); err != nil {
		t.Fatal(err)
	}
	_, err := w.PutEntries(ctx, w.admin, id, rows, "")
	w.is(err, fault.Busy, "programme.event_opening")
	if err := w.Rig.Directory.Release(ctx, id); err != nil {
		t.Fatal(err)
	}
	_, err = w.PutEntries(ctx, w.admin, id, rows, "")
	w.is(err, 0, "")
	if _, err := w.Rig.Directory.Hold(ctx, id); err != nil {
		t.Fatal(err)
	}
	w.Pass(61 * time.Second) // whoever held it is gone
	_, err = w.PutEntries(ctx, w.admin, id, nil, "")
	w.is(err, 0, "")
	_, err = w.Rig.Directory.Hold(ctx, id)
	w.is(err, fault.Refused, "programme.no_entries")
}

func TestPublicEvents(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	w.SetCount(w.events[0].ID, programme.Count{Phase: "running", Release: "progress", Entries: 3, Done: 2, Need: 6})
	codes := func(q string) []string {
		list, _, err := w.PublicEvents(ctx, contest.ID{}, programme.Page{Q: q})
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, e := range list {
			out = append(out, e.Code+" "+e.Count.Phase)
		}
		return out
	}
	for q, want := range map[string][]string{
		"":        {"welder running", "turner waiting", "cook waiting"},
		"焊":       {"welder running"},
		"hg":      {"welder running"},
		"SKCG":    {"turner waiting"},
		"cnc 轴":   {"turner waiting"},
		"welder":  {"welder running"},
		"梁志远":     nil, // entrants' names are not searched
		"lzy":     nil,
		"zspts":   {"cook waiting"},
		"焊 车":     nil,
		"%":       nil,
		"ｗｅｌｄｉｎｇ": {"welder running"},
	} {
		if got := codes(q); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", q, got, want)
		}
	}
}
