package blindweb_test

import (
	"testing"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/blind/blindtest"
	"jiangtai/server/blind/blindweb"
	"jiangtai/server/contest"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

const (
	cook = "/api/v1/events/00000000-0000-0000-0000-00000000000b"
	weld = "/api/v1/events/00000000-0000-0000-0000-00000000000c"
)

// site is the desk over HTTP on a store in memory. Every answer is held against
// openapi.yaml.
type site struct {
	*testing.T
	*blindtest.Rig
	*webtest.Site
}

func newSite(t *testing.T) *site {
	t.Helper()
	m := blindtest.NewMemory()
	s := &site{T: t, Rig: blindtest.NewRig(m, m)}
	actors := map[string]contest.Actor{
		"office": blindtest.Office, "host": blindtest.Host, "coder": blindtest.Coder, "other": blindtest.Other,
		"chief": blindtest.Chief, "watcher": blindtest.Watcher, "keyer": blindtest.Keyer, "root": blindtest.Root,
	}
	s.Site = webtest.New(t, web.Config{
		Now:      s.Clock,
		Identify: webtest.As(actors),
	}, func(api fiber.Router) { blindweb.Mount(api, s.Desk) })
	return s
}
