package programmeweb_test

import (
	"io/fs"
	"net/url"
	"strings"
	"testing"

	"jiangtai/schemas"
	"jiangtai/server/programme/programmetest"
	"jiangtai/server/programme/trades"
)

func TestTradesOverHTTP(t *testing.T) {
	s := newSite(t)
	s.Want(401, "web.sign_in", s.Send("", "GET", "/api/v1/trades", ""))
	if a := s.Want(200, "", s.Send("admin", "GET", "/api/v1/trades", "")); string(a.Body) != `{"total":0,"trades":[]}` {
		t.Errorf("an office without a catalogue: %s", a.Body)
	}
	folder, err := fs.Sub(schemas.Trades, "trades")
	if err != nil {
		t.Fatal(err)
	}
	if s.Trades, err = trades.Read(folder); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ query, total, name string }{
		{"?q=skcg", "1", "数控车工"},
		{"?q=" + url.QueryEscape("焊工"), "1", "焊工"},
		{"?q=courier&templates=1&limit=1", "1", "快递员"},
		{"?q=nothing", "0", ""},
	} {
		a := s.Want(200, "", s.Send("admin", "GET", "/api/v1/trades"+row.query, ""))
		if name := a.Text("trades", "0", "name"); a.Text("total") != row.total || row.name != "" && name != row.name {
			t.Errorf("%s: %s", row.query, a.Body)
		}
	}
	s.Want(400, "web.query", s.Send("admin", "GET", "/api/v1/trades?templates=yes", ""))
	s.Want(400, "web.query", s.Send("admin", "GET", "/api/v1/trades?limit=0", ""))
}

// TestTemplateBecomesAScheme: what is offered is taken as it is.
func TestTemplateBecomesAScheme(t *testing.T) {
	s := newSite(t)
	folder, err := fs.Sub(schemas.Trades, "trades")
	if err != nil {
		t.Fatal(err)
	}
	if s.Trades, err = trades.Read(folder); err != nil {
		t.Fatal(err)
	}
	s.Want(401, "web.sign_in", s.Send("", "GET", "/api/v1/trades/welder/scheme", ""))
	for _, id := range []string{"no-such", "trades", "welder.json"} {
		s.Want(404, "programme.template_missing", s.Send("admin", "GET", "/api/v1/trades/"+id+"/scheme", ""))
	}
	a := s.Want(200, "", s.Send("admin", "GET", "/api/v1/trades/welder/scheme", ""))
	raw, err := fs.ReadFile(folder, "welder.json")
	if err != nil || string(raw) != string(a.Body) || !strings.HasPrefix(a.Header["Content-Type"][0], "application/json") {
		t.Fatalf("%v %v\n%s", err, a.Header, a.Body)
	}
	small := s.Want(201, "", s.upload("/api/v1/packages", zipped(t, programmetest.Small())))
	made := s.Want(201, "", s.Send("admin", "POST", "/api/v1/contests/"+small.Text("contest", "id")+"/events", `{"code":"W-9","trade":"焊工"}`))
	path := "/api/v1/events/" + made.Text("event", "id") + "/scheme"
	s.Want(200, "", s.Send("admin", "PUT", path, string(a.Body)))
	if got := s.Want(200, "", s.Send("admin", "GET", path, "")); got.Text("text") != string(raw) {
		t.Errorf("%s", got.Body)
	}
}
