package signingweb_test

import (
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/signing/signingtest"
	"jiangtai/server/signing/signingweb"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

const event = "/events/e0000000-0000-0000-0000-000000000001"

// site is signing over HTTP on a store in memory, with the real press and eyes.
// Every request and answer is held against openapi.yaml.
type site struct {
	*signingtest.Rig
	*webtest.Site
}

func newSite(t *testing.T, o signingtest.Options) *site {
	t.Helper()
	m := signingtest.NewMemory()
	o.Press, o.Eyes = signingweb.NewPress(), signingweb.Eyes{}
	s := &site{Rig: signingtest.New(t, m, m, o)}
	actors := map[string]contest.Actor{
		"chief": signingtest.Chief, "host": signingtest.Host, "coder": signingtest.Coder, "visitor": signingtest.Visitor, "clerk": signingtest.Clerk,
		"supervisor": signingtest.Supervisor, "stranger": signingtest.Stranger,
		"floor": signingtest.Floor, "first": signingtest.First, "second": signingtest.Second,
	}
	s.Site = webtest.New(t, web.Config{
		Now: s.Now, BodyLimits: map[string]int{signingweb.ScansPath: signingweb.ScansLimit},
		Identify: webtest.As(actors),
	}, func(api fiber.Router) { signingweb.Mount(api, s.Desk) })
	return s
}

// Send asks as somebody; a body is JSON, or a file where scans go.
func (s *site) Send(as, method, path, body string) webtest.Answer {
	s.T.Helper()
	if strings.HasPrefix(path, "/documents/scans") {
		return s.Site.Send(as, method, path, body, "Content-Type", "application/octet-stream")
	}
	return s.Site.Send(as, method, path, body)
}
