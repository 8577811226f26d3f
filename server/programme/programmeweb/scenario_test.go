package programmeweb_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/gofiber/fiber/v2"

	"jiangtai/schemas"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
	"jiangtai/server/programme/parcel"
	"jiangtai/server/programme/programmetest"
	"jiangtai/server/programme/programmeweb"
	"jiangtai/server/programme/workcode"
	"jiangtai/server/web"
)

// site is the programme over HTTP, with an office in memory. Every answer is
// held against openapi.yaml.
type site struct {
	*testing.T
	*programmetest.Rig
	app    *fiber.App
	actors map[string]contest.Actor
	router routers.Router
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{T: t, Rig: programmetest.InMemory(), actors: map[string]contest.Actor{"admin": programmetest.Administrator()}}
	s.app = web.New(web.Config{
		Now:        s.Clock,
		BodyLimits: map[string]int{programmeweb.PackagesPath: programmeweb.PackagesLimit, programmeweb.TablesPath: programmeweb.TablesLimit},
		Identify: func(_ context.Context, token, _ string) (contest.Actor, error) {
			if a, ok := s.actors[token]; ok {
				return a, nil
			}
			return contest.Actor{}, fault.New(fault.Unauthenticated, "web.sign_in")
		},
	})
	programmeweb.Mount(web.API(s.app), s.Office)
	raw, err := schemas.Files.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		t.Fatal(err)
	}
	doc.Servers = nil // any host
	if s.router, err = legacy.NewRouter(doc); err != nil {
		t.Fatal(err)
	}
	return s
}

// answer is what came back.
type answer struct {
	status int
	body   []byte
	header map[string][]string
}

// text finds a text in the answer by its keys.
func (a answer) text(keys ...string) string {
	var v any
	if json.Unmarshal(a.body, &v) != nil {
		return ""
	}
	for _, k := range keys {
		switch at := v.(type) {
		case map[string]any:
			v = at[k]
		case []any:
			i, err := strconv.Atoi(k)
			if err != nil || i >= len(at) {
				return ""
			}
			v = at[i]
		}
	}
	return fmt.Sprint(v)
}

// send asks as somebody; "" is the public.
func (s *site) send(as, method, path, body string, headers ...string) answer {
	s.Helper()
	req := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(body))
	req.RequestURI = path // as clients send it: limits of bodies go by the path
	req.Header.Set("X-Jiangtai", "1")
	if as != "" {
		req.Header.Set("Authorization", "Bearer "+as)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := s.app.Test(req, 20_000)
	if err != nil {
		s.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		s.Fatal(err)
	}
	a := answer{resp.StatusCode, data, resp.Header}
	route, params, err := s.router.FindRoute(req)
	if err != nil {
		s.Fatalf("%s %s is not in openapi.yaml: %v", method, path, err)
	}
	if kind := resp.Header.Get("Content-Type"); kind != "application/zip" && kind != xlsx && len(data) > 0 {
		in := &openapi3filter.ResponseValidationInput{
			RequestValidationInput: &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route},
			Status:                 resp.StatusCode, Header: resp.Header,
		}
		in.SetBodyBytes(data)
		if err := openapi3filter.ValidateResponse(s.Context(), in); err != nil {
			s.Errorf("%s %s: the answer is not as openapi.yaml says: %v", method, path, err)
		}
	}
	return a
}

// want sends and holds the answer's status and code.
func (s *site) want(status int, code string, a answer) answer {
	s.Helper()
	if a.status != status || code != "" && a.text("code") != code {
		s.Fatalf("%d %s, want %d %s", a.status, a.body, status, code)
	}
	return a
}

func zipped(t *testing.T, files parcel.Files) string {
	t.Helper()
	var b bytes.Buffer
	if err := files.Zip(&b, time.Date(2026, 5, 18, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func (s *site) upload(path string, body string) answer {
	s.Helper()
	return s.send("admin", "POST", path, body, "Content-Type", "application/zip")
}

func TestPackagesOverHTTP(t *testing.T) {
	s := newSite(t)
	small := zipped(t, programmetest.Small())
	s.want(401, "web.sign_in", s.send("", "POST", "/api/v1/packages", small, "Content-Type", "application/zip"))
	s.want(415, "web.content_type", s.send("admin", "POST", "/api/v1/packages", small, "Content-Type", "application/json"))
	s.want(400, "web.query", s.upload("/api/v1/packages?preview=yes", small))

	faulty := zipped(t, programmetest.Changed("units.csv", "code,name\nu1,\n"))
	a := s.want(200, "", s.upload("/api/v1/packages?preview=1", faulty))
	if a.text("faults", "0", "path") != "units.csv:2:2" || a.text("faults", "0", "code") != "package.empty" || a.text("counts", "events") != "3" {
		t.Errorf("%s", a.body)
	}
	a = s.want(422, "package.faulty", s.upload("/api/v1/packages", faulty))
	if a.text("fields", "0", "path") != "units.csv:2:2" {
		t.Errorf("%s", a.body)
	}
	s.want(422, "package.faulty", s.upload("/api/v1/packages", "no zip"))
	a = s.want(200, "", s.upload("/api/v1/packages?preview=1", "no zip"))
	if a.text("faults", "0", "code") != "package.archive_broken" {
		t.Errorf("%s", a.body)
	}

	a = s.want(201, "", s.upload("/api/v1/packages", small))
	id := a.text("contest", "id")
	s.want(409, "programme.contest_exists", s.upload("/api/v1/packages", small))
	a = s.want(200, "", s.send("admin", "GET", "/api/v1/contests/"+id+"/package", ""))
	files, faults := parcel.OpenZip(a.body)
	if faults.Any() || len(files) != 9 || !slices.Contains(a.header["Content-Disposition"], `attachment; filename="small.zip"`) {
		t.Errorf("%d files, %v, %v", len(files), faults.Fields(), a.header)
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
	s.want(403, "programme.forbidden", s.send("visitor", "POST", "/api/v1/packages", text, "Content-Type", "application/zip"))
	runtime.ReadMemStats(&after)
	if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 20 {
		t.Errorf("%d MiB for a package that is refused", took)
	}
}

func TestContestOverHTTP(t *testing.T) {
	s := newSite(t)
	s.want(401, "web.sign_in", s.send("", "GET", "/api/v1/contests", ""))
	s.want(400, "web.json", s.send("admin", "POST", "/api/v1/contests", `{"code":"a1","name":"x","kind":"demo","id":"7"}`))
	a := s.want(422, "programme.invalid", s.send("admin", "POST", "/api/v1/contests", `{"code":"A","name":"","kind":"demo"}`))
	if a.text("fields", "1", "path") != "/name" {
		t.Errorf("%s", a.body)
	}
	a = s.want(201, "", s.send("admin", "POST", "/api/v1/contests", `{"code":"spring","name":"春季赛","kind":"real","starts_on":"2026-04-01"}`))
	id := a.text("contest", "id")
	one := "/api/v1/contests/" + id
	s.want(200, "", s.send("admin", "GET", one, ""))
	s.want(404, "web.missing", s.send("admin", "GET", "/api/v1/contests/7", ""))
	s.want(404, "programme.contest_missing", s.send("admin", "GET", "/api/v1/contests/01890000-0000-7000-8000-000000000000", ""))
	a = s.want(200, "", s.send("admin", "PATCH", one, `{"organiser":"总工会","visible":false}`))
	if a.text("contest", "organiser") != "总工会" || a.text("contest", "visible") != "false" || a.text("contest", "starts_on") != "2026-04-01" {
		t.Errorf("%s", a.body)
	}
	s.want(201, "", s.send("admin", "POST", "/api/v1/hosts", `{"contest":"`+id+`","code":"h","name":"承办"}`))
	s.want(201, "", s.send("admin", "POST", "/api/v1/units", `{"contest":"`+id+`","code":"u","name":"单位"}`))
	s.want(400, "web.query", s.send("admin", "GET", "/api/v1/units", ""))
	// A body without a contest once found the first contest there is, and 500.
	s.want(400, "web.type", s.send("admin", "POST", "/api/v1/units", `{"code":"u2","name":"单位"}`))
	s.want(400, "web.type", s.send("admin", "POST", "/api/v1/hosts", `{"code":"h2","name":"单位"}`))
	if a = s.want(200, "", s.send("admin", "GET", "/api/v1/units?contest="+id, "")); a.text("units", "0", "short") != "单位" {
		t.Errorf("%s", a.body)
	}
	if a = s.want(200, "", s.send("admin", "GET", "/api/v1/hosts?contest="+id, "")); a.text("hosts", "0", "code") != "h" {
		t.Errorf("%s", a.body)
	}
	a = s.want(201, "", s.send("admin", "POST", one+"/events", `{"code":"fitter","trade":"钳工","host":"h"}`))
	event := "/api/v1/events/" + a.text("event", "id")
	s.want(404, "programme.scheme_missing", s.send("admin", "GET", event+"/scheme", ""))
	text := programmetest.Scheme("coded", "0") + " \n"
	a = s.want(200, "", s.send("admin", "PUT", event+"/scheme", text))
	if a.text("version", "version") != "1" {
		t.Errorf("%s", a.body)
	}
	if a = s.want(200, "", s.send("admin", "GET", event+"/scheme", "")); a.text("text") != text || a.text("coded") != "true" || a.text("panels", "0", "id") != "p" {
		t.Errorf("%s", a.body)
	}
	a = s.want(422, "programme.scheme_faulty", s.send("admin", "PUT", event+"/scheme", `{"format":"jiangtai.scheme/1"}`))
	if a.text("fields", "0", "path") == "" {
		t.Errorf("%s", a.body)
	}
	s.want(200, "", s.send("admin", "PUT", event+"/chairs", `{"chairs":[{"panel":"p","judge":"江一","chief":true},{"panel":"p","judge":"江二","chief":false}]}`))
	if a = s.want(200, "", s.send("admin", "GET", event+"/chairs", "")); a.text("chairs", "1", "number") != "2" {
		t.Errorf("%s", a.body)
	}
	s.want(422, "programme.invalid", s.send("admin", "PUT", event+"/entries", `{"entries":[{"name":"x","unit":"u9"}]}`))
	s.want(200, "", s.send("admin", "PUT", event+"/entries", `{"entries":[{"name":"梁志远","unit":"u"},{"name":"曾小雨"}]}`))
	a = s.want(200, "", s.send("admin", "GET", event+"/entries?q=lzy", ""))
	if a.text("total") != "1" || a.text("entries", "0", "unit_short") != "单位" || !workcode.IsCode(a.text("entries", "0", "work_code")) {
		t.Errorf("%s", a.body)
	}
	s.want(200, "", s.send("admin", "PATCH", event, `{"hall":"三号馆"}`))
	if a = s.want(200, "", s.send("admin", "GET", event, "")); a.text("event", "hall") != "三号馆" || a.text("event", "host") != "h" {
		t.Errorf("%s", a.body)
	}
	if a = s.want(200, "", s.send("admin", "GET", one+"/events?q=qg&limit=1", "")); a.text("total") != "1" {
		t.Errorf("%s", a.body)
	}
	s.want(400, "web.query", s.send("admin", "GET", one+"/events?limit=501", ""))
	s.want(400, "web.query", s.send("admin", "GET", one+"/events?q=%00", ""))
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
	a := s.want(200, "", s.send("admin", "GET", at+"?team=1", ""))
	if a.text("total") != "3" || a.text("entries", "0", "kind") != "team" || a.text("entries", "1", "team") != "1" || a.text("has_teams") != "true" ||
		a.text("entries", "1", "in_county") != "东湖区" || a.text("teams", "1", "members") != "2" || a.text("groups", "1") != "职工组" {
		t.Errorf("%s", a.body)
	}
	a = s.want(422, "programme.invalid", s.send("admin", "PUT", at, `{"entries":[{"name":"甲","team":"无"},{"name":"乙","kind":"pair"}]}`))
	if a.text("fields", "0", "path") != "/entries/1/kind" || a.text("fields", "1", "path") != "/entries/0/team" {
		t.Errorf("%s", a.body)
	}
	s.SetOpenness(events[1].Ledger, programme.Openings{Open: true, Unsealed: true})
	rows := `{"entry_no":"1","name":"甲队","kind":"team","unit":"u1","group":"职工组"},{"entry_no":"2","name":"乙队","kind":"team"},` +
		`{"entry_no":"11","name":"甲一","team":"2"},{"entry_no":"12","name":"甲二","team":"1"},{"entry_no":"21","name":"乙一","team":"2"},{"entry_no":"22","name":"乙二","team":"2"}`
	s.want(422, "programme.reason", s.send("admin", "PUT", at, `{"entries":[`+rows+`]}`))
	s.want(200, "", s.send("admin", "PUT", at, `{"entries":[`+rows+`],"reason":"换队"}`))
	if a = s.want(200, "", s.send("admin", "GET", at+"?team=2", "")); a.text("total") != "4" {
		t.Errorf("%s", a.body)
	}
	if a = s.want(200, "", s.send("admin", "GET", at+"/export.xlsx?kind=team", "")); !strings.HasPrefix(string(a.body), "PK") {
		t.Errorf("%.20q", a.body)
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
		a := s.want(200, "", s.send("chief", "GET", "/api/v1/events/"+events[0].ID.String()+"/entries"+strings.ReplaceAll(q, "梁", "%E6%A2%81"), ""))
		if m := forbidden.Find(a.body); m != nil || a.text("masked") != "true" {
			t.Errorf("%s: %q in %s", q, m, a.body)
		}
	}
	s.want(403, "programme.forbidden", s.send("chief", "PUT", "/api/v1/events/"+events[0].ID.String()+"/entries", `{"entries":[]}`))
	s.want(404, "programme.event_missing", s.send("chief", "GET", "/api/v1/events/"+events[1].ID.String(), ""))
}

func TestPublicLists(t *testing.T) {
	s := newSite(t)
	made, _, err := s.Import(t.Context(), s.actors["admin"], programmetest.Open(programmetest.Small()))
	if err != nil {
		t.Fatal(err)
	}
	events, _ := s.Rig.Directory.Events(t.Context(), made.ID)
	s.SetCount(events[0].ID, programme.Count{Phase: "running", Release: "progress", Entries: 3, Done: 2, Need: 6, UpdatedAt: s.Clock()})
	a := s.want(200, "", s.send("", "GET", "/api/v1/public/contests", ""))
	if a.text("contests", "0", "code") != "small" || a.text("contests", "0", "events") != "3" {
		t.Errorf("%s", a.body)
	}
	const path = "/api/v1/public/events?q=hg"
	a = s.want(200, "", s.send("", "GET", path, ""))
	if a.text("total") != "1" || a.text("events", "0", "done") != "2" || a.text("events", "0", "updated_at") != "2026-05-18T09:00:00Z" {
		t.Errorf("%s", a.body)
	}
	etag := a.header["Etag"][0]
	if again := s.send("", "GET", path, "", "If-None-Match", etag); again.status != 304 || len(again.body) != 0 {
		t.Errorf("%d %s", again.status, again.body)
	}
	// Within a second the answer stands; after it the new one is given.
	s.SetCount(events[0].ID, programme.Count{Phase: "running", Release: "progress", Entries: 3, Done: 3, Need: 6})
	if a = s.send("", "GET", path, ""); a.text("events", "0", "done") != "2" {
		t.Errorf("%s", a.body)
	}
	s.Pass(time.Second)
	if a = s.send("", "GET", path, "", "If-None-Match", etag); a.status != 200 || a.text("events", "0", "done") != "3" || a.text("events", "0", "updated_at") != "<nil>" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a = s.send("", "GET", "/api/v1/public/events?contest="+made.ID.String()+"&limit=1&offset=2", ""); a.text("events", "0", "trade") != "中式烹调师" || a.text("total") != "3" {
		t.Errorf("%s", a.body)
	}
	s.want(400, "web.query", s.send("", "GET", "/api/v1/public/events?contest=small", ""))
	s.want(400, "web.query", s.send("", "GET", "/api/v1/public/events?q="+strings.Repeat("x", 121), ""))
	hidden := false
	if _, err := s.ChangeContest(t.Context(), s.actors["admin"], made.ID, programme.ContestChange{Visible: &hidden}); err != nil {
		t.Fatal(err)
	}
	s.Pass(time.Second)
	for _, path := range []string{"/api/v1/public/contests", "/api/v1/public/events", "/api/v1/public/events?q=hg"} {
		if a = s.send("", "GET", path, ""); a.text("total") != "0" {
			t.Errorf("%s: %s", path, a.body)
		}
	}
}

// Every route of this room is in openapi.yaml and every path there under its tag
// is a route; every write needs its header.
func TestRoutesAreTheContract(t *testing.T) {
	s := newSite(t)
	raw, _ := schemas.Files.ReadFile("openapi.yaml")
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		t.Fatal(err)
	}
	bare := web.New(web.Config{Now: s.Clock})
	var routes []string
	for _, r := range web.Routes(s.app) {
		if !slices.Contains(web.Routes(bare), r) {
			routes = append(routes, r.Method+" "+r.Path)
		}
	}
	var written []string
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			ours := slices.Contains(op.Tags, "programme") || path == "/api/v1/public/contests" || path == "/api/v1/public/events"
			if ours {
				written = append(written, method+" "+path)
			}
			if ours && method != "GET" && op.Parameters.GetByInAndName("header", "X-Jiangtai") == nil {
				t.Errorf("%s %s does not say X-Jiangtai", method, path)
			}
		}
	}
	slices.Sort(routes)
	slices.Sort(written)
	if !slices.Equal(routes, written) {
		t.Errorf("routes  %v\nwritten %v", routes, written)
	}
}

// Every code that this room can say has its words, and no words are of a code
// that it cannot.
func TestEveryCodeHasItsWords(t *testing.T) {
	raw, err := schemas.Files.ReadFile("errors.json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]struct{ Zh, En string }
	if err := json.Unmarshal(raw, &words); err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`"((?:programme|package)\.[a-z0-9_]+)"`)
	said := map[string]bool{}
	for _, dir := range []string{"..", ".", "schemesheet", "marktable", "worldsheet", "../vetting", "../outline", "../parcel", "../programmestore", "../trades"} {
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
				continue
			}
			text, err := os.ReadFile(dir + "/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range code.FindAllSubmatch(text, -1) {
				said[string(m[1])] = true
			}
		}
	}
	for c := range said {
		if words[c].Zh == "" || words[c].En == "" {
			t.Errorf("%s has no words", c)
		}
	}
	for c := range words {
		if (strings.HasPrefix(c, "programme.") || strings.HasPrefix(c, "package.")) && !said[c] {
			t.Errorf("nobody says %s", c)
		}
	}
}
