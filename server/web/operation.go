package web

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/schemas"
	"jiangtai/server/fault"
)

// mountOperation puts up the addresses that belong to no subject.
func (b *base) mountOperation(app *fiber.App) {
	app.Get("/healthz", func(c *fiber.Ctx) error {
		return c.JSON(fiber.Map{"status": "ok"})
	}).Name("web.healthz")
	app.Get("/readyz", b.ready).Name("web.readyz")
	app.Get("/api/v1/profiles/:profile", SignedIn, b.profile).Name("web.profile")
	raw, err := schemas.Files.ReadFile("openapi.yaml")
	if err != nil {
		panic("web: openapi.yaml is not in the binary: " + err.Error())
	}
	b.serve(app, "/api/openapi.yaml", NewContent("application/yaml; charset=utf-8", CacheAsk, raw)).Name("web.openapi")
	if b.cfg.Standings != nil {
		const path = publicRoot + "events/:id/standings"
		b.standings.seen = b.metrics.see(path)
		app.Get(path, b.publicStandings).Name("live.standings")
		app.Get(path+"/:key", b.publicRow).Name("live.row")
	}
}

func (b *base) ready(c *fiber.Ctx) error {
	if b.cfg.Ready != nil {
		if err := b.cfg.Ready(); err != nil {
			f := fault.Wrap(err, fault.Unavailable, "web.not_ready")
			f.RetryAfter = 2
			return f
		}
	}
	return c.JSON(fiber.Map{"status": "ready"})
}
