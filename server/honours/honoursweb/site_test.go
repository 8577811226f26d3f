package honoursweb_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"jiangtai/schemas"
	"jiangtai/server/contest"
	"jiangtai/server/honours/honourstest"
	"jiangtai/server/honours/honoursweb"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

// site is honours over HTTP, on an office in memory. Every request and answer is
// held against openapi.yaml.
type site struct {
	*honourstest.City
	*webtest.Site
	actors map[string]contest.Actor
}

func newSite(t *testing.T) *site {
	t.Helper()
	files, err := fs.Sub(schemas.Honours, "honours")
	if err != nil {
		t.Fatal(err)
	}
	m := honourstest.NewMemory()
	s := &site{City: honourstest.NewCity(t, honourstest.NewRig(t, m, m, files)), actors: map[string]contest.Actor{
		"steward": honourstest.Steward, "stranger": honourstest.Stranger, "county": honourstest.County, "a": honourstest.OfficeA,
		"b": honourstest.OfficeB, "c": honourstest.OfficeC, "m0": honourstest.Members[0], "m1": honourstest.Members[1], "admin": honourstest.Admin,
		"nobody": {Account: contest.ID{1}},
	}}
	s.Site = webtest.New(t, web.Config{
		Now: s.Clock, BodyLimits: map[string]int{honoursweb.FilesPath: honoursweb.FilesLimit},
		Identify: webtest.As(s.actors),
	}, func(api fiber.Router) { honoursweb.Mount(api, s.Office, s.Room, s.Papers, s.Desk) })
	return s
}

// Send asks as somebody; a body is JSON, or a file where papers go.
func (s *site) Send(as, method, path, body string) webtest.Answer {
	s.Helper()
	if strings.HasPrefix(path, "/honours/files") {
		return s.Site.Send(as, method, path, body, "Content-Type", "application/octet-stream")
	}
	return s.Site.Send(as, method, path, body)
}
