package recusaltest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/blind"
	"jiangtai/server/blind/blindtest"
	"jiangtai/server/blind/recusal"
	"jiangtai/server/contest"
)

// Stores makes empty stores for one test.
type Stores func(t *testing.T) (recusal.Store, blind.Store, blind.Work)

// Conform holds the desk on a store against what it promises.
func Conform(t *testing.T, stores Stores) {
	t.Helper()
	for name, test := range map[string]func(t *testing.T, r *Rig){
		"a tie is declared, sealed and applied":  aTie,
		"what is said must be so":                whatIsSaid,
		"withdrawn by two":                       withdrawn,
		"another judge sits there":               replaced,
		"what the ledger refuses is decided":     decided,
		"open modules are at once":               atOnce,
		"a unit is proposed":                     proposed,
		"sealed views tell nothing":              sealedAlike,
		"a void draw opens the declarations":     voided,
		"members of teams":                       teams,
		"who may":                                whoMay,
		"declared and changed by two at a time":  stale,
		"the unit's entries as they are at last": lateEntry,
	} {
		t.Run(name, func(t *testing.T) { test(t, NewRig(stores(t))) })
	}
}

var want = blindtest.Want

// kin is a declaration that judge n is related to an entry.
func kin(chair scoring.ChairID, entry string) recusal.Declaration {
	return recusal.Declaration{Chair: chair, Kind: recusal.Relative, EntryNo: entry, Reason: "表兄弟", Source: recusal.Himself}
}

func view(t *testing.T, r *Rig, a contest.Actor, event contest.ID) recusal.View {
	t.Helper()
	v, err := r.Find(t.Context(), a, event)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// came are pairs as text: chair, entry number and state.
func came(v recusal.View) string {
	var out []string
	for _, p := range v.Pairs {
		out = append(out, fmt.Sprintf("%d/%s %s", p.Chair, p.EntryNo, p.State))
	}
	return strings.Join(out, ", ")
}

func aTie(t *testing.T, r *Rig) {
	ctx, cook := t.Context(), blindtest.Cook
	want(t, "", r.Declare(ctx, blindtest.Host, cook, kin(1, "003")))
	want(t, "", r.Declare(ctx, blindtest.Watcher, cook, recusal.Declaration{Chair: 2, Kind: recusal.FormerUnit, Unit: UnitOf(1), Reason: "2019 年以前", Source: recusal.Office}))
	v := view(t, r, blindtest.Host, cook)
	if len(v.Ties) != 2 || v.Stage != recusal.Declaring || v.Ties[0].Subject != "003 选手3" || v.Ties[1].Subject != "第1机械厂" ||
		v.Ties[0].Judge != "江一" || v.Ties[0].By.Name != "承办" || v.Ties[0].Way != recusal.Unsealing || v.Judges[1].Tied != 1 || len(v.Pairs) != 0 {
		t.Errorf("%+v", v)
	}
	if owed, err := r.Owed(ctx, cook); err != nil || owed != nil {
		t.Errorf("owed before anything is open: %v, %v", owed, err)
	}
	r.Seal(t, cook)
	want(t, "blind.ties_sealed", r.Declare(ctx, blindtest.Host, cook, kin(1, "004")))
	want(t, "", r.BeforePublishing(ctx, cook))
	r.Unseal(t, cook)
	// The draw has given the entries new ordinals: 003 is the fourth now.
	if got := came(view(t, r, blindtest.Chief, cook)); got != "1/003 applied, 2/005 applied, 2/003 applied, 2/001 applied" {
		t.Error(got)
	}
	want(t, "", r.BeforePublishing(ctx, cook))
	for _, word := range []string{"江一", "003", "机械厂", "表兄弟"} {
		if strings.Contains(r.Audited(), word) {
			t.Errorf("the audit tells %s", word)
		}
	}
}

func whatIsSaid(t *testing.T, r *Rig) {
	good := kin(1, "003")
	for code, spoil := range map[string]func(d *recusal.Declaration){
		"blind.tie_judge":    func(d *recusal.Declaration) { d.Chair = 9 },
		"blind.tie_kind":     func(d *recusal.Declaration) { d.Kind = "friend" },
		"blind.tie_subject":  func(d *recusal.Declaration) { d.EntryNo = "099" },
		"blind.empty":        func(d *recusal.Declaration) { d.Reason = "  " },
		"blind.too_long":     func(d *recusal.Declaration) { d.Reason = strings.Repeat("亲", 301) },
		"blind.not_showable": func(d *recusal.Declaration) { d.Reason = "表\u202e兄" },
	} {
		d := good
		spoil(&d)
		want(t, code, r.Declare(t.Context(), blindtest.Host, blindtest.Cook, d))
	}
	unit := recusal.Declaration{Chair: 1, Kind: recusal.Unit, Reason: "在职", Source: recusal.Office}
	want(t, "blind.tie_subject", r.Declare(t.Context(), blindtest.Host, blindtest.Cook, unit))
	want(t, "", r.Declare(t.Context(), blindtest.Host, blindtest.Cook, good))
	want(t, "blind.tie_known", r.Declare(t.Context(), blindtest.Watcher, blindtest.Cook, good))
	want(t, "", r.Declare(t.Context(), blindtest.Host, blindtest.Cook, recusal.Declaration{
		Chair: 1, Kind: recusal.Other, EntryNo: "003", Reason: strings.Repeat("<", 300), Source: recusal.Himself,
	}))
}

func withdrawn(t *testing.T, r *Rig) {
	ctx, cook := t.Context(), blindtest.Cook
	want(t, "", r.Declare(ctx, blindtest.Host, cook, kin(1, "003")))
	tie := view(t, r, blindtest.Host, cook).Ties[0]
	want(t, "blind.two_persons", r.Withdraw(ctx, blindtest.Host, cook, tie.ID, 1, "认错人", blind.Second{}))
	want(t, "blind.two_persons", r.Withdraw(ctx, blindtest.Watcher, cook, tie.ID, 1, "认错人", blindtest.With("watcher")))
	want(t, "blind.empty", r.Withdraw(ctx, blindtest.Host, cook, tie.ID, 1, "", blindtest.With("watcher")))
	want(t, "blind.tie_missing", r.Withdraw(ctx, blindtest.Host, cook, contest.ID{1}, 1, "认错人", blindtest.With("watcher")))
	want(t, "", r.Withdraw(ctx, blindtest.Host, cook, tie.ID, 1, "认错人", blindtest.With("watcher")))
	want(t, "blind.tie_missing", r.Withdraw(ctx, blindtest.Host, cook, tie.ID, 2, "认错人", blindtest.With("watcher")))
	v := view(t, r, blindtest.Host, cook)
	if w := v.Ties[0].Withdrawn; w == nil || w.Second.Name != "监督" || w.Reason != "认错人" || v.Judges[0].Tied != 0 {
		t.Errorf("%+v", v.Ties[0])
	}
	want(t, "", r.Declare(ctx, blindtest.Host, cook, kin(1, "003")))
	r.Seal(t, cook)
	r.Unseal(t, cook)
	if got := came(view(t, r, blindtest.Office, cook)); got != "1/003 applied" {
		t.Error(got)
	}
}

func replaced(t *testing.T, r *Rig) {
	ctx, cook := t.Context(), blindtest.Cook
	want(t, "", r.Declare(ctx, blindtest.Host, cook, kin(1, "003")))
	want(t, "", r.Declare(ctx, blindtest.Host, cook, kin(2, "001")))
	ties := view(t, r, blindtest.Host, cook).Ties
	want(t, "blind.tie_way", r.Choose(ctx, blindtest.Host, cook, ties[0].ID, 1, "ask", ""))
	want(t, "blind.empty", r.Choose(ctx, blindtest.Host, cook, ties[0].ID, 1, recusal.Replace, ""))
	want(t, "blind.tie_same_judge", r.Choose(ctx, blindtest.Host, cook, ties[0].ID, 1, recusal.Replace, "江一"))
	want(t, "programme.role", r.Choose(ctx, blindtest.Watcher, cook, ties[0].ID, 1, recusal.Replace, "何五"))
	want(t, "", r.Choose(ctx, blindtest.Host, cook, ties[0].ID, 1, recusal.Replace, "何五"))
	want(t, "blind.tie_changed", r.Choose(ctx, blindtest.Host, cook, ties[0].ID, 1, recusal.Unsealing, ""))
	// Chair 2 was given to another one behind the desk's back: its marks are left
	// out all the same.
	want(t, "", r.Reseat(ctx, blindtest.Host, cook, 2, "无关的人"))
	v := view(t, r, blindtest.Host, cook)
	if v.Ties[0].Way != recusal.Replace || v.Judges[0].Judge != "何五" || v.Judges[0].Tied != 0 || v.Judges[1].Tied != 1 {
		t.Errorf("%+v", v)
	}
	// The tied judge sits down elsewhere: he is tied there.
	want(t, "", r.Reseat(ctx, blindtest.Host, cook, 3, "江一"))
	r.Seal(t, cook)
	r.Unseal(t, cook)
	if got := came(view(t, r, blindtest.Office, cook)); got != "2/001 applied, 3/003 applied" {
		t.Error(got)
	}
}

func decided(t *testing.T, r *Rig) {
	ctx, cook := t.Context(), blindtest.Cook
	want(t, "", r.Declare(ctx, blindtest.Host, cook, kin(1, "003")))
	want(t, "", r.Declare(ctx, blindtest.Host, cook, kin(2, "003")))
	r.Seal(t, cook)
	r.Refuse(1, 4, "judging.recusal_leaves_too_few")
	r.Refuse(2, 4, "judging.recusal_leaves_too_few")
	old, fresh := scoring.ID{1}, scoring.ID{2}
	r.Mark(1, 4, old)
	want(t, "blind.recusal_none", r.Decide(ctx, blindtest.Chief, cook, 1, "003", recusal.Stand, "无人可换", blindtest.With("watcher")))
	r.Unseal(t, cook)
	if got := came(view(t, r, blindtest.Chief, cook)); got != "1/003 undecided, 2/003 undecided" {
		t.Error(got)
	}
	want(t, "blind.recusals_open", r.BeforePublishing(ctx, cook))
	want(t, "blind.forbidden", r.Decide(ctx, blindtest.Host, cook, 1, "003", recusal.Stand, "无人可换", blindtest.With("watcher")))
	want(t, "blind.two_persons", r.Decide(ctx, blindtest.Chief, cook, 1, "003", recusal.Stand, "无人可换", blindtest.With("office")))
	want(t, "blind.tie_way", r.Decide(ctx, blindtest.Chief, cook, 1, "003", "no", "无人可换", blindtest.With("watcher")))
	want(t, "blind.empty", r.Decide(ctx, blindtest.Chief, cook, 1, "003", recusal.Stand, "", blindtest.With("watcher")))
	want(t, "", r.Decide(ctx, blindtest.Chief, cook, 1, "003", recusal.Remark, "请何五重评", blindtest.With("watcher")))
	want(t, "", r.Decide(ctx, blindtest.Watcher, cook, 2, "003", recusal.Stand, "客观项，仅一人", blindtest.With("chief")))
	if got := came(view(t, r, blindtest.Chief, cook)); got != "1/003 remarking, 2/003 stands" {
		t.Error(got)
	}
	want(t, "blind.recusals_open", r.BeforePublishing(ctx, cook))
	if owed, err := r.Owed(ctx, cook); err != nil || len(owed) != 0 {
		t.Errorf("still owed: %v, %v", owed, err)
	}
	r.Mark(1, 4, fresh)
	v := view(t, r, blindtest.Chief, cook)
	if got := came(v); got != "1/003 remarked, 2/003 stands" || v.Pairs[1].Decision.Second.Name != "裁判长" {
		t.Error(got)
	}
	want(t, "", r.BeforePublishing(ctx, cook))
	want(t, "blind.recusal_none", r.Decide(ctx, blindtest.Chief, cook, 2, "003", recusal.Remark, "还是换", blindtest.With("watcher")))
}

func atOnce(t *testing.T, r *Rig) {
	ctx, plain := t.Context(), blindtest.Plain
	host := contest.Actor{Account: contest.ID{14: 77}, Name: "承办", Grants: []contest.Grant{{Role: contest.Organiser, Contest: blindtest.Town}}}
	want(t, "blind.two_persons", r.Declare(ctx, host, plain, kin(1, "003")))
	d := kin(1, "003")
	d.Second = blindtest.With("watcher")
	want(t, "", r.Declare(ctx, host, plain, d))
	r.Coding.Change(plain, func(e *blind.Event) { e.IsOpen = true })
	d.Chair = 2
	want(t, "", r.Declare(ctx, host, plain, d))
	owed, err := r.Owed(ctx, plain)
	if err != nil || len(owed) != 2 || owed[0].By != host.Who() || owed[0].Second != blindtest.Watcher.Who() {
		t.Errorf("%+v, %v", owed, err)
	}
	v := view(t, r, host, plain)
	if got := came(v); got != "1/003 applied, 2/003 applied" || v.Stage != recusal.Declaring {
		t.Error(got, v.Stage)
	}
	want(t, "blind.tie_applied", r.Withdraw(ctx, host, plain, v.Ties[0].ID, 1, "认错人", blindtest.With("watcher")))
	want(t, "blind.event_open", r.Choose(ctx, host, plain, v.Ties[0].ID, 1, recusal.Replace, "何五"))
	r.Publish()
	d.Chair = 3
	want(t, "blind.ties_sealed", r.Declare(ctx, host, plain, d))
}

func proposed(t *testing.T, r *Rig) {
	ctx, cook := t.Context(), blindtest.Cook
	want(t, "blind.tie_subject", r.SetHome(ctx, blindtest.Host, cook, 1, contest.ID{1}))
	want(t, "blind.tie_judge", r.SetHome(ctx, blindtest.Host, cook, 9, UnitOf(1)))
	want(t, "", r.SetHome(ctx, blindtest.Host, cook, 1, UnitOf(2)))
	want(t, "", r.SetHome(ctx, blindtest.Host, cook, 1, UnitOf(1)))
	if j := view(t, r, blindtest.Host, cook).Judges[0]; j.Proposed != 3 || j.Home != UnitOf(1) || j.HomeName != "第1机械厂" {
		t.Errorf("%+v", j)
	}
	want(t, "", r.Declare(ctx, blindtest.Host, cook, recusal.Declaration{Chair: 1, Kind: recusal.Unit, Unit: UnitOf(1), Reason: "在职", Source: recusal.Proposed}))
	if j := view(t, r, blindtest.Host, cook).Judges[0]; j.Proposed != 0 || j.Tied != 1 {
		t.Errorf("%+v", j)
	}
	want(t, "", r.Reseat(ctx, blindtest.Host, cook, 1, "何五")) // where he works is not known
	if j := view(t, r, blindtest.Host, cook).Judges[0]; j.Home != (contest.ID{}) {
		t.Errorf("%+v", j)
	}
}

// sealedAlike: an event with ties and one without are told alike, to everybody.
func sealedAlike(t *testing.T, r *Rig) {
	ctx, cook := t.Context(), blindtest.Cook
	want(t, "", r.Declare(ctx, blindtest.Host, cook, kin(1, "003")))
	want(t, "", r.SetHome(ctx, blindtest.Host, cook, 2, UnitOf(1)))
	tie := view(t, r, blindtest.Host, cook).Ties[0]
	r.Seal(t, cook)
	for _, a := range []contest.Actor{blindtest.Host, blindtest.Office, blindtest.Watcher, blindtest.Chief, blindtest.Root} {
		v := view(t, r, a, cook)
		if v.Stage != recusal.Sealed || len(v.Ties)+len(v.Judges)+len(v.Units)+len(v.People)+len(v.Pairs) != 0 {
			t.Errorf("%s: %+v", a.Name, v)
		}
	}
	for _, id := range []contest.ID{tie.ID, {1}} {
		want(t, "blind.ties_sealed", r.Withdraw(ctx, blindtest.Host, cook, id, 1, "认错人", blindtest.With("watcher")))
		want(t, "blind.ties_sealed", r.Choose(ctx, blindtest.Host, cook, id, 1, recusal.Replace, "何五"))
	}
	for _, entry := range []string{"003", "004"} {
		want(t, "blind.ties_sealed", r.Declare(ctx, blindtest.Host, cook, kin(1, entry)))
		want(t, "blind.recusal_none", r.Decide(ctx, blindtest.Chief, cook, 1, entry, recusal.Stand, "x", blindtest.With("watcher")))
	}
	want(t, "blind.ties_sealed", r.SetHome(ctx, blindtest.Host, cook, 1, UnitOf(1)))
	if n, err := r.Unsettled(ctx, cook); n != 0 || err != nil {
		t.Error(n, err)
	}
}

func voided(t *testing.T, r *Rig) {
	ctx, cook := t.Context(), blindtest.Cook
	want(t, "", r.Coding.Begin(ctx, blindtest.Coder, cook, blind.Start{Layer: blind.Codes, Method: blind.ByHand, Witness: "见证"}))
	want(t, "blind.ties_sealed", r.Declare(ctx, blindtest.Host, cook, kin(1, "003")))
	want(t, "", r.Coding.Annul(ctx, blindtest.Coder, cook, blind.Codes, "先申报", blindtest.With("watcher")))
	want(t, "", r.Declare(ctx, blindtest.Host, cook, kin(1, "003")))
}

func teams(t *testing.T, r *Rig) {
	ctx, cook := t.Context(), blindtest.Cook
	r.Coding.Tamper(cook, func(list []contest.Entry) { list[2].Team, list[5].Kind = list[5].ID, contest.Team })
	want(t, "", r.Declare(ctx, blindtest.Host, cook, kin(1, "003")))
	want(t, "", r.Declare(ctx, blindtest.Host, cook, kin(2, "001")))
	r.Seal(t, cook)
	r.Unseal(t, cook)
	if got := came(view(t, r, blindtest.Chief, cook)); got != "1/006 applied, 1/003 applied, 2/001 applied" {
		t.Error(got)
	}
}

func whoMay(t *testing.T, r *Rig) {
	cook := blindtest.Cook
	d := kin(1, "003")
	d.Reason = ""
	for _, row := range []struct {
		a             contest.Actor
		look, declare string
	}{
		{blindtest.Host, "", "blind.empty"},
		{blindtest.Office, "", "blind.empty"},
		{blindtest.Watcher, "", "blind.empty"},
		{blindtest.Chief, "", "blind.forbidden"},
		{blindtest.Root, "", "blind.forbidden"},
		{blindtest.Coder, "blind.missing", "blind.missing"},
		{blindtest.Keyer, "blind.missing", "blind.missing"},
		{blindtest.Foreign, "blind.missing", "blind.missing"},
		{contest.Actor{}, "blind.missing", "blind.missing"},
	} {
		_, err := r.Find(t.Context(), row.a, cook)
		want(t, row.look, err)
		want(t, row.declare, r.Declare(t.Context(), row.a, cook, d))
	}
	want(t, "", r.Declare(t.Context(), blindtest.Host, cook, kin(1, "003")))
	if v := view(t, r, blindtest.Chief, cook); v.Ties != nil || v.Judges != nil {
		t.Errorf("the chief judge, who knows marks by label, is told %+v", v)
	}
	_, err := r.Find(t.Context(), blindtest.Host, contest.ID{1})
	want(t, "blind.missing", err)
}

func stale(t *testing.T, r *Rig) {
	ctx, cook := t.Context(), blindtest.Cook
	want(t, "", r.Declare(ctx, blindtest.Host, cook, kin(1, "003")))
	tie := view(t, r, blindtest.Host, cook).Ties[0]
	want(t, "", r.Choose(ctx, blindtest.Host, cook, tie.ID, 1, recusal.Unsealing, ""))
	want(t, "blind.tie_changed", r.Withdraw(ctx, blindtest.Host, cook, tie.ID, 1, "认错人", blindtest.With("watcher")))
}

// lateEntry: an entry of the unit that came after the declaration is tied too.
func lateEntry(t *testing.T, r *Rig) {
	ctx, cook := t.Context(), blindtest.Cook
	want(t, "", r.Declare(ctx, blindtest.Host, cook, recusal.Declaration{Chair: 3, Kind: recusal.Unit, Unit: UnitOf(2), Reason: "在职", Source: recusal.Himself}))
	r.Coding.Tamper(cook, func(list []contest.Entry) { list[0].Unit.ID = UnitOf(2) })
	r.Seal(t, cook)
	r.Unseal(t, cook)
	var got []string
	for _, p := range view(t, r, blindtest.Office, cook).Pairs {
		got = append(got, p.EntryNo)
	}
	if slices.Sort(got); strings.Join(got, " ") != "001 002 004 006" {
		t.Error(got)
	}
}
