package web

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"jiangtai/server/fault"
)

// headerOurs is what no other site can make a browser send.
const headerOurs = "X-Jiangtai"

func isSafe(method string) bool {
	return method == fiber.MethodGet || method == fiber.MethodHead || method == fiber.MethodOptions
}

// guardWrites refuses what another site could make a browser send. There is no
// method override: the method is the request line's.
func (b *base) guardWrites(c *fiber.Ctx) error {
	if isSafe(c.Method()) {
		return c.Next()
	}
	if c.Get(headerOurs) != "1" {
		return fault.New(fault.Forbidden, "web.header_missing", fault.At(headerOurs, "web.header_missing", "1"))
	}
	origin := c.Get("Origin")
	switch {
	case origin == "" && c.Cookies(SessionCookie) != "":
		return fault.New(fault.Forbidden, "web.origin")
	case origin != "" && !b.isOwnOrigin(c.Context(), origin):
		return fault.New(fault.Forbidden, "web.origin")
	}
	return c.Next()
}

// RequireOrigin is the guard of the socket, where a missing Origin counts as
// foreign: 403 before the upgrade.
func RequireOrigin(c *fiber.Ctx) error {
	b := baseOf(c)
	if origin := c.Get("Origin"); b == nil || origin == "" || !b.isOwnOrigin(c.Context(), origin) {
		return fault.New(fault.Forbidden, "web.origin")
	}
	return c.Next()
}

// isOwnOrigin compares the whole origin, so that good.cn.evil.com is not
// good.cn. An https page of our host may also speak to us where a proxy that we
// were not told of ends TLS.
func (b *base) isOwnOrigin(ctx *fasthttp.RequestCtx, origin string) bool {
	if slices.Contains(b.cfg.Origins, origin) {
		return true
	}
	scheme, host, ok := strings.Cut(origin, "://")
	if !ok || !strings.EqualFold(host, string(ctx.Host())) {
		return false
	}
	return scheme == "https" || scheme == "http" && !b.isSecure(ctx)
}

// hostOf is the Host header; not c.Hostname, which believes X-Forwarded-Host.
func hostOf(c *fiber.Ctx) string { return string(c.Context().Host()) }
