package registrationtest

import (
	"strings"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/registration"
)

// A whole number is seen by its roles, with a reason, twenty times an hour, and
// the audit and the person know of it.
func revealing(t *testing.T, rig *Rig) {
	receipt := must[registration.Receipt](t)(rig.Register(t.Context(), "10.0.0.1", Welder, Draft(1)))
	list := must[[]registration.Registration](t)(rig.All(t.Context(), Office, Welder))
	id := list[0].ID
	boss := contest.Actor{Account: contest.ID{14: 8, 15: 7}, Name: "某", Grants: []contest.Grant{{Role: contest.Administrator}}}
	for name, c := range map[string]struct {
		who    contest.Actor
		reason string
		says   string
	}{
		"the public":        {contest.Actor{}, "保险", "missing"},
		"a chief judge":     {Chief, "保险", "missing"},
		"another host":      {Other, "保险", "missing"},
		"a supervisor":      {Watcher, "保险", "reveal_forbidden"},
		"an administrator":  {boss, "保险", "reveal_forbidden"},
		"without a reason":  {Office, " \u200b ", "reason /reason=reason"},
		"not an event's id": {Office, "保险", "missing"},
	} {
		of := id
		if strings.HasPrefix(name, "not") {
			of = contest.ID{3: 3}
		}
		_, err := rig.Reveal(t.Context(), c.who, of, c.reason)
		if got := Says(err); got != c.says {
			t.Errorf("%s: %q, want %q", name, got, c.says)
		}
	}
	for n := range registration.MaxReveals {
		shown := must[registration.Revealed](t)(rig.Reveal(t.Context(), Host, id, "办理保险 "+Phone(1)))
		if shown.IDNumber.Reveal() != Number(1) || shown.Phone.Reveal() != Phone(1) || shown.Left != registration.MaxReveals-1-n {
			t.Fatalf("%+v", shown)
		}
	}
	_, err := rig.Reveal(t.Context(), Host, id, "办理保险")
	want(t, err, "reveal_too_many")
	must[registration.Revealed](t)(rig.Reveal(t.Context(), Office, id, "查验证书")) // each for himself
	v := must[registration.View](t)(rig.Open(t.Context(), "10.0.0.1", receipt))
	if n := len(v.Disclosures); n != registration.MaxReveals+1 || v.Disclosures[0].Reason != "办理保险 138****0001" || v.Disclosures[n-1].By != Office.Account {
		t.Errorf("%+v", v.Disclosures)
	}
	seen, refused := 0, 0
	for _, act := range rig.Acts() {
		seen += strings.Count(act, "registrations.revealed")
		refused += strings.Count(act, "registrations.reveal_refused")
		if strings.Contains(act, Number(1)) || strings.Contains(act, Phone(1)) {
			t.Errorf("the audit holds a number: %s", act)
		}
	}
	if seen != registration.MaxReveals+1 || refused != 1 {
		t.Errorf("%d and %d in the audit", seen, refused)
	}
	rig.Pass(registration.RevealSpan - time.Second)
	_, err = rig.Reveal(t.Context(), Host, id, "办理保险")
	want(t, err, "reveal_too_many")
	rig.Pass(time.Second)
	must[registration.Revealed](t)(rig.Reveal(t.Context(), Host, id, "办理保险"))
	must[registration.View](t)(rig.Withdraw(t.Context(), "10.0.0.1", receipt))
	_, err = rig.Reveal(t.Context(), Office, id, "查验证书")
	want(t, err, "step status=step")
}

// Other rooms learn who stands behind an entry, by a key that is one person's in
// all events, and never a number.
func entered(t *testing.T, rig *Rig) {
	two := Terms()
	two.EventsPerPerson = 2
	must[registration.TermsVersion](t)(rig.PutContestTerms(t.Context(), Office, Town, two, "可报两项"))
	approve := func(event contest.ID, drafts ...registration.Draft) {
		made := must[[]registration.Registration](t)(rig.Enlist(t.Context(), Office, event, enlist(drafts...)))
		host := map[contest.ID]contest.Actor{Welder: Host, Turner: Other}[event]
		made = must[[]registration.Registration](t)(rig.Decide(t.Context(), host, event, registration.Decision{Act: registration.Approve, Items: items(made)}))
		must[[]registration.Registration](t)(rig.Decide(t.Context(), Office, event, registration.Decision{Act: registration.Approve, Items: items(made)}))
	}
	second := Draft(2)
	second.Employment, second.Name = "migrant", "曾小雨"
	approve(Welder, Draft(1), second)
	approve(Turner, Draft(2))
	must[[]registration.Registration](t)(rig.Enlist(t.Context(), Office, Welder, enlist(Draft(3)))) // waits
	weld := must[map[string]registration.Entered](t)(rig.Entered(t.Context(), Welder))
	turn := must[map[string]registration.Entered](t)(rig.Entered(t.Context(), Turner))
	if len(weld) != 2 || len(turn) != 1 || weld["002"].Key != turn["001"].Key || weld["001"].Key == weld["002"].Key || weld["001"].Key.IsZero() {
		t.Fatalf("%+v %+v", weld, turn)
	}
	got := weld["002"]
	if got.Name != "曾小雨" || got.Employment != "migrant" || got.Skill != "3" || !got.IsFemale || weld["001"].IsFemale || got.IsTeacher || got.Born.Year() < 1990 {
		t.Errorf("%+v", got)
	}
}

// Everybody sees what can be applied for, and staff how many stand where.
func calls(t *testing.T, rig *Rig) {
	early := Terms()
	early.OpensAt, early.ClosesAt = rig.Clock().Add(time.Hour), rig.Clock().Add(2*time.Hour)
	must[registration.TermsVersion](t)(rig.PutEventTerms(t.Context(), Office, Turner, early, ""))
	must[registration.TermsVersion](t)(rig.PutEventTerms(t.Context(), Office, Hidden, early, ""))
	list := must[[]registration.Call](t)(rig.Calls(t.Context()))
	if len(list) != 2 || list[0].Event.ID != Turner || list[0].IsOpen || list[1].Event.ID != Welder || !list[1].IsOpen {
		t.Errorf("%+v", list)
	}
	rig.Pass(2 * time.Hour)
	if list = must[[]registration.Call](t)(rig.Calls(t.Context())); len(list) != 1 {
		t.Errorf("%+v", list)
	}
	units := Terms()
	units.IsPublic = false
	must[registration.TermsVersion](t)(rig.PutContestTerms(t.Context(), Office, Town, units, "只由单位报名"))
	if list = must[[]registration.Call](t)(rig.Calls(t.Context())); len(list) != 0 {
		t.Errorf("%+v", list)
	}
	made := must[[]registration.Registration](t)(rig.Enlist(t.Context(), Host, Welder, enlist(row(1), row(2), row(3))))
	must[[]registration.Registration](t)(rig.Decide(t.Context(), Host, Welder, registration.Decision{Act: registration.Approve, Items: items(made[:1])}))
	n := must[map[registration.Status]int](t)(rig.Tally(t.Context(), Watcher, Welder))
	if n[registration.Submitted] != 2 || n[registration.HostApproved] != 1 || len(n) != 2 {
		t.Errorf("%v", n)
	}
	_, err := rig.Tally(t.Context(), Chief, Welder)
	want(t, err, "event_missing")
}
