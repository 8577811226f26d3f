package app_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/registration/idnumber"
	"jiangtai/server/rehearsal"
)

// planted are numbers of invented people that must not be found again.
func planted(n int) (id, phone string) {
	first := fmt.Sprintf("42010619900101%03d", n)
	return first + string(idnumber.CheckDigit(first)), fmt.Sprintf("1390017%04d", n)
}

// People apply, host and office approve, and they are entries of the event; once
// it is open nobody comes in any more. Afterwards nothing that the program keeps
// or says holds a number: not a file of the database with its log of changes, not
// the program's own log.
func TestFromTheFormToTheEntry(t *testing.T) {
	tw := begin(t, t.TempDir())
	tb := tables{
		"events": {{"code", "trade", "scheme"}, {"weld", "焊工", "s"}}, "entries": {{"event", "entry_no", "name"}, {"weld", "002", "先来"}},
		"judges": {{"event", "panel"}, {"weld", "j"}, {"weld", "j"}, {"weld", "g"}}, "units": {{"code", "name"}, {"u1", "江城造船厂"}},
	}
	f := tw.importFair(tb.files(t, fmt.Sprintf(`{"code":%q,"name":"演练","kind":"rehearsal"}`, newCode()), map[string][]byte{"s": []byte(gaugeScheme)}))
	event := "/api/v1/events/" + f.events["weld"]
	host, _, _ := f.person(contest.Grant{Role: contest.HostSecretary, Contest: idOf(t, f.id), Event: idOf(t, f.events["weld"])})
	day := func(n int) string { return time.Now().AddDate(0, 0, n).UTC().Format(time.RFC3339) }
	terms := map[string]any{
		"opens_at": day(-1), "closes_at": day(1), "is_public": true, "ladder": []string{"host", "office"}, "events_per_person": 1, "per_unit": 0,
		"notice": map[string]any{"version": "1", "text": "告知"}, "rules": []any{map[string]any{"rule": "trade_years", "min": 2}},
	}
	if err := f.organiser.Do(t.Context(), "PUT", event+"/registration-terms", map[string]any{"terms": terms, "reason": ""}, nil); err != nil {
		t.Fatal(err)
	}
	apply := func(n int) error {
		id, phone := planted(n)
		return f.admin.As("").Do(t.Context(), "POST", "/api/v1/public/registrations", map[string]any{
			"event": f.events["weld"], "name": fmt.Sprintf("报名者%d", n), "id_number": id, "phone": phone, "unit": "u1", "trade_years": 3, "promise": true,
			"consent": map[string]any{"notice": "1", "sensitive": true},
		}, nil)
	}
	const people = 8
	for n := range people {
		if err := apply(n); err != nil {
			t.Fatal(err)
		}
	}
	var list struct {
		Registrations []struct {
			ID      string `json:"id"`
			EntryNo string `json:"entry_no"`
			Version int    `json:"version"`
		}
	}
	get(t, host, event+"/registrations", &list)
	decide := func(as *rehearsal.Client, from, to int) error {
		var items []any
		for _, r := range list.Registrations[from:to] {
			items = append(items, map[string]any{"id": r.ID, "version": r.Version})
		}
		return as.Do(t.Context(), "POST", event+"/registrations/decisions", map[string]any{"act": "approve", "registrations": items}, nil)
	}
	if err := decide(host, 0, people); err != nil {
		t.Fatal(err)
	}
	get(t, host, event+"/registrations", &list)
	if err := decide(f.organiser, 0, people-1); err != nil {
		t.Fatal(err)
	}
	var entries struct {
		Entries []struct {
			EntryNo string `json:"entry_no"`
			Name    string `json:"name"`
		}
		Total int
	}
	get(t, f.organiser, event+"/entries", &entries)
	if entries.Total != people || entries.Entries[0].Name != "报名者0" || entries.Entries[1].Name != "先来" || entries.Entries[2].EntryNo != "003" {
		t.Errorf("%+v", entries)
	}
	f.mustAct("weld", "open")
	if err := decide(f.organiser, people-1, people); codeOf(err) != "programme.event_open" {
		t.Errorf("into an open event: %v", err)
	}
	get(t, f.organiser, event+"/entries", &entries)
	if entries.Total != people {
		t.Errorf("%d entries", entries.Total)
	}
	if info, err := os.Stat(filepath.Join(tw.data, "keys", "registration.key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key: %v %v", info, err)
	}
	if err := tw.end(); err != nil {
		t.Fatal(err)
	}
	tw.findsNoNumber(t, people)
}

// findsNoNumber looks through every file of the data folder and the log.
func (tw *town) findsNoNumber(t *testing.T, people int) {
	t.Helper()
	named := false
	look := func(where string, data []byte) {
		named = named || bytes.Contains(data, []byte("报名者1"))
		for n := range people {
			id, phone := planted(n)
			if bytes.Contains(data, []byte(id)) || bytes.Contains(data, []byte(phone)) {
				t.Errorf("%s holds a number", where)
			}
		}
	}
	err := filepath.WalkDir(tw.data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		look(strings.TrimPrefix(path, tw.data), data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !named {
		t.Error("the names are not found either: the files were not read")
	}
	look("the log", []byte(tw.log.String()))
}
