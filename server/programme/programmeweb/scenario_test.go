package programmeweb_test

import (
	"bytes"
	"math/rand/v2"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/programme"
	"jiangtai/server/programme/parcel"
	"jiangtai/server/programme/programmetest"
	"jiangtai/server/programme/programmeweb"
	"jiangtai/server/programme/workcode"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

// site is the programme over HTTP, with an office in memory. Every answer is
// held against openapi.yaml.
type site struct {
	*testing.T
	*programmetest.Rig
	*webtest.Site
	actors map[string]contest.Actor
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{T: t, Rig: programmetest.InMemory(), actors: map[string]contest.Actor{"admin": programmetest.Administrator()}}
	s.Site = webtest.New(t, web.Config{
		Now:        s.Clock,
		BodyLimits: map[string]int{programmeweb.PackagesPath: programmeweb.PackagesLimit, programmeweb.TablesPath: programmeweb.TablesLimit},
		Identify:   webtest.As(s.actors),
	}, func(api fiber.Router) { programmeweb.Mount(api, s.Office) })
	return s
}

func zipped(t *testing.T, files parcel.Files) string {
	t.Helper()
	var b bytes.Buffer
	if err := files.Zip(&b, time.Date(2026, 5, 18, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func (s *site) upload(path string, body string) webtest.Answer {
	s.Helper()
	return s.Send("admin", "POST", path, body, "Content-Type", "application/zip")
}

func TestPackagesOverHTTP(t *testing.T) {
	s := newSite(t)
	small := zipped(t, programmetest.Small())
	s.Want(401, "web.sign_in", s.Send("", "POST", "/api/v1/packages", small, "Content-Type", "application/zip"))
	s.Want(415, "web.content_type", s.Send("admin", "POST", "/api/v1/packages", small, "Content-Type", "application/json"))
	s.Want(400, "web.query", s.upload("/api/v1/packages?preview=yes", small))

	faulty := zipped(t, programmetest.Changed("units.csv", "code,name\nu1,\n"))
	a := s.Want(200, "", s.upload("/api/v1/packages?preview=1", faulty))
	if a.Text("faults", "0", "path") != "units.csv:2:2" || a.Text("faults", "0", "code") != "package.empty" || a.Text("counts", "events") != "3" {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(422, "package.faulty", s.upload("/api/v1/packages", faulty))
	if a.Text("fields", "0", "path") != "units.csv:2:2" {
		t.Errorf("%s", a.Body)
	}
	s.Want(422, "package.faulty", s.upload("/api/v1/packages", "no zip"))
	a = s.Want(200, "", s.upload("/api/v1/packages?preview=1", "no zip"))
	if a.Text("faults", "0", "code") != "package.archive_broken" {
		t.Errorf("%s", a.Body)
	}

	a = s.Want(201, "", s.upload("/api/v1/packages", small))
	id := a.Text("contest", "id")
	s.Want(409, "programme.contest_exists", s.upload("/api/v1/packages", small))
	a = s.Want(200, "", s.Send("admin", "GET", "/api/v1/contests/"+id+"/package", ""))
	files, faults := parcel.OpenZip(a.Body)
	if faults.Any() || len(files) != 9 || !slices.Contains(a.Header["Content-Disposition"], `attachment; filename="small.zip"`) {
		t.Errorf("%d files, %v, %v", len(files), faults.Fields(), a.Header)
	}
}

// A spectator's account sent packages: each was unpacked, a quarter of a gigabyte
// at most, before anybody asked who he was, and the administrator was told to
// come back later.
func TestNobodyElsesPackageIsUnpacked(t *testing.T) {
	s := newSite(t)
	s.actors["visitor"] = programmetest.Account(contest.Grant{Role: contest.Spectator, Contest: contest.ID{1}})
	large := make([]byte, 40<<20)
	_, _ = rand.NewChaCha8([32]byte{}).Read(large[:600<<10]) // else it would be too good to be a package
	text := zipped(t, parcel.Files{"notes.txt": large})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	s.Want(403, "programme.forbidden", s.Send("visitor", "POST", "/api/v1/packages", text, "Content-Type", "application/zip"))
	runtime.ReadMemStats(&after)
	if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 20 {
		t.Errorf("%d MiB for a package that is refused", took)
	}
}

func TestContestOverHTTP(t *testing.T) {
	s := newSite(t)
	s.Want(401, "web.sign_in", s.Send("", "GET", "/api/v1/contests", ""))
	s.Want(400, "web.json", s.Send("admin", "POST", "/api/v1/contests", `{"code":"a1","name":"x","kind":"demo","id":"7"}`))
	a := s.Want(422, "programme.invalid", s.Send("admin", "POST", "/api/v1/contests", `{"code":"A","name":"","kind":"demo"}`))
	if a.Text("fields", "1", "path") != "/name" {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(201, "", s.Send("admin", "POST", "/api/v1/contests", `{"code":"spring","name":"春季赛","kind":"real","starts_on":"2026-04-01"}`))
	id := a.Text("contest", "id")
	one := "/api/v1/contests/" + id
	s.Want(200, "", s.Send("admin", "GET", one, ""))
	s.Want(404, "web.missing", s.Send("admin", "GET", "/api/v1/contests/7", ""))
	s.Want(404, "programme.contest_missing", s.Send("admin", "GET", "/api/v1/contests/01890000-0000-7000-8000-000000000000", ""))
	a = s.Want(200, "", s.Send("admin", "PATCH", one, `{"organiser":"总工会","visible":false}`))
	if a.Text("contest", "organiser") != "总工会" || a.Text("contest", "visible") != "false" || a.Text("contest", "starts_on") != "2026-04-01" {
		t.Errorf("%s", a.Body)
	}
	s.Want(201, "", s.Send("admin", "POST", "/api/v1/hosts", `{"contest":"`+id+`","code":"h","name":"承办"}`))
	s.Want(201, "", s.Send("admin", "POST", "/api/v1/units", `{"contest":"`+id+`","code":"u","name":"单位"}`))
	s.Want(400, "web.query", s.Send("admin", "GET", "/api/v1/units", ""))
	// A body without a contest once found the first contest there is, and 500.
	s.Want(400, "web.type", s.Send("admin", "POST", "/api/v1/units", `{"code":"u2","name":"单位"}`))
	s.Want(400, "web.type", s.Send("admin", "POST", "/api/v1/hosts", `{"code":"h2","name":"单位"}`))
	if a = s.Want(200, "", s.Send("admin", "GET", "/api/v1/units?contest="+id, "")); a.Text("units", "0", "short") != "单位" {
		t.Errorf("%s", a.Body)
	}
	if a = s.Want(200, "", s.Send("admin", "GET", "/api/v1/hosts?contest="+id, "")); a.Text("hosts", "0", "code") != "h" {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(201, "", s.Send("admin", "POST", one+"/events", `{"code":"fitter","trade":"钳工","host":"h"}`))
	event := "/api/v1/events/" + a.Text("event", "id")
	s.Want(404, "programme.scheme_missing", s.Send("admin", "GET", event+"/scheme", ""))
	text := programmetest.Scheme("coded", "0") + " \n"
	a = s.Want(200, "", s.Send("admin", "PUT", event+"/scheme", text))
	if a.Text("version", "version") != "1" {
		t.Errorf("%s", a.Body)
	}
	if a = s.Want(200, "", s.Send("admin", "GET", event+"/scheme", "")); a.Text("text") != text || a.Text("coded") != "true" || a.Text("panels", "0", "id") != "p" {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(422, "programme.scheme_faulty", s.Send("admin", "PUT", event+"/scheme", `{"format":"jiangtai.scheme/1"}`))
	if a.Text("fields", "0", "path") == "" {
		t.Errorf("%s", a.Body)
	}
	s.Want(200, "", s.Send("admin", "PUT", event+"/chairs", `{"chairs":[{"panel":"p","judge":"江一","chief":true},{"panel":"p","judge":"江二","chief":false}]}`))
	if a = s.Want(200, "", s.Send("admin", "GET", event+"/chairs", "")); a.Text("chairs", "1", "number") != "2" {
		t.Errorf("%s", a.Body)
	}
	s.Want(422, "programme.invalid", s.Send("admin", "PUT", event+"/entries", `{"entries":[{"name":"x","unit":"u9"}]}`))
	s.Want(200, "", s.Send("admin", "PUT", event+"/entries", `{"entries":[{"name":"梁志远","unit":"u"},{"name":"曾小雨"}]}`))
	a = s.Want(200, "", s.Send("admin", "GET", event+"/entries?q=lzy", ""))
	if a.Text("total") != "1" || a.Text("entries", "0", "unit_short") != "单位" || !workcode.IsCode(a.Text("entries", "0", "work_code")) {
		t.Errorf("%s", a.Body)
	}
	s.Want(200, "", s.Send("admin", "PATCH", event, `{"hall":"三号馆"}`))
	if a = s.Want(200, "", s.Send("admin", "GET", event, "")); a.Text("event", "hall") != "三号馆" || a.Text("event", "host") != "h" {
		t.Errorf("%s", a.Body)
	}
	if a = s.Want(200, "", s.Send("admin", "GET", one+"/events?q=qg&limit=1", "")); a.Text("total") != "1" {
		t.Errorf("%s", a.Body)
	}
	s.Want(400, "web.query", s.Send("admin", "GET", one+"/events?limit=501", ""))
	s.Want(400, "web.query", s.Send("admin", "GET", one+"/events?q=%00", ""))
}

func TestTeamsOverHTTP(t *testing.T) {
	s := newSite(t)
	made, _, err := s.Import(t.Context(), s.actors["admin"], programmetest.Open(programmetest.Teams("open")))
	if err != nil {
		t.Fatal(err)
	}
	events, err := s.Rig.Directory.Events(t.Context(), made.ID)
	if err != nil {
		t.Fatal(err)
	}
	at := "/api/v1/events/" + events[1].ID.String() + "/entries"
	a := s.Want(200, "", s.Send("admin", "GET", at+"?team=1", ""))
	if a.Text("total") != "3" || a.Text("entries", "0", "kind") != "team" || a.Text("entries", "1", "team") != "1" || a.Text("has_teams") != "true" ||
		a.Text("entries", "1", "in_county") != "东湖区" || a.Text("teams", "1", "members") != "2" || a.Text("groups", "1") != "职工组" {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(422, "programme.invalid", s.Send("admin", "PUT", at, `{"entries":[{"name":"甲","team":"无"},{"name":"乙","kind":"pair"}]}`))
	if a.Text("fields", "0", "path") != "/entries/1/kind" || a.Text("fields", "1", "path") != "/entries/0/team" {
		t.Errorf("%s", a.Body)
	}
	s.SetOpenness(events[1].Ledger, programme.Openings{Open: true, Unsealed: true})
	rows := `{"entry_no":"1","name":"甲队","kind":"team","unit":"u1","group":"职工组"},{"entry_no":"2","name":"乙队","kind":"team"},` +
		`{"entry_no":"11","name":"甲一","team":"2"},{"entry_no":"12","name":"甲二","team":"1"},{"entry_no":"21","name":"乙一","team":"2"},{"entry_no":"22","name":"乙二","team":"2"}`
	s.Want(422, "programme.reason", s.Send("admin", "PUT", at, `{"entries":[`+rows+`]}`))
	s.Want(200, "", s.Send("admin", "PUT", at, `{"entries":[`+rows+`],"reason":"换队"}`))
	if a = s.Want(200, "", s.Send("admin", "GET", at+"?team=2", "")); a.Text("total") != "4" {
		t.Errorf("%s", a.Body)
	}
	if a = s.Want(200, "", s.Send("admin", "GET", at+"/export.xlsx?kind=team", "")); !strings.HasPrefix(string(a.Body), "PK") {
		t.Errorf("%.20q", a.Body)
	}
}

// What a chief judge is sent of a sealed event holds no name, however he asks.
func TestChiefJudgeIsSentNoNames(t *testing.T) {
	s := newSite(t)
	made, _, err := s.Import(t.Context(), s.actors["admin"], programmetest.Open(programmetest.Small()))
	if err != nil {
		t.Fatal(err)
	}
	events, err := s.Rig.Directory.Events(t.Context(), made.ID)
	if err != nil {
		t.Fatal(err)
	}
	s.actors["chief"] = programmetest.Account(contest.Grant{Role: contest.ChiefJudge, Contest: made.ID, Event: events[0].ID})
	forbidden := regexp.MustCompile(`梁志远|曾小雨|欧阳安|造船|地铁|"00[123]"|liang|entry_no|"unit|"id"`)
	for _, q := range []string{"", "?q=lzy", "?q=梁", "?limit=1&offset=1"} {
		a := s.Want(200, "", s.Send("chief", "GET", "/api/v1/events/"+events[0].ID.String()+"/entries"+strings.ReplaceAll(q, "梁", "%E6%A2%81"), ""))
		if m := forbidden.Find(a.Body); m != nil || a.Text("masked") != "true" {
			t.Errorf("%s: %q in %s", q, m, a.Body)
		}
	}
	s.Want(403, "programme.forbidden", s.Send("chief", "PUT", "/api/v1/events/"+events[0].ID.String()+"/entries", `{"entries":[]}`))
	s.Want(404, "programme.event_missing", s.Send("chief", "GET", "/api/v1/events/"+events[1].ID.String(), ""))
}

func TestPublicLists(t *testing.T) {
	s := newSite(t)
	made, _, err := s.Import(t.Context(), s.actors["admin"], programmetest.Open(programmetest.Small()))
	if err != nil {
		t.Fatal(err)
	}
	events, _ := s.Rig.Directory.Events(t.Context(), made.ID)
	s.SetCount(events[0].ID, programme.Count{Phase: "running", Release: "progress", Entries: 3, Done: 2, Need: 6, UpdatedAt: s.Clock()})
	a := s.Want(200, "", s.Send("", "GET", "/api/v1/public/contests", ""))
	if a.Text("contests", "0", "code") != "small" || a.Text("contests", "0", "events") != "3" {
		t.Errorf("%s", a.Body)
	}
	const path = "/api/v1/public/events?q=hg"
	a = s.Want(200, "", s.Send("", "GET", path, ""))
	if a.Text("total") != "1" || a.Text("events", "0", "done") != "2" || a.Text("events", "0", "updated_at") != "2026-05-18T09:00:00Z" {
		t.Errorf("%s", a.Body)
	}
	etag := a.Header["Etag"][0]
	if again := s.Send("", "GET", path, "", "If-None-Match", etag); again.Status != 304 || len(again.Body) != 0 {
		t.Errorf("%d %s", again.Status, again.Body)
	}
	// Within a second the answer stands; after it the new one is given.
	s.SetCount(events[0].ID, programme.Count{Phase: "running", Release: "progress", Entries: 3, Done: 3, Need: 6})
	if a = s.Send("", "GET", path, ""); a.Text("events", "0", "done") != "2" {
		t.Errorf("%s", a.Body)
	}
	s.Pass(time.Second)
	if a = s.Send("", "GET", path, "", "If-None-Match", etag); a.Status != 200 || a.Text("events", "0", "done") != "3" || a.Text("events", "0", "updated_at") != "<nil>" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	if a = s.Send("", "GET", "/api/v1/public/events?contest="+made.ID.String()+"&limit=1&offset=2", ""); a.Text("events", "0", "trade") != "中式烹调师" || a.Text("total") != "3" {
		t.Errorf("%s", a.Body)
	}
	s.Want(400, "web.query", s.Send("", "GET", "/api/v1/public/events?contest=small", ""))
	s.Want(400, "web.query", s.Send("", "GET", "/api/v1/public/events?q="+strings.Repeat("x", 121), ""))
	hidden := false
	if _, err := s.ChangeContest(t.Context(), s.actors["admin"], made.ID, programme.ContestChange{Visible: &hidden}); err != nil {
		t.Fatal(err)
	}
	s.Pass(time.Second)
	for _, path := range []string{"/api/v1/public/contests", "/api/v1/public/events", "/api/v1/public/events?q=hg"} {
		if a = s.Send("", "GET", path, ""); a.Text("total") != "0" {
			t.Errorf("%s: %s", path, a.Body)
		}
	}
}

// Every route of this room is in openapi.yaml and every path there under its tag
// is a route; every write needs its header.
func TestRoutesAreTheContract(t *testing.T) {
	newSite(t).Contract("programme", "/api/v1/public/contests", "/api/v1/public/events")
}
