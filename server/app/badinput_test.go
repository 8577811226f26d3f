package app_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jiangtai/server/judging"
	"jiangtai/server/rehearsal"
)

// gaugeScheme has two panels: a mark of the one is none of the other's business.
const gaugeScheme = `{"format":"jiangtai.scheme/1","name":{"zh":"焊工"},
 "panels":[{"id":"j","name":{"zh":"评分"},"chairs":2},{"id":"g","name":{"zh":"测量"},"chairs":1}],
 "total":"100","rounding":{"total":{"places":2}},
 "components":[{"id":"p","name":{"zh":"实操"},"weight":"1","max":"100","criteria":[
  {"id":"w","name":{"zh":"制作"},"subs":[{"id":"s","name":{"zh":"工件"},"aspects":[
   {"id":"piece","name":{"zh":"工件"},"kind":"panel","panel":"j","max":"60","step":"0.25"},
   {"id":"size","name":{"zh":"尺寸"},"kind":"points","panel":"g","max":"40","step":"1"}]}]}]}]}`

// gaugeFair is an open event, and one beside it that is not open.
func gaugeFair(t *testing.T) (*fair, []*rehearsal.Tablet) {
	t.Helper()
	tb := tables{
		"events":  {{"code", "trade", "scheme"}, {"weld", "焊工", "s"}, {"later", "钳工", "s"}},
		"entries": {{"event", "entry_no", "name"}, {"weld", "001", "甲"}, {"weld", "002", "乙"}, {"later", "001", "丙"}},
		"judges":  {{"event", "panel"}, {"weld", "j"}, {"weld", "j"}, {"weld", "g"}, {"later", "j"}, {"later", "j"}, {"later", "g"}},
		"units":   {{"code", "name"}},
	}
	f := common(t).importFair(tb.files(t, fmt.Sprintf(`{"code":%q,"name":"演练","kind":"rehearsal"}`, newCode()), map[string][]byte{"s": []byte(gaugeScheme)}))
	f.mustAct("weld", "open")
	return f, f.pair("weld")
}

// rows is how many records an event's ledger has in the database.
func (f *fair) rows(code string) uint64 {
	f.t.Helper()
	ledger, err := f.app.LedgerOf(f.t.Context(), idOf(f.t, f.events[code]))
	if err != nil {
		f.t.Fatal(err)
	}
	n := uint64(0)
	err = f.app.Ledgers().Load(f.t.Context(), ledger, 0, func(judging.Line) error {
		n++
		return nil
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return n
}

// untouched fails when the ledgers are not as they were.
func (f *fair) untouched(t *testing.T, codes ...string) func() {
	t.Helper()
	type at struct{ seq, rows uint64 }
	was := map[string]at{}
	for _, c := range codes {
		was[c] = at{f.seq(c), f.rows(c)}
	}
	return func() {
		t.Helper()
		for _, c := range codes {
			if now := (at{f.seq(c), f.rows(c)}); now != was[c] {
				t.Errorf("the ledger of %s is at %v, was at %v", c, now, was[c])
			}
		}
	}
}

type body = map[string]any

// TestMarksThatAreRefused sends one bad mark after the other from paired tablets.
// Each is answered with the code that says what is wrong, and nothing is written.
func TestMarksThatAreRefused(t *testing.T) {
	f, tablets := gaugeFair(t)
	event, later := f.events["weld"], f.events["later"]
	number := 100
	mark := func(change body) body {
		number++
		m := body{"mark_id": uuid.NewString(), "event": event, "chair": 1, "work": "001", "aspect": "piece", "value": "50", "version": 1, "device_seq": number}
		for k, v := range change {
			m[k] = v
		}
		return m
	}
	good := mark(nil)
	send := func(chair int, m body) (int, string) {
		t.Helper()
		a := f.send(t, request{method: "POST", path: "/api/v1/marks", token: tablets[chair-1].Client.Token, body: body{"marks": []any{m}}})
		if a.status != http.StatusMultiStatus {
			return a.status, a.code
		}
		var got struct{ Results []rehearsal.Answer }
		if err := json.Unmarshal([]byte(a.body), &got); err != nil || len(got.Results) != 1 {
			t.Fatalf("%v %s", err, a.body)
		}
		if p := got.Results[0].Problem; p != nil {
			return got.Results[0].Status, p.Code
		}
		return got.Results[0].Status, ""
	}
	if status, code := send(1, good); status != http.StatusOK {
		t.Fatal(status, code)
	}
	other := mark(body{"mark_id": good["mark_id"], "device_seq": good["device_seq"], "value": "51"})
	check := f.untouched(t, "weld", "later")
	for _, c := range []struct {
		name   string
		chair  int
		mark   body
		status int
		code   string
	}{
		{"above the range", 1, mark(body{"work": "002", "value": "60.25"}), 422, "judging.above_max"},
		{"below the range", 1, mark(body{"work": "002", "value": "-0.25"}), 422, "judging.below_min"},
		{"off the step", 1, mark(body{"work": "002", "value": "50.1"}), 422, "judging.off_step"},
		{"no number", 1, mark(body{"work": "002", "value": "fifty"}), 400, "judging.malformed_value"},
		{"an exponent", 1, mark(body{"work": "002", "value": "5e1"}), 400, "judging.malformed_value"},
		{"other digits", 1, mark(body{"work": "002", "value": "５０"}), 400, "judging.malformed_value"},
		{"a space", 1, mark(body{"work": "002", "value": " 50"}), 400, "judging.malformed_value"},
		{"nothing", 1, mark(body{"work": "002", "value": ""}), 400, "judging.malformed_value"},
		{"too many places", 1, mark(body{"work": "002", "value": "50.0000001"}), 422, "judging.off_step"},
		{"another panel's aspect", 1, mark(body{"aspect": "size", "value": "5"}), 404, "judging.missing"},
		{"the other panel's tablet", 3, mark(body{"chair": 3}), 404, "judging.missing"},
		{"another judge's chair", 1, mark(body{"chair": 2, "work": "002"}), 403, "judging.other_chair"},
		{"another event", 1, mark(body{"event": later}), 404, "judging.missing"},
		{"no event", 1, mark(body{"event": uuid.NewString()}), 404, "judging.missing"},
		{"an event's name", 1, mark(body{"event": "weld"}), 404, "judging.missing"},
		{"an unknown work", 1, mark(body{"work": "003"}), 404, "judging.missing"},
		{"an unknown aspect", 1, mark(body{"aspect": "colour"}), 404, "judging.missing"},
		{"the same id, another value", 1, other, 422, "judging.mark_payload"},
		{"the same id, another judge", 2, mark(body{"mark_id": good["mark_id"], "chair": 2}), 422, "judging.mark_owner"},
		{"a number of the device twice", 1, mark(body{"work": "002", "device_seq": good["device_seq"]}), 422, "judging.seq_reuse"},
		{"no number of the device", 1, mark(body{"work": "002", "device_seq": 0}), 400, "judging.device_seq"},
		{"a cell that has a mark", 1, mark(body{"value": "51"}), 409, "judging.already_marked"},
		{"corrects what is not there", 1, mark(body{"work": "002", "supersedes": uuid.NewString()}), 409, "judging.stale"},
		{"no id", 1, mark(body{"mark_id": ""}), 400, "judging.mark_id_missing"},
		{"an id that is none", 1, mark(body{"mark_id": "1"}), 400, "judging.mark_id_missing"},
		{"a kind for officials", 1, mark(body{"kind": "lock"}), 400, "judging.unknown_kind"},
		{"a second attempt where there is one", 1, mark(body{"work": "002", "attempt": 2}), 422, "judging.no_such_attempt"},
		{"a second round where none was called", 1, mark(body{"work": "002", "round": 2}), 422, "judging.round_not_open"},
		{"a remark without end", 1, mark(body{"work": "002", "text": strings.Repeat("长", 2001)}), 422, "judging.text_length"},
		{"a scheme of the future", 1, mark(body{"work": "002", "version": 9}), 404, "judging.no_such_version"},
	} {
		if status, code := send(c.chair, c.mark); status != c.status || code != c.code {
			t.Errorf("%s: %d %s, want %d %s", c.name, status, code, c.status, c.code)
		}
	}
	check()
	closed := f.pair("later")
	check = f.untouched(t, "later")
	tablets[0] = closed[0]
	if status, code := send(1, mark(body{"event": later})); status != http.StatusLocked || code != "judging.not_open" {
		t.Errorf("before the opening: %d %s", status, code)
	}
	check()
}

// TestDeliveriesThatAreRefused sends bodies that are wrong as a whole.
func TestDeliveriesThatAreRefused(t *testing.T) {
	f, tablets := gaugeFair(t)
	token := tablets[0].Client.Token
	one := fmt.Sprintf(`{"mark_id":%q,"event":%q,"chair":1,"work":"001","aspect":"piece","value":"50","version":1,"device_seq":`, uuid.NewString(), f.events["weld"])
	marks := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = one + strconv.Itoa(i+1) + "}"
		}
		return `{"marks":[` + strings.Join(list, ",") + `]}`
	}
	good := marks(1)
	check := f.untouched(t, "weld")
	for _, c := range []struct {
		name   string
		change request
		status int
		code   string
	}{
		{"no JSON", request{body: "marks"}, 400, "web.json"},
		{"half of it", request{body: good[:len(good)-5]}, 400, "web.json"},
		{"two bodies", request{body: good + good}, 400, "web.json"},
		{"a number for a value", request{body: strings.Replace(good, `"value":"50"`, `"value":50`, 1)}, 400, "web.json"},
		{"null for a value", request{body: strings.Replace(good, `"value":"50"`, `"value":null`, 1)}, 400, "web.json"},
		{"a field that nobody knows", request{body: strings.Replace(good, `"chair":1`, `"chair":1,"total":"100"`, 1)}, 400, "web.json"},
		{"a field twice", request{body: strings.Replace(good, `"value":"50"`, `"value":"50","value":"60"`, 1)}, 400, "web.json"},
		{"a field in other letters", request{body: strings.Replace(good, `"value"`, `"Value"`, 1)}, 400, "web.json"},
		{"bytes that are no text", request{body: strings.Replace(good, "001", "\xff\xfe", 1)}, 400, "web.json"},
		{"a chair that is no number", request{body: strings.Replace(good, `"chair":1`, `"chair":-1`, 1)}, 400, "web.json"},
		{"deep nesting", request{body: strings.Repeat(`{"marks":[`, 5000)}, 400, "web.json"},
		{"no marks", request{body: `{"marks":[]}`}, 400, "judging.no_marks"},
		{"too many", request{body: marks(501)}, 413, "judging.too_many"},
		{"a form", request{body: "a=b", kind: "application/x-www-form-urlencoded"}, 415, "web.content_type"},
		{"another charset", request{body: good, kind: "application/json; charset=gbk"}, 415, "web.content_type"},
		{"without the header", request{body: good, header: map[string]string{"X-Jiangtai": ""}}, 403, "web.header_missing"},
		{"a foreign origin", request{body: good, header: map[string]string{"Origin": "https://evil.example"}}, 403, "web.origin"},
		{"an origin that begins like ours", request{body: good, header: map[string]string{"Origin": f.base + ".evil.example"}}, 403, "web.origin"},
		{"no origin at all", request{body: good, header: map[string]string{"Origin": "null"}}, 403, "web.origin"},
		{"a cookie without an origin", request{body: good, header: map[string]string{"Cookie": "jiangtai_session=" + token, "Authorization": ""}}, 403, "web.origin"},
		{"nobody", request{body: good, header: map[string]string{"Authorization": ""}}, 401, "web.sign_in"},
		{"a token that is none", request{body: good, header: map[string]string{"Authorization": "Bearer " + strings.Repeat("A", 43)}}, 401, "identity.sign_in"},
		{"an account", request{body: good, header: map[string]string{"Authorization": "Bearer " + f.organiser.Token}}, 403, "judging.role"},
		{"another method", request{method: "PUT", body: good}, 405, "web.method"},
		{"another path", request{path: "/api/v1/mark", body: good}, 404, "web.missing"},
	} {
		r := request{method: "POST", path: "/api/v1/marks", token: token, body: c.change.body, kind: c.change.kind, header: c.change.header}
		if c.change.method != "" {
			r.method = c.change.method
		}
		if c.change.path != "" {
			r.path = c.change.path
		}
		if a := f.send(t, r); a.status != c.status || a.code != c.code {
			t.Errorf("%s: %d %s %v, want %d %s", c.name, a.status, a.code, a.fields, c.status, c.code)
		}
	}
	for path, size := range map[string]int{"/api/v1/marks": 4<<20 + 1, "/api/v1/contests": 1<<20 + 1, "/api/v1/packages": 20<<20 + 2} {
		if a := f.announce(t, path, token, size); a.status != http.StatusRequestEntityTooLarge || a.code != "web.body_too_large" {
			t.Errorf("%d bytes to %s: %d %s", size, path, a.status, a.code)
		}
	}
	check()
	// 500 marks with the longest remarks are a delivery like another.
	long := make([]any, 500)
	for i := range long {
		m := body{}
		if err := json.Unmarshal([]byte(one+strconv.Itoa(i+1)+"}"), &m); err != nil {
			t.Fatal(err)
		}
		m["mark_id"], m["work"], m["text"] = uuid.NewString(), "nobody", strings.Repeat("长", 2000)
		long[i] = m
	}
	if a := f.send(t, request{method: "POST", path: "/api/v1/marks", token: token, body: body{"marks": long}}); a.status != http.StatusMultiStatus {
		t.Errorf("500 marks with long remarks: %d %s", a.status, a.code)
	}
	check()
}
