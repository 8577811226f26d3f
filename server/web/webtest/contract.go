package webtest

import (
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3filter"

	"jiangtai/server/web"
)

// hold looks an exchange up in the contract.
func (s *Site) hold(req *http.Request, asked []byte, a Answer) {
	s.t.Helper()
	route, params, err := s.router.FindRoute(req)
	if err != nil {
		s.t.Errorf("%s %s is not in openapi.yaml: %v", req.Method, req.URL, err)
		return
	}
	in := &openapi3filter.RequestValidationInput{
		Request: req, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true},
	}
	kind, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
	if kind == "application/json" || strings.HasSuffix(kind, "+json") || len(a.Body) == 0 {
		out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: a.Status, Header: a.Header, Options: in.Options}
		out.SetBodyBytes(a.Body)
		if err := openapi3filter.ValidateResponse(s.t.Context(), out); err != nil {
			s.t.Errorf("%s %s: the answer is not as openapi.yaml says: %v", req.Method, req.URL, err)
		}
	} else if said := route.Operation.Responses.Status(a.Status); said == nil || said.Value.Content.Get(kind) == nil {
		s.t.Errorf("%s %s: %d %s is not in openapi.yaml", req.Method, req.URL, a.Status, kind)
	}
	if a.Status >= 300 || a.Status == http.StatusMultiStatus { // of a batch parts may have been refused
		return
	}
	in.Options.ExcludeRequestBody = req.Header.Get("Content-Type") != "application/json" // files are the rooms' to read
	req.Body = io.NopCloser(strings.NewReader(string(asked)))
	if err := openapi3filter.ValidateRequest(s.t.Context(), in); err != nil {
		s.t.Errorf("%s %s: the request is not as openapi.yaml says: %v", req.Method, req.URL, err)
	}
}

// Contract holds the room's routes against the contract's under a tag, and under
// more paths, both ways; every write there must say its header, and
// what is public asks nobody who he is.
func (s *Site) Contract(tag string, paths ...string) {
	s.t.Helper()
	bare := web.Routes(web.New(s.cfg))
	var served, written []string
	for _, r := range web.Routes(s.App) {
		if !slices.Contains(bare, r) {
			served = append(served, r.Method+" "+r.Path)
		}
	}
	for path, item := range s.Doc.Paths.Map() {
		for method, op := range item.Operations() {
			if !slices.Contains(op.Tags, tag) && !slices.Contains(paths, path) {
				continue
			}
			written = append(written, method+" "+path)
			if method != http.MethodGet && op.Parameters.GetByInAndName("header", "X-Jiangtai") == nil {
				s.t.Errorf("%s %s does not say X-Jiangtai", method, path)
			}
			if public := strings.HasPrefix(path, "/api/v1/public/"); public && op.Security != nil {
				s.t.Errorf("%s %s is public, and asks who it is", method, path)
			}
		}
	}
	slices.Sort(served)
	slices.Sort(written)
	if len(served) == 0 || !slices.Equal(served, written) {
		s.t.Errorf("served\n%s\nwritten\n%s", strings.Join(served, "\n"), strings.Join(written, "\n"))
	}
}
