package planweb_test

import (
	"testing"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/plan/plantest"
	"jiangtai/server/plan/planweb"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

const (
	sheet  = "/api/v1/plan/sheet"
	welder = "/api/v1/events/00000000-0000-0000-0000-00000000000b/filing"
	town   = "/api/v1/contests/00000000-0000-0000-0000-000000000001"
)

// site is the desk over HTTP on a store in memory. Every answer is held against
// openapi.yaml.
type site struct {
	*testing.T
	*plantest.Rig
	*webtest.Site
}

func newSite(t *testing.T) *site {
	t.Helper()
	m := plantest.NewMemory()
	s := &site{T: t, Rig: plantest.NewRig(m, m)}
	actors := map[string]contest.Actor{
		"office": plantest.Office, "second": plantest.Second, "host": plantest.PortHost, "other": plantest.OtherHost, "chief": plantest.Chief,
		"watcher": plantest.Watcher,
	}
	s.Site = webtest.New(t, web.Config{
		Now:        s.Clock,
		BodyLimits: map[string]int{planweb.FilesPath: planweb.FilesLimit, planweb.SheetPath: planweb.SheetLimit},
		Identify:   webtest.As(actors),
	}, func(api fiber.Router) { planweb.Mount(api, s.Desk) })
	return s
}
