package app_test

import (
	"archive/zip"
	"bytes"
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/google/uuid"
)

// TestPackagesThatAreRefused imports packages that are wrong in one way or in
// many. Every fault is named with its place, and nothing is half imported.
func TestPackagesThatAreRefused(t *testing.T) {
	tw := common(t)
	before := tw.inventory()
	one := func(name, old, fresh string) func(map[string]string) {
		return func(f map[string]string) { f[name] = strings.Replace(f[name], old, fresh, 1) }
	}
	const scheme = "schemes/dish.json"
	for _, c := range []struct {
		name   string
		change func(map[string]string)
		faults []string
	}{
		{"a scheme that does not add up", one(scheme, `"total":"100"`, `"total":"90"`), []string{"schemes/dish.json#/total scheme.does_not_add_up"}},
		{"weights that are not one", one(scheme, `"weight":"1"`, `"weight":"0.9"`), []string{"schemes/dish.json#/components scheme.weights_not_one"}},
		{"a scheme that is no JSON", one(scheme, `{`, `[`), []string{"schemes/dish.json# scheme.not_json"}},
		{"an unknown field of a scheme", one(scheme, `"id":"taste"`, `"colour":"red","id":"taste"`), []string{"scheme.unknown_field"}},
		{"no contest", func(f map[string]string) { delete(f, "contest.json") }, []string{"contest.json package.file_missing"}},
		{"an unknown key of the contest", one("contest.json", `"name"`, `"nom":"x","name"`), []string{"contest.json package.key_unknown"}},
		{"a kind that there is not", one("contest.json", `"real"`, `"serious"`), []string{"programme.not_one_of"}},
		{"a file that does not belong", func(f map[string]string) { f["virus.exe"] = "MZ" }, []string{"virus.exe package.file_unknown"}},
		{"a way out of the folder", func(f map[string]string) { f["../../etc/passwd"] = "x" }, []string{"package.name_unsafe"}},
		{"an archive in the archive", func(f map[string]string) { f["more.zip"] = "PK\x03\x04" }, []string{"more.zip package.nested"}},
		{"a bomb", func(f map[string]string) { f["entries.csv"] += strings.Repeat("\n", 8<<20) }, []string{"entries.csv package.bomb"}},
		{"an unknown column", one("entries.csv", "name", "nom"), []string{"entries.csv:1:4 package.header_unknown", "entries.csv:1 package.header_absent"}},
		{"a row too short", one("entries.csv", "dish,001,", "dish,"), []string{"entries.csv:2 package.row_width"}},
		{"open quotes", one("entries.csv", "dish,002", `dish,"002`), []string{"entries.csv:3", "package.csv_broken"}},
		{"not UTF-8", one("units.csv", canaryUnit, "\xd6\xd0\xb9\xfa"), []string{"units.csv", "package.not_utf8"}},
		{"an unknown unit", one("entries.csv", ",u0", ",u99"), []string{"entries.csv:2:5 programme.unit_unknown"}},
		{"a number twice", one("entries.csv", "dish,002", "dish,001"), []string{"entries.csv:3:2 programme.label_duplicate"}},
		{"a wrong check letter", one("entries.csv", workCode(101), "101Z"), []string{"programme.work_code_wrong"}},
		{"an unknown event", one("judges.csv", "dish", "fish"), []string{"judges.csv:2:1 programme.event_unknown"}},
		{"an unknown panel", one("judges.csv", "dish,j", "dish,k"), []string{"judges.csv:2:2 programme.panel_unknown"}},
		{"a panel with a seat empty", one("judges.csv", "dish,j,江三,\n", ""), []string{"programme.panel_chairs"}},
		{"a scheme that is not there", one("events.csv", ",dish\n", ",cake\n"), []string{"events.csv:2:4 programme.scheme_unknown", "programme.scheme_unused"}},
		{"everything at once", func(f map[string]string) {
			one("entries.csv", ",u0", ",u99")(f)
			one("judges.csv", "dish,j", "fish,j")(f)
			one(scheme, `"total":"100"`, `"total":"90"`)(f)
			one("contest.json", `"real"`, `"serious"`)(f)
		}, []string{"entries.csv:2:5", "judges.csv:2:1", "scheme.does_not_add_up", "programme.not_one_of"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := sealedPackage(t, newCode(), []int{0, 1, 2, 3})
			was := maps.Clone(files)
			if c.change(files); maps.Equal(was, files) {
				t.Fatal("nothing was changed")
			}
			for _, path := range []string{"/api/v1/packages", "/api/v1/packages?preview=1"} {
				a := tw.send(t, request{method: "POST", path: path, token: tw.admin.Token, body: string(pack(t, files)), kind: "application/zip"})
				isPreview := strings.Contains(path, "?")
				if !isPreview && (a.status != http.StatusUnprocessableEntity || a.code != "package.faulty") || isPreview && a.status != http.StatusOK {
					t.Fatalf("%s: %d %s", path, a.status, a.body)
				}
				for _, want := range c.faults {
					place, code, _ := strings.Cut(want, " ")
					said := slices.ContainsFunc(a.fields, func(s string) bool { return strings.Contains(s, want) })
					if !isPreview && !said || isPreview && (!strings.Contains(a.body, place) || !strings.Contains(a.body, code)) {
						t.Errorf("%s does not say %q: %q", path, want, a.body)
					}
				}
			}
		})
	}
	if after := tw.inventory(); after != before {
		t.Errorf("it holds %v, held %v", after, before)
	}
}

// TestArchivesThatAreRefused sends what is no package at all.
func TestArchivesThatAreRefused(t *testing.T) {
	tw := common(t)
	before := tw.inventory()
	good := pack(t, sealedPackage(t, newCode(), []int{0, 1, 2, 3}))
	var empty bytes.Buffer
	if err := zip.NewWriter(&empty).Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, body, kind string
		status           int
		code             string
	}{
		{"no zip", "hello", "application/zip", 422, "package.archive_broken"},
		{"nothing", "", "application/zip", 422, "package.archive_broken"},
		{"half a zip", string(good[:len(good)/2]), "application/zip", 422, "package.archive_broken"},
		{"an empty zip", empty.String(), "application/zip", 422, "package.file_missing"},
		{"a zip under another name", string(good), "application/json", 415, ""},
	} {
		a := tw.send(t, request{method: "POST", path: "/api/v1/packages", token: tw.admin.Token, body: c.body, kind: c.kind})
		if a.status != c.status || !strings.Contains(a.body, c.code) {
			t.Errorf("%s: %d %s, want %d %s", c.name, a.status, a.body, c.status, c.code)
		}
	}
	if after := tw.inventory(); after != before {
		t.Errorf("it holds %v, held %v", after, before)
	}
}

// inventory counts what an import could leave behind.
func (tw *town) inventory() (n [5]int) {
	tw.t.Helper()
	const countSQL = `SELECT (SELECT count(*) FROM contests) AS contests, (SELECT count(*) FROM events) AS events,
 (SELECT count(*) FROM entries) AS entries, (SELECT count(*) FROM units) AS units, (SELECT count(*) FROM chairs) AS chairs`
	var row struct{ Contests, Events, Entries, Units, Chairs int }
	if err := tw.app.DB().Querier(tw.t.Context()).GetContext(tw.t.Context(), &row, countSQL); err != nil {
		tw.t.Fatal(err)
	}
	return [5]int{row.Contests, row.Events, row.Entries, row.Units, row.Chairs}
}

// TestActsThatAreRefused: wrong acts leave no record.
func TestActsThatAreRefused(t *testing.T) {
	f, _ := gaugeFair(t)
	event := f.events["weld"]
	check := f.untouched(t, "weld", "later")
	act := func(change body) body {
		b := body{"act_id": uuid.NewString(), "act": "status", "entry_no": "001", "status": "dsq", "reason": "x"}
		maps.Copy(b, change)
		return b
	}
	for _, c := range []struct {
		name   string
		event  string
		act    body
		status int
		code   string
	}{
		{"no id", event, act(body{"act_id": ""}), 400, "judging.mark_id_missing"},
		{"an unknown act", event, act(body{"act": "dance"}), 400, "judging.unknown_kind"},
		{"a mark as an act", event, act(body{"act": "mark"}), 400, "judging.unknown_kind"},
		{"an unknown field", event, act(body{"colour": "red"}), 400, "web.json"},
		{"no reason", event, act(body{"reason": ""}), 422, "judging.reason"},
		{"a reason without end", event, act(body{"reason": strings.Repeat("长", 2001)}), 422, "judging.text_length"},
		{"an unknown entry", event, act(body{"entry_no": "009"}), 404, "judging.missing"},
		{"an unknown status", event, act(body{"status": "tired"}), 400, "judging.unknown_status"},
		{"one person where two are needed", event, act(body{"act": "unseal"}), 403, "judging.two_persons"},
		{"the same person twice", event, act(body{"act": "unseal", "second": body{"user": adminUser, "password": "not-the-password-1"}}), 401, "identity.wrong"},
		{"publish before the lock", event, act(body{"act": "publish"}), 422, "judging.not_locked"},
		{"open again", event, act(body{"act": "open"}), 422, "judging.already_open"},
		{"an event that is not there", uuid.NewString(), act(nil), 404, "judging.missing"},
		{"an event that is no id", "weld", act(nil), 404, "web.missing"},
		{"lock what is not open", f.events["later"], act(body{"act": "lock"}), 423, "judging.not_open"},
	} {
		a := f.send(t, request{method: "POST", path: "/api/v1/events/" + c.event + "/acts", token: f.organiser.Token, body: c.act})
		if a.status != c.status || a.code != c.code {
			t.Errorf("%s: %d %s %v, want %d %s", c.name, a.status, a.code, a.fields, c.status, c.code)
		}
	}
	check()
}

// TestSocketsThatAreRefused: foreign origins before the upgrade, what is no
// message of ours afterwards.
func TestSocketsThatAreRefused(t *testing.T) {
	f, _ := gaugeFair(t)
	for _, origin := range []string{"", "null", "https://evil.example", f.base + ".evil.example", "http://127.0.0.1"} {
		a := f.send(t, request{method: "GET", path: "/live", header: map[string]string{
			"Origin": origin, "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
		}})
		if a.status != http.StatusForbidden || a.code != "web.origin" {
			t.Errorf("origin %q: %d %s", origin, a.status, a.code)
		}
	}
	for name, c := range map[string]struct {
		kind int
		text string
		code int
	}{
		"too large":   {websocket.TextMessage, `{"subscribe":["` + strings.Repeat("x", 17<<10) + `"]}`, websocket.CloseMessageTooBig},
		"binary":      {websocket.BinaryMessage, `{}`, websocket.CloseUnsupportedData},
		"not UTF-8":   {websocket.TextMessage, "\xff\xfe", websocket.CloseInvalidFramePayloadData},
		"every topic": {websocket.TextMessage, "", 0},
	} {
		conn := f.dial(t)
		if c.code == 0 {
			f.hearsNothing(t, conn)
			continue
		}
		if err := conn.WriteMessage(c.kind, []byte(c.text)); err != nil {
			t.Fatal(err)
		}
		_, _, err := conn.ReadMessage()
		for err == nil {
			_, _, err = conn.ReadMessage()
		}
		if !websocket.IsCloseError(err, c.code) {
			t.Errorf("%s: %v, want %d", name, err, c.code)
		}
	}
}

func (tw *town) dial(t testing.TB) *websocket.Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	conn, res, err := websocket.DefaultDialer.DialContext(ctx, "ws"+strings.TrimPrefix(tw.base, "http")+"/live", http.Header{"Origin": {tw.base}})
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// hearsNothing asks for all that the public must not have: each is an error, the
// same for what is not there.
func (f *fair) hearsNothing(t *testing.T, conn *websocket.Conn) {
	t.Helper()
	event := f.events["weld"]
	for _, topic := range []string{
		"event/" + event + "/jury", "event/" + event + "/chief", "desk/" + f.id, "event/" + uuid.NewString() + "/public",
		"event/" + strings.ToUpper(event) + "/public", "event/" + event, "screen/x", "", "event/" + event + "/public/x",
	} {
		if err := conn.WriteJSON(body{"subscribe": []string{topic}}); err != nil {
			t.Fatal(err)
		}
		var got struct {
			Error struct{ Code, Topic string }
			Rows  []any
			Beat  int64
		}
		for got.Beat = 1; got.Beat != 0; {
			got.Beat = 0
			if err := conn.ReadJSON(&got); err != nil {
				t.Fatal(err)
			}
		}
		if got.Error.Code != "live.missing" || got.Error.Topic != topic {
			t.Errorf("%s: %+v", topic, got)
		}
	}
	if err := conn.WriteMessage(websocket.TextMessage, []byte(`{"publish":1}`)); err != nil {
		t.Fatal(err)
	}
	for {
		_, raw, err := conn.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), "live.message") {
			return
		}
	}
}
