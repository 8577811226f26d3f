package identityweb_test

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"jiangtai/schemas"
	"jiangtai/server/identity/identitytest"
	"jiangtai/server/web"
)

func document(t *testing.T) *openapi3.T {
	t.Helper()
	raw, err := schemas.Files.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestRoutesAreTheDocuments(t *testing.T) {
	var written, served []string
	for path, item := range document(t).Paths.Map() {
		for method, op := range item.Operations() {
			if slices.Contains(op.Tags, "identity") {
				written = append(written, method+" "+path)
			}
		}
	}
	for _, r := range web.Routes(newRig(t, "").app) {
		if strings.HasPrefix(r.Path, "/api/v1/") && r.Name != "" {
			served = append(served, r.Method+" "+r.Path)
		}
	}
	slices.Sort(written)
	slices.Sort(served)
	if !slices.Equal(written, served) {
		t.Errorf("written\n%s\nserved\n%s", strings.Join(written, "\n"), strings.Join(served, "\n"))
	}
}

// Answers and the requests that got them fit the document.
func TestAnswersFitTheDocument(t *testing.T) {
	doc := document(t)
	find, err := legacy.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t, "")
	link, err := r.desk.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	welding, cup := identitytest.Welding.String(), identitytest.Cup.String()
	bearer := ""
	ask := func(method, path, body string, status int) answer {
		t.Helper()
		a := r.ask(t, method, path, body, "Authorization", bearer)
		if a.status != status {
			t.Fatalf("%s %s: %d %s", method, path, a.status, a.body)
		}
		fits(t, find, method, path, body, a)
		return a
	}
	ask("POST", "/first-administrator", `{"link":"`+link+`","user":"root","name":"管理员","password":"`+password+`"}`, 201)
	bearer = "Bearer " + ask("POST", "/sessions", `{"user":"root","password":"`+password+`"}`, 201).text(t, "token")
	ask("GET", "/sessions/current", "", 200)
	ask("GET", "/sessions", "", 200)
	made := ask("POST", "/accounts", `{"user":"zhang","name":"张","grants":[{"role":"chief_judge","contest":"`+cup+`","event":"`+welding+`"}]}`, 201)
	account, _ := made.json["account"].(map[string]any)
	id, _ := account["id"].(string)
	ask("PATCH", "/accounts/"+id, `{"name":"张三","disabled":null,"grants":[]}`, 200)
	ask("POST", "/accounts/"+id+"/password-reset", "", 200)
	ask("GET", "/accounts?q=zh&limit=5", "", 200)
	codes := ask("POST", "/events/"+welding+"/pairing-codes", `{}`, 201)
	list, _ := codes.json["codes"].([]any)
	first, _ := list[0].(map[string]any)
	ask("POST", "/sessions", `{"user":"root","password":"wrong"}`, 401)
	staff := bearer
	bearer = "Bearer " + ask("POST", "/pairings", `{"code":"`+first["code"].(string)+`","device_name":"A"}`, 201).text(t, "token")
	device := ask("GET", "/sessions/current", "", 200).text(t, "device")
	ask("PUT", "/devices/current", `{"pending":2}`, 204)
	bearer = staff
	ask("DELETE", "/devices/"+device, "", 204)
	ask("GET", "/events/"+welding+"/devices", "", 200)
	ask("GET", "/audit", "", 200)
	ask("PUT", "/accounts/current/password", `{"old":"`+password+`","new":"another horse 43"}`, 204)
	ask("DELETE", "/sessions/"+welding, "", 404)
	ask("DELETE", "/sessions/current", "", 204)
}

func fits(t *testing.T, find routers.Router, method, path, body string, a answer) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, "/api/v1"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Jiangtai", "1")
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	route, params, err := find.FindRoute(req)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	in := &openapi3filter.RequestValidationInput{
		Request: req, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true},
	}
	if err := openapi3filter.ValidateRequest(t.Context(), in); err != nil {
		t.Errorf("%s %s %s: %v", method, path, body, err)
	}
	out := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: a.status, Header: a.header,
		Body: io.NopCloser(bytes.NewReader([]byte(a.body))), Options: in.Options,
	}
	if err := openapi3filter.ValidateResponse(t.Context(), out); err != nil {
		t.Errorf("%s %s: %v", method, path, err)
	}
}

// Every code that this room can answer with stands in the catalogue, and the
// catalogue has no code of this room that nobody says.
func TestCodesAreTheCatalogues(t *testing.T) {
	said := codesIn(t, "..")
	raw, err := schemas.Files.ReadFile("errors.json")
	if err != nil {
		t.Fatal(err)
	}
	listed := codesOf(t, raw)
	for code := range said {
		if !listed[code] {
			t.Errorf("%s is not in errors.json", code)
		}
	}
	for code := range listed {
		if !said[code] {
			t.Errorf("nobody says %s", code)
		}
	}
}
