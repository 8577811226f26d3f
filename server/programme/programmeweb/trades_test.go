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
	s.want(401, "web.sign_in", s.send("", "GET", "/api/v1/trades", ""))
	if a := s.want(200, "", s.send("admin", "GET", "/api/v1/trades", "")); string(a.body) != `{"total":0,"trades":[]}` {
		t.Errorf("an office without a catalogue: %s", a.body)
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
		a := s.want(200, "", s.send("admin", "GET", "/api/v1/trades"+row.query, ""))
		if name := a.text("trades", "0", "name"); a.text("total") != row.total || row.name != "" && name != row.name {
			t.Errorf("%s: %s", row.query, a.body)
		}
	}
	s.want(400, "web.query", s.send("admin", "GET", "/api/v1/trades?templates=yes", ""))
	s.want(400, "web.query", s.send("admin", "GET", "/api/v1/trades?limit=0", ""))
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
	s.want(401, "web.sign_in", s.send("", "GET", "/api/v1/trades/welder/scheme", ""))
	for _, id := range []string{"no-such", "trades", "welder.json"} {
		s.want(404, "programme.template_missing", s.send("admin", "GET", "/api/v1/trades/"+id+"/scheme", ""))
	}
	a := s.want(200, "", s.send("admin", "GET", "/api/v1/trades/welder/scheme", ""))
	raw, err := fs.ReadFile(folder, "welder.json")
	if err != nil || string(raw) != string(a.body) || !strings.HasPrefix(a.header["Content-Type"][0], "application/json") {
		t.Fatalf("%v %v\n%s", err, a.header, a.body)
	}
	small := s.want(201, "", s.upload("/api/v1/packages", zipped(t, programmetest.Small())))
	made := s.want(201, "", s.send("admin", "POST", "/api/v1/contests/"+small.text("contest", "id")+"/events", `{"code":"W-9","trade":"焊工"}`))
	path := "/api/v1/events/" + made.text("event", "id") + "/scheme"
	s.want(200, "", s.send("admin", "PUT", path, string(a.body)))
	if got := s.want(200, "", s.send("admin", "GET", path, "")); got.text("text") != string(raw) {
		t.Errorf("%s", got.body)
	}
}
