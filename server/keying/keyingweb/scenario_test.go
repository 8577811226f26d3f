package keyingweb_test

import (
	"bytes"
	"fmt"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/keying"
	"jiangtai/server/keying/keyingtest"
	"jiangtai/server/keying/keyingweb"
	"jiangtai/server/paper/printing"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

const event = "/events/e0000000-0000-0000-0000-000000000001/keying"

type site struct {
	*webtest.Site
	*keyingtest.Rig
}

// newSite is keying over HTTP on a store in memory. Every request and answer is held against openapi.yaml.
func newSite(t *testing.T) site {
	t.Helper()
	r := keyingtest.New(keyingweb.NewEyes())
	people := map[string]contest.Actor{
		"one": keyingtest.Person(1, contest.Clerk), "two": keyingtest.Person(2, contest.Clerk), "third": keyingtest.Person(3, contest.Clerk),
		"chief": keyingtest.Person(4, contest.ChiefJudge), "host": keyingtest.Person(5, contest.HostSecretary), "supervisor": keyingtest.Person(6, contest.Supervisor),
		"stranger": {Account: contest.ID{9}, Grants: []contest.Grant{{Role: contest.Clerk, Contest: contest.ID{7}, Event: contest.ID{7}}}},
	}
	r.People = people
	return site{webtest.New(t, web.Config{
		Now: func() time.Time { return time.Date(2026, 5, 12, 8, 0, 0, 0, time.UTC) }, Identify: webtest.As(people),
		BodyLimits: map[string]int{keyingweb.PhotosPath: keyingweb.PhotosLimit},
	}, func(api fiber.Router) { keyingweb.Mount(api, r.Desk) }), r}
}

const sheet = `"chair":1,"criterion":"w"`

func (s site) take(as string) { s.Want(200, "", s.Send(as, "POST", event+"/passes", "{"+sheet+"}")) }

// keys types all six cells and closes the pass.
func (s site) keys(as string, texts ...string) webtest.Answer {
	s.take(as)
	var cells []string
	for i, text := range texts {
		cells = append(cells, fmt.Sprintf(`{"work":"%03d","aspect":%q,"attempt":1,"round":1,"text":%q}`, i/2+1, "ab"[i%2:i%2+1], text))
	}
	s.Want(200, "", s.Send(as, "POST", event+"/cells", "{"+sheet+`,"cells":[`+strings.Join(cells, ",")+"]}"))
	return s.Want(200, "", s.Send(as, "POST", event+"/finish", "{"+sheet+"}"))
}

func decision(work, aspect, more string) string {
	return fmt.Sprintf(`{%s,"work":%q,"aspect":%q,"attempt":1,"round":1,"reason":"看纸面"%s}`, sheet, work, aspect, more)
}

func TestTwoClerksAndAThirdLookOverHTTP(t *testing.T) {
	s := newSite(t)
	s.Want(404, "keying.no_pass", s.Send("one", "GET", event+"/pass?chair=1&criterion=w", ""))
	s.take("one")
	a := s.Want(200, "", s.Send("one", "POST", event+"/cells", "{"+sheet+`,"cells":[{"work":"001","aspect":"a","attempt":1,"round":1,"text":"11"},{"work":"009","aspect":"a","attempt":1,"round":1,"text":"1"}]}`))
	if body := string(a.Body); !strings.Contains(body, "judging.above_max") || !strings.Contains(body, "keying.no_cell") {
		t.Errorf("%s", body)
	}
	s.Want(422, "keying.unkeyed", s.Send("one", "POST", event+"/finish", "{"+sheet+"}"))
	s.keys("one", "1", "2", "3", "4", "", "-")
	s.Want(200, "", s.Send("one", "GET", event+"/pass?chair=1&criterion=w", ""))
	s.take("two")
	if a := s.Want(200, "", s.Send("two", "GET", event, "")); strings.Contains(string(a.Body), `"value"`) {
		t.Errorf("how far it is has values: %s", a.Body)
	}
	a = s.keys("two", "1", "5", "3", "4", "", "-")
	if a.Text("differ") != "1" || a.Text("marks") != "4" || s.Given != 4 {
		t.Errorf("%s, %d given", a.Body, s.Given)
	}
	s.Want(409, "keying.taken", s.Send("third", "POST", event+"/passes", "{"+sheet+"}"))
	if a := s.Want(200, "", s.Send("third", "GET", event+"/differences", "")); strings.Count(string(a.Body), `"state":"differ"`) != 1 {
		t.Errorf("%s", a.Body)
	}
	for _, c := range []struct {
		as, body, code string
		status         int
	}{
		{"two", decision("001", "b", `,"text":"2"`), "keying.second", 422},
		{"two", decision("001", "b", `,"text":"2","user":"one","password":"right"`), "keying.second_person", 422},
		{"two", decision("001", "b", `,"text":"2","user":"two","password":"right"`), "keying.second_person", 422},
		{"two", decision("001", "b", `,"text":"2","user":"host","password":"right"`), "keying.second_person", 422},
		{"two", decision("001", "b", `,"text":"2","user":"chief","password":"wrong"`), "identity.credentials", 401},
		{"third", decision("001", "b", `,"text":"12"`), "judging.above_max", 422},
		{"third", decision("001", "b", `,"settle":true`), "keying.settled", 409},
		{"third", decision("009", "b", `,"text":"2"`), "keying.missing", 404},
		{"third", decision("001", "a", `,"text":"9"`), "keying.second", 422}, // both agree: nobody alone says otherwise
		{"chief", decision("001", "b", `,"text":"2"`), "keying.role", 403},
		{"two", decision("001", "b", `,"text":"2","user":"chief","password":"right"`), "", 200},
		{"third", decision("001", "a", `,"text":"9","user":"supervisor","password":"right"`), "", 200},
	} {
		s.Want(c.status, c.code, s.Send(c.as, "POST", event+"/decisions", c.body))
	}
	if got := s.Marks[keying.At{Work: "001", Aspect: "b", Attempt: 1, Round: 1}].Text + s.Marks[keying.At{Work: "001", Aspect: "a", Attempt: 1, Round: 1}].Text; got != "29" || s.Given != 6 {
		t.Errorf("%s stands, %d given", got, s.Given)
	}
	s.Want(409, "keying.closed", s.Send("chief", "POST", event+"/free", "{"+sheet+`,"place":1}`))
}

func TestWhatIsWhose(t *testing.T) {
	s := newSite(t)
	s.take("one")
	for _, c := range []struct {
		as, method, path, body, code string
		status                       int
	}{
		{"", "GET", "", "", "web.sign_in", 401},
		{"stranger", "GET", "", "", "keying.missing", 404},
		{"chief", "POST", "/passes", "{" + sheet + "}", "keying.role", 403},
		{"supervisor", "GET", "/pass?chair=1&criterion=w", "", "keying.role", 403},
		{"one", "PUT", "/way", `{"way":"single"}`, "keying.role", 403},
		{"host", "GET", "/differences", "", "keying.role", 403},
		{"two", "POST", "/free", "{" + sheet + `,"place":1}`, "keying.role", 403},
		{"one", "POST", "/free", "{" + sheet + `,"place":2}`, "keying.no_pass", 404},
		{"one", "GET", "/cell.jpg?chair=1&criterion=w&work=001&aspect=a", "", "keying.no_picture", 404},
		{"one", "GET", "/cell.jpg?chair=1&criterion=w&work=001&aspect=elsewhere", "", "keying.missing", 404},
		{"one", "POST", "/passes", `{"chair":2,"criterion":"w"}`, "keying.missing", 404},
		{"chief", "POST", "/free", "{" + sheet + `,"place":1}`, "", 204},
		{"chief", "PUT", "/way", `{"way":"single"}`, "", 200},
	} {
		s.Want(c.status, c.code, s.Send(c.as, c.method, event+c.path, c.body))
	}
	// Who sees marks by work code sees none by entry number while works are sealed; a clerk has to.
	s.Sealed = true
	s.take("one")
	if a := s.Want(200, "", s.Send("chief", "GET", event, "")); strings.Contains(string(a.Body), "周敏") {
		t.Errorf("%s", a.Body)
	}
	s.Want(403, "keying.sealed", s.Send("chief", "GET", event+"/cell.jpg?chair=1&criterion=w&work=001&aspect=a", ""))
}

func TestAPhotographOverHTTP(t *testing.T) {
	s := newSite(t)
	kit, err := printing.Open()
	if err != nil {
		t.Fatal(err)
	}
	form := printing.Document{Title: "评分表", Code: "CODE:1", Anchored: true, Blocks: []printing.Block{printing.Table{
		Columns: []printing.Column{{Head: "参赛号"}, {Head: "A1.a", Share: 2}}, Height: 9,
		Rows: []printing.Row{{Cells: []string{"001"}, Names: []string{"", "a|1|001"}}, {Cells: []string{"002"}, Names: []string{"", "a|1|002"}}},
	}}}
	pdf, err := kit.Print(form)
	if err != nil {
		t.Fatal(err)
	}
	page, err := kit.Picture(form, 1, 6)
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := png.Encode(&file, page); err != nil {
		t.Fatal(err)
	}
	s.Form = keying.Paper{Number: "W-26-0001", Chair: 1, PDF: pdf, Cell: func(name string) (keying.At, bool) {
		return keying.At{Work: strings.TrimPrefix(name, "a|1|"), Aspect: "a", Attempt: 1}, true
	}}
	send := func(as, file string) webtest.Answer {
		return s.Send(as, "POST", "/keying/photos?event="+strings.Split(event, "/")[2], file, "Content-Type", "application/octet-stream")
	}
	a := s.Want(201, "", send("host", file.String()))
	if a.Text("cells") != "2" || a.Text("page") != "1" || a.Text("number") != "W-26-0001" {
		t.Errorf("%s", a.Body)
	}
	picture := s.Want(200, "", s.Send("one", "GET", event+"/cell.jpg?chair=1&criterion=w&work=002&aspect=a", ""))
	if !bytes.HasPrefix(picture.Body, []byte("\xff\xd8\xff")) || picture.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v", picture.Header)
	}
	s.Want(422, "keying.file", send("one", "no picture"))
	s.Want(403, "keying.role", send("supervisor", file.String()))
	s.Form.IsVoid = true
	s.Want(422, "keying.void", send("one", file.String()))
	s.Form = keying.Paper{PDF: []byte("%PDF-1.4 of another time")}
	s.Want(422, "keying.no_plan", send("one", file.String()))
}

// Beside a tablet a difference is looked at, by a chief judge too, and no mark is given.
func TestBesideATablet(t *testing.T) {
	s := newSite(t)
	s.IsTablet = true
	s.Marks[keying.At{Work: "001", Aspect: "a", Attempt: 1, Round: 1}] = keying.Standing{Value: keying.Value{Kind: keying.Mark, Text: "7"}, MarkID: scoring.ID{1}, ByTablet: true}
	s.keys("one", "8", "", "", "", "", "")
	if a := s.keys("two", "8", "", "", "", "", ""); a.Text("differ") != "1" || s.Given != 0 {
		t.Errorf("%s", a.Body)
	}
	s.Want(200, "", s.Send("chief", "POST", event+"/decisions", decision("001", "a", `,"settle":true`)))
	if a := s.Want(200, "", s.Send("chief", "GET", event+"/differences", "")); !strings.Contains(string(a.Body), `"state":"done"`) || s.Given != 0 {
		t.Errorf("%s", a.Body)
	}
}

// Routes and the document agree, both ways.
func TestRoutesAreInTheDocument(t *testing.T) { newSite(t).Contract("keying") }
