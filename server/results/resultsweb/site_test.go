package resultsweb_test

import (
	"testing"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/results/resultstest"
	"jiangtai/server/results/resultsweb"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

const event = "/events/e0000000-0000-0000-0000-000000000001"

// site is results over HTTP on a store in memory. Every request and answer is
// held against openapi.yaml.
type site struct {
	*resultstest.Rig
	*webtest.Site
}

func newSite(t *testing.T, o resultstest.Options) *site {
	t.Helper()
	m := resultstest.NewMemory()
	s := &site{Rig: resultstest.New(t, m, m, o)}
	actors := map[string]contest.Actor{
		"chief": resultstest.Chief, "supervisor": resultstest.Supervisor, "organiser": resultstest.Organiser, "host": resultstest.Host,
		"stranger": resultstest.Stranger,
	}
	s.Site = webtest.New(t, web.Config{Now: s.Now, Identify: webtest.As(actors)}, func(api fiber.Router) { resultsweb.Mount(api, s.Desk) })
	return s
}
