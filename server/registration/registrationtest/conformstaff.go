package registrationtest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/registration"
	"jiangtai/server/registration/eligibility"
	"jiangtai/server/registration/idnumber"
)

func signed(first string) string { return first + string(idnumber.CheckDigit(first)) }

func enlist(drafts ...registration.Draft) registration.Enlistment {
	return registration.Enlistment{Drafts: drafts}
}

// row is the n-th person in a list, of a unit of its own.
func row(n int) registration.Draft {
	d := Draft(n)
	d.Unit, d.UnitName = "", fmt.Sprintf("第%d厂", n)
	return d
}

func theList(t *testing.T, rig *Rig) {
	must[registration.Receipt](t)(rig.Register(t.Context(), "10.0.0.1", Welder, Draft(1)))
	bad, young, again, taken := row(2), row(3), row(4), row(1)
	bad.Name, bad.IDNumber = "", "1"
	young.TradeYears = 0
	_, err := rig.Enlist(t.Context(), Host, Welder, enlist(row(4), bad, young, again, taken))
	want(t, err, "invalid /registrations/1/name=empty /registrations/1/id_number=id_length /registrations/2/trade_years=rule_trade_years "+
		"/registrations/3/id_number=twice /registrations/4/id_number=duplicate")
	if list := must[[]registration.Registration](t)(rig.All(t.Context(), Office, Welder)); len(list) != 1 {
		t.Errorf("%d are there", len(list))
	}
	preview := enlist(row(5), row(6))
	preview.IsPreview = true
	if list := must[[]registration.Registration](t)(rig.Enlist(t.Context(), Host, Welder, preview)); len(list) != 2 {
		t.Errorf("%d in the preview", len(list))
	}
	if list := must[[]registration.Registration](t)(rig.All(t.Context(), Office, Welder)); len(list) != 1 {
		t.Errorf("the preview wrote: %d are there", len(list))
	}
	made := must[[]registration.Registration](t)(rig.Enlist(t.Context(), Host, Welder, enlist(row(5), row(6))))
	if len(made) != 2 || made[0].Status != registration.Submitted || made[0].Door != registration.UnitDoor || made[0].Secret != nil || made[0].Version != 1 {
		t.Errorf("%+v", made)
	}
	_, err = rig.Enlist(t.Context(), Host, Welder, enlist())
	want(t, err, "empty_list")
	_, err = rig.Enlist(t.Context(), Host, Welder, enlist(make([]registration.Draft, 2001)...))
	want(t, err, "too_many_rows registrations=too_many_rows")
	// Lists search what they show.
	found, total, err := rig.List(t.Context(), Office, Welder, registration.Query{Q: "第6厂", Limit: 1})
	if err != nil || total != 1 || found[0].IDNumber.Reveal() != Number(6) {
		t.Error(found, total, err)
	}
	if _, total, err := rig.List(t.Context(), Office, Welder, registration.Query{Statuses: []registration.Status{registration.Drafted}}); err != nil || total != 0 {
		t.Error(total, err)
	}
	if page, total, err := rig.List(t.Context(), Office, Welder, registration.Query{Offset: 2, Limit: 5}); err != nil || total != 3 || len(page) != 1 {
		t.Error(len(page), total, err)
	}
	if page, total, err := rig.List(t.Context(), Office, Welder, registration.Query{Offset: 20}); err != nil || total != 3 || len(page) != 0 {
		t.Error(len(page), total, err)
	}
}

func theLimits(t *testing.T, rig *Rig) {
	var drafts []registration.Draft
	for n := 1; n <= 5; n++ {
		d := Draft(n)
		if n%2 == 0 { // by its name, the same unit
			d.Unit, d.UnitName = "", "江城 造船厂"
		}
		drafts = append(drafts, d)
	}
	_, err := rig.Enlist(t.Context(), Host, Welder, enlist(drafts...))
	want(t, err, "invalid /registrations/3/unit=limit_unit /registrations/4/unit=limit_unit")
	must[[]registration.Registration](t)(rig.Enlist(t.Context(), Host, Welder, enlist(drafts[:3]...)))
	_, err = rig.Register(t.Context(), "10.0.0.1", Welder, Draft(9))
	want(t, err, "limit_unit /unit=limit_unit")
	elsewhere := row(9)
	elsewhere.CreditCode = "91350100M000100Y43"
	must[registration.Receipt](t)(rig.Register(t.Context(), "10.0.0.1", Welder, elsewhere))
	// Who is withdrawn makes room.
	list := must[[]registration.Registration](t)(rig.All(t.Context(), Office, Welder))
	must[[]registration.Registration](t)(rig.Decide(t.Context(), Host, Welder, registration.Decision{Act: registration.Withdraw, Items: items(list[:1]), Reason: "换人"}))
	must[registration.Receipt](t)(rig.Register(t.Context(), "10.0.0.1", Welder, Draft(8)))
}

func theTerms(t *testing.T, rig *Rig) {
	own := Terms()
	own.PerUnit, own.Notice.Version, own.Ladder = 0, "v2", []registration.Rung{registration.OfficeRung}
	if v := must[registration.TermsVersion](t)(rig.PutEventTerms(t.Context(), Office, Welder, own, "")); v.Version != 1 {
		t.Errorf("%+v", v)
	}
	_, err := rig.PutEventTerms(t.Context(), Office, Welder, own, " ")
	want(t, err, "reason /reason=reason")
	own.Notice.Version = "v3"
	if v := must[registration.TermsVersion](t)(rig.PutEventTerms(t.Context(), Office, Welder, own, "更正告知书")); v.Version != 2 {
		t.Errorf("%+v", v)
	}
	got := must[registration.TermsVersion](t)(rig.EventTerms(t.Context(), Host, Welder))
	if got.Scope != Welder || got.Version != 2 || got.Terms.Notice.Version != "v3" || len(got.Terms.Rules) != 4 || !got.Terms.OpensAt.Equal(own.OpensAt) {
		t.Errorf("%+v", got)
	}
	if got := must[registration.TermsVersion](t)(rig.EventTerms(t.Context(), Office, Turner)); got.Scope != Town || got.Terms.Notice.Version != "v1" {
		t.Errorf("%+v", got)
	}
	if got := must[registration.TermsVersion](t)(rig.ContestTerms(t.Context(), Office, Town)); got.Version != 1 {
		t.Errorf("%+v", got)
	}
	// One rung: the office alone.
	d := row(1)
	d.Notice = "v3"
	must[registration.Receipt](t)(rig.Register(t.Context(), "10.0.0.1", Welder, d))
	list := must[[]registration.Registration](t)(rig.All(t.Context(), Office, Welder))
	list = must[[]registration.Registration](t)(rig.Decide(t.Context(), Office, Welder, registration.Decision{Act: registration.Approve, Items: items(list)}))
	if list[0].Status != registration.Approved || list[0].Terms != 2 {
		t.Errorf("%+v", list)
	}
	faulty := registration.Terms{Ladder: []registration.Rung{"mayor"}, PerUnit: -1, Rules: []eligibility.Rule{{Kind: "age"}}}
	_, err = rig.PutEventTerms(t.Context(), Office, Welder, faulty, "x")
	want(t, err, "terms_invalid /opens_at=empty /closes_at=empty /closes_at=dates_reversed /ladder=not_one_of /events_per_person=bounds /per_unit=bounds "+
		"/notice/version=bounds /notice/text=empty /rules/0/min=rule_wrong /rules/0/on=rule_wrong")
}

func theDoors(t *testing.T, rig *Rig) {
	must[[]registration.Registration](t)(rig.Enlist(t.Context(), Host, Welder, enlist(row(1))))
	_, err := rig.Register(t.Context(), "10.0.0.1", Welder, Draft(1))
	want(t, err, "duplicate /id_number=duplicate")
	must[registration.Receipt](t)(rig.Register(t.Context(), "10.0.0.1", Welder, Draft(2)))
	_, err = rig.Enlist(t.Context(), Host, Welder, enlist(row(2)))
	want(t, err, "invalid /registrations/0/id_number=duplicate")
	list := must[[]registration.Registration](t)(rig.All(t.Context(), Office, Welder))
	if list[0].Person == list[1].Person {
		t.Error("two people are one")
	}
	// Whoever finds out ten times that others are registered waits.
	for range 9 {
		_, err = rig.Register(t.Context(), "10.0.0.1", Welder, Draft(1))
		want(t, err, "duplicate /id_number=duplicate")
	}
	_, err = rig.Register(t.Context(), "10.0.0.1", Welder, Draft(1))
	want(t, err, "too_many")
	_, err = rig.Register(t.Context(), "10.0.0.1", Welder, row(3)) // not even for one who is not: that would tell
	want(t, err, "too_many")
	for n := range 60 {
		_, err = rig.Register(t.Context(), "10.0.0.2", Welder, registration.Draft{})
		if n == 59 && Says(err) == "too_many" {
			t.Error(err)
		}
	}
	_, err = rig.Register(t.Context(), "10.0.0.2", Welder, row(4))
	want(t, err, "too_many")
	if call := must[registration.Call](t)(rig.Call(t.Context(), Welder)); !call.IsOpen || call.Terms.Notice.Version != "v1" || len(call.Units) != 2 {
		t.Errorf("%+v", call)
	}
	_, err = rig.Call(t.Context(), Hidden)
	want(t, err, "event_missing")
}

func theSheets(t *testing.T, rig *Rig) {
	up := registration.Upload{Sum: [32]byte{1}, Place: func(n int, field string) string { return fmt.Sprintf("报名表:%d:%s", n+2, field) }}
	bad := row(2)
	bad.Phone = "1"
	_, err := rig.ImportRegistrations(t.Context(), Host, Welder, []registration.Draft{row(1), bad}, up)
	want(t, err, "invalid 报名表:3:phone=phone")
	up.IsPreview = true
	seen := must[registration.Uploaded](t)(rig.ImportRegistrations(t.Context(), Host, Welder, []registration.Draft{row(1)}, up))
	if seen.Rows != 1 || !seen.Import.IsZero() {
		t.Errorf("%+v", seen)
	}
	up.IsPreview = false
	first := must[registration.Uploaded](t)(rig.ImportRegistrations(t.Context(), Host, Welder, []registration.Draft{row(1)}, up))
	second := must[registration.Uploaded](t)(rig.ImportRegistrations(t.Context(), Host, Welder, []registration.Draft{row(1)}, up)) // U17
	if first.Import.IsZero() || first.IsRepeat || !second.IsRepeat || second.Import != first.Import || second.Rows != 1 {
		t.Errorf("%+v %+v", first, second)
	}
	if list := must[[]registration.Registration](t)(rig.All(t.Context(), Office, Welder)); len(list) != 1 {
		t.Errorf("%d are there", len(list))
	}
	_, err = rig.ImportUnits(t.Context(), Office, Town, []registration.UnitRow{{Code: "u1", Name: "x"}, {Code: "u3", Name: "x"}, {Code: "u3", Name: "x"}}, up)
	want(t, err, "invalid 报名表:2:code=unit_exists 报名表:4:code=unit_exists")
	_, err = rig.ImportUnits(t.Context(), Office, Town, []registration.UnitRow{{Code: "u4"}, {Code: "u 9"}}, up)
	want(t, err, "invalid 报名表:3:code=programme.code_wrong")
	must[registration.Uploaded](t)(rig.ImportUnits(t.Context(), Office, Town, []registration.UnitRow{{Code: "u5"}}, up))
	must[registration.Uploaded](t)(rig.ImportJudges(t.Context(), Host, Welder, []registration.JudgeRow{{Panel: "p", Judge: "江一", IsChief: true}}, up))
	if len(rig.Judges()) != 1 || len(rig.Changes()) != 1 {
		t.Error(rig.Judges(), rig.Changes())
	}
	_, err = rig.ImportEntries(t.Context(), Host, Welder, []registration.EntryRow{{Name: "甲"}, {Name: "乙", Unit: "u9"}}, up)
	want(t, err, "invalid 报名表:3:unit=programme.unit_unknown")
	must[registration.Uploaded](t)(rig.ImportEntries(t.Context(), Host, Welder, []registration.EntryRow{{Name: "甲"}, {Name: "乙", Unit: "u1"}}, up))
	if len(rig.Entries(Welder)) != 2 || len(rig.Changes()) != 2 {
		t.Error(rig.Entries(Welder), rig.Changes())
	}
	_, err = rig.ImportEntries(t.Context(), Watcher, Welder, nil, up)
	want(t, err, "forbidden")
	_, err = rig.ImportUnits(t.Context(), Host, Town, nil, up)
	want(t, err, "contest_missing")
}

func theStaff(t *testing.T, rig *Rig) {
	l := enlist(row(1))
	l.IsDraft = true
	made := must[[]registration.Registration](t)(rig.Enlist(t.Context(), Host, Welder, l))
	if made[0].Status != registration.Drafted || !made[0].SubmittedAt.IsZero() {
		t.Errorf("%+v", made)
	}
	_, err := rig.Decide(t.Context(), Host, Welder, registration.Decision{Act: registration.Approve, Items: items(made)})
	want(t, err, "undecided /registrations/0=step")
	again := row(1)
	again.IDNumber, again.Name = "", "欧阳安"
	v := must[registration.View](t)(rig.Change(t.Context(), Host, made[0].ID, 1, again))
	if v.Registration.Status != registration.Submitted || v.Registration.Name != "欧阳安" || v.Registration.Version != 2 || v.Registration.SubmittedAt.IsZero() {
		t.Errorf("%+v", v)
	}
	_, err = rig.Change(t.Context(), Host, made[0].ID, 1, again)
	want(t, err, "changed")
	_, err = rig.Change(t.Context(), Host, made[0].ID, 2, again)
	want(t, err, "step status=step")
	l = enlist(row(2))
	l.IsDraft = true
	made = must[[]registration.Registration](t)(rig.Enlist(t.Context(), Host, Welder, l))
	made = must[[]registration.Registration](t)(rig.Decide(t.Context(), Host, Welder, registration.Decision{Act: registration.Submit, Items: items(made)}))
	if made[0].Status != registration.Submitted {
		t.Errorf("%+v", made)
	}
	low := row(3)
	low.CityYears = 1 // a rule that warns
	made = must[[]registration.Registration](t)(rig.Enlist(t.Context(), Host, Welder, enlist(low)))
	v = must[registration.View](t)(rig.Find(t.Context(), Office, made[0].ID))
	if len(v.Findings) != 1 || !v.Findings[0].Warns || v.Findings[0].Hint() != "≥ 3 / 1" {
		t.Errorf("%+v", v.Findings)
	}
}

func lookingUp(t *testing.T, rig *Rig) {
	must[[]registration.Registration](t)(rig.Enlist(t.Context(), Host, Welder, enlist(row(1))))
	for i := range 10 { // R15
		list, err := rig.Lookup(t.Context(), Host, Welder, Number(i%2+1))
		if err != nil || len(list) != (i+1)%2 {
			t.Fatal(i, list, err)
		}
	}
	for range 990 {
		if _, err := rig.Lookup(t.Context(), Host, Welder, Number(1)); Says(err) != "too_many" {
			t.Fatal(err)
		}
	}
	_, err := rig.Lookup(t.Context(), Office, Welder, "1")
	want(t, err, "invalid /id_number=id_length")
	_, err = rig.Lookup(t.Context(), Watcher, Welder, Number(1))
	want(t, err, "forbidden")
}

func whoMay(t *testing.T, rig *Rig) {
	id := must[[]registration.Registration](t)(rig.Enlist(t.Context(), Host, Welder, enlist(row(1))))[0].ID
	for name, use := range map[string]func(a contest.Actor) error{
		"list": func(a contest.Actor) error {
			_, _, err := rig.List(t.Context(), a, Welder, registration.Query{})
			return err
		},
		"all":    func(a contest.Actor) error { _, err := rig.All(t.Context(), a, Welder); return err },
		"find":   func(a contest.Actor) error { _, err := rig.Find(t.Context(), a, id); return err },
		"terms":  func(a contest.Actor) error { _, err := rig.EventTerms(t.Context(), a, Welder); return err },
		"lookup": func(a contest.Actor) error { _, err := rig.Lookup(t.Context(), a, Welder, "1"); return err },
		"enlist": func(a contest.Actor) error { _, err := rig.Enlist(t.Context(), a, Welder, enlist()); return err },
		"decide": func(a contest.Actor) error {
			_, err := rig.Decide(t.Context(), a, Welder, registration.Decision{})
			return err
		},
		"change": func(a contest.Actor) error { _, err := rig.Change(t.Context(), a, id, 0, row(1)); return err },
		"put": func(a contest.Actor) error {
			_, err := rig.PutEventTerms(t.Context(), a, Welder, registration.Terms{}, "")
			return err
		},
		"import": func(a contest.Actor) error {
			_, err := rig.ImportRegistrations(t.Context(), a, Welder, nil, registration.Upload{})
			return err
		},
		"judges":  func(a contest.Actor) error { _, err := rig.CanImport(t.Context(), a, "judges", Welder); return err },
		"office":  func(a contest.Actor) error { _, err := rig.ContestTerms(t.Context(), a, Town); return err },
		"nowhere": func(a contest.Actor) error { _, err := rig.Find(t.Context(), a, contest.ID{3: 3}); return err },
	} {
		for who, a := range map[string]contest.Actor{"public": {}, "office": Office, "host": Host, "chief": Chief, "watcher": Watcher, "other host": Other} {
			code, _, _ := strings.Cut(Says(use(a)), " ")
			var expected string
			switch reads := name == "list" || name == "all" || name == "find" || name == "terms"; {
			case name == "nowhere":
				expected = "missing"
			case name == "office" && who != "office":
				expected = "contest_missing"
			case who == "public" || who == "chief" || who == "other host":
				expected = map[bool]string{true: "missing", false: "event_missing"}[name == "find" || name == "change"]
			case who == "watcher" && !reads, who == "host" && name == "put":
				expected = "forbidden"
			case reads || name == "judges" || name == "office":
			default:
				expected = map[string]string{
					"lookup": "invalid", "enlist": "empty_list", "decide": "invalid", "change": "changed", "put": "terms_invalid", "import": "empty_list",
				}[name]
			}
			if code != expected {
				t.Errorf("%s by %s: %q, want %q", name, who, code, expected)
			}
		}
	}
}

func nothingOpen(t *testing.T, rig *Rig) {
	rig.Pass(-48 * time.Hour)
	_, err := rig.Register(t.Context(), "10.0.0.1", Welder, Draft(1))
	want(t, err, "not_open opens_at=not_open")
	rig.Pass((48 + 9*24) * time.Hour) // R11: the moment itself is too late
	_, err = rig.Register(t.Context(), "10.0.0.1", Welder, Draft(1))
	want(t, err, "closed closes_at=closed")
	_, err = rig.Enlist(t.Context(), Office, Welder, enlist(row(1)))
	want(t, err, "closed closes_at=closed")
	if call := must[registration.Call](t)(rig.Call(t.Context(), Welder)); call.IsOpen {
		t.Error("it is open")
	}
	rig.Pass(-time.Millisecond)
	must[registration.Receipt](t)(rig.Register(t.Context(), "10.0.0.1", Welder, Draft(1)))
	closed := Terms()
	closed.IsPublic = false
	must[registration.TermsVersion](t)(rig.PutEventTerms(t.Context(), Office, Welder, closed, ""))
	_, err = rig.Register(t.Context(), "10.0.0.1", Welder, Draft(2))
	want(t, err, "event_missing")
}

func late4That(t *testing.T, rig *Rig) {
	receipt := must[registration.Receipt](t)(rig.Register(t.Context(), "10.0.0.1", Welder, Draft(1)))
	list := must[[]registration.Registration](t)(rig.All(t.Context(), Office, Welder))
	must[[]registration.Registration](t)(rig.Decide(t.Context(), Host, Welder, registration.Decision{Act: registration.Return, Items: items(list), Reason: "照片"}))
	rig.Pass(11 * 24 * time.Hour)
	_, err := rig.Correct(t.Context(), "10.0.0.1", receipt, Draft(1))
	want(t, err, "closed")
	must[registration.View](t)(rig.Withdraw(t.Context(), "10.0.0.1", receipt))
}
