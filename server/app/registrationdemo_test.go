package app_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/registration/idnumber"
	"jiangtai/server/rehearsal/city"
	"jiangtai/server/rehearsal/demo"
)

// The demonstration of registration leaves applications in every state behind,
// entries of those who were approved, and a number that was looked at.
func TestTheDemonstrationOfRegistration(t *testing.T) {
	tw := begin(t, t.TempDir())
	zip, err := city.Zip(11, city.Size{Trades: 10, Entries: 2})
	if err != nil {
		t.Fatal(err)
	}
	id, err := tw.admin.Import(t.Context(), zip)
	if err != nil {
		t.Fatal(err)
	}
	events, err := tw.admin.Events(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	office, _, _ := tw.person(contest.Grant{Role: contest.Organiser, Contest: idOf(t, id)})
	var grants []contest.Grant
	for _, e := range events {
		grants = append(grants, contest.Grant{Role: contest.HostSecretary, Contest: idOf(t, id), Event: idOf(t, e.ID)})
	}
	host, _, _ := tw.person(grants...)
	if err := demo.Register(t.Context(), demo.Registering{Office: office, Host: host, Contest: id, Seed: 11, Now: time.Now()}); err != nil {
		t.Fatal(err)
	}
	type page struct {
		Registrations []struct{ ID, Status string }
		Counts        map[string]int
	}
	var waiting, published page
	get(t, office, "/api/v1/events/"+events[9].ID+"/registrations?limit=500", &waiting)
	get(t, office, "/api/v1/events/"+events[6].ID+"/registrations", &published)
	want := map[string]int{"draft": 2, "submitted": 5, "host_approved": 3, "approved": 3, "returned": 3, "refused": 1, "withdrawn": 1}
	if !maps.Equal(waiting.Counts, want) || !maps.Equal(published.Counts, map[string]int{"approved": 5}) {
		t.Errorf("%v %v", waiting.Counts, published.Counts)
	}
	var entries struct{ Total int }
	if get(t, office, "/api/v1/events/"+events[9].ID+"/entries", &entries); entries.Total != 2+3 {
		t.Errorf("%d entries", entries.Total)
	}
	seen := 0
	for _, r := range waiting.Registrations {
		var one struct {
			Registration struct {
				IDNumber string `json:"id_number"`
			}
			Disclosures []any
		}
		get(t, office, "/api/v1/registrations/"+r.ID, &one)
		seen += len(one.Disclosures)
		if !strings.HasPrefix(one.Registration.IDNumber, "42***") {
			t.Error(one.Registration.IDNumber)
		}
	}
	var calls struct {
		Calls []struct {
			IsOpen bool `json:"is_open"`
		}
	}
	if get(t, tw.admin.As(""), "/api/v1/public/registration-calls", &calls); len(calls.Calls) != 10 || !calls.Calls[0].IsOpen || calls.Calls[9].IsOpen || seen != 1 {
		t.Errorf("%+v, %d looked at", calls, seen)
	}
}

// Who came through registration is known to honours by a key and never by a
// number; who did not, and whose entry was given to somebody else, is not.
func TestHonoursKnowWhoRegistered(t *testing.T) {
	files := sealedPackage(t, newCode(), []int{2, 0, 1})
	for name, text := range files {
		files[name] = strings.NewReplacer(canaryName, "梁志远", canaryUnit, "江城厨师学校").Replace(text)
	}
	f := common(t).importFair(files)
	f.enlistTwo("/api/v1/events/" + f.events["dish"])
	var entries struct{ Entries []map[string]any }
	get(t, f.organiser, "/api/v1/events/"+f.events["dish"]+"/entries", &entries)
	marks := map[any]int{"曾小雨": 95, "查秋月": 94}
	office, _, _ := f.person(contest.Grant{Role: contest.UnionOffice})
	filing := map[string]any{"contest": f.id, "profile": "city", "version": 1, "class": "city-1", "planned": true}
	if err := office.Do(t.Context(), "PUT", "/api/v1/honours/filings", filing, nil); err != nil {
		t.Fatal(err)
	}
	f.mustAct("dish", "open")
	for _, tablet := range f.pair("dish") {
		for n, e := range entries.Entries {
			mark, ok := marks[e["name"]]
			if !ok {
				mark = 80 - n
			}
			give(t, tablet, e["work_code"].(string), mark, nil)
		}
	}
	f.mustAct("dish", "lock", "second", f.second)
	f.mustAct("dish", "unseal", "second", f.second)
	f.mustAct("dish", "publish", "second", f.second)
	known := map[string]bool{}
	eventually(t, 20*time.Second, "the publication is followed", func() bool {
		var got struct {
			Proposals []struct {
				Contest, Name string
				KnowsPerson   bool `json:"knows_person"`
			}
		}
		get(t, office, "/api/v1/honours/proposals?limit=200", &got)
		for _, p := range got.Proposals {
			if p.Contest == f.id {
				known[p.Name] = p.KnowsPerson
			}
		}
		return len(known) > 0
	})
	if is, ok := known["曾小雨"]; !ok || !is {
		t.Errorf("who registered: %v", known)
	}
	if is, ok := known["查秋月"]; !ok || is {
		t.Errorf("who stepped in: %v", known)
	}
}

// enlistTwo registers two people who become entries, and then gives the entry of
// one to somebody else.
func (f *fair) enlistTwo(event string) {
	t := f.t
	t.Helper()
	at := func(days int) string { return time.Now().AddDate(0, 0, days).UTC().Format(time.RFC3339) }
	terms := map[string]any{
		"opens_at": at(-1), "closes_at": at(1), "is_public": false, "ladder": []string{"office"}, "events_per_person": 1, "per_unit": 0,
		"notice": map[string]any{"version": "1", "text": "告知"}, "rules": []any{},
	}
	if err := f.organiser.Do(t.Context(), "PUT", event+"/registration-terms", map[string]any{"terms": terms, "reason": ""}, nil); err != nil {
		t.Fatal(err)
	}
	var list struct{ Registrations []map[string]any }
	var drafts []any
	for n, name := range []string{"曾小雨", "单春生"} {
		first := "4201991990010100" + string(rune('1'+n))
		drafts = append(drafts, map[string]any{
			"name": name, "id_number": first + string(idnumber.CheckDigit(first)), "phone": "19900001234", "employment": "migrant", "skill": "3",
			"promise": true, "consent": map[string]any{"notice": "1", "sensitive": true},
		})
	}
	if err := f.organiser.Do(t.Context(), "POST", event+"/registrations", map[string]any{"registrations": drafts}, &list); err != nil {
		t.Fatal(err)
	}
	var items []any
	for _, r := range list.Registrations {
		items = append(items, map[string]any{"id": r["id"], "version": r["version"]})
	}
	if err := f.organiser.Do(t.Context(), "POST", event+"/registrations/decisions", map[string]any{"act": "approve", "registrations": items}, nil); err != nil {
		t.Fatal(err)
	}
	var entries struct{ Entries []map[string]any }
	get(t, f.organiser, event+"/entries", &entries)
	var rows []any
	for _, e := range entries.Entries {
		if e["name"] == "单春生" {
			e["name"] = "查秋月" // a substitute, put in by hand under the same number
		}
		rows = append(rows, map[string]any{"entry_no": e["entry_no"], "name": e["name"]})
	}
	if err := f.organiser.Do(t.Context(), "PUT", event+"/entries", map[string]any{"entries": rows}, nil); err != nil {
		t.Fatal(err)
	}
}
