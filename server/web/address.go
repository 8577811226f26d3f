package web

import (
	"net"
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// Address is the client's IP: the connection's, or, where that is one of
// Config.Proxies, the rightmost address of X-Forwarded-For that is none of
// them. Good for rate limits and the audit; what stands left of it is hearsay.
func Address(c *fiber.Ctx) string {
	if b := baseOf(c); b != nil {
		return b.addressOf(c.Context())
	}
	return peerOf(c.Context()).String()
}

func (b *base) addressOf(ctx *fasthttp.RequestCtx) string {
	peer := peerOf(ctx)
	if b.trusts(peer) {
		peer = b.walk(peer, string(ctx.Request.Header.Peek(fiber.HeaderXForwardedFor)))
	}
	return peer.String()
}

func peerOf(ctx *fasthttp.RequestCtx) netip.Addr {
	if tcp, ok := ctx.RemoteAddr().(*net.TCPAddr); ok {
		if addr, ok := netip.AddrFromSlice(tcp.IP); ok {
			return addr.Unmap()
		}
	}
	ap, err := netip.ParseAddrPort(ctx.RemoteAddr().String())
	if err != nil {
		return netip.IPv4Unspecified()
	}
	return ap.Addr().Unmap()
}

func (b *base) trusts(a netip.Addr) bool {
	for _, p := range b.cfg.Proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

func (b *base) walk(peer netip.Addr, forwarded string) netip.Addr {
	parts := strings.Split(forwarded, ",")
	for i := len(parts) - 1; i >= 0; i-- {
		a, err := netip.ParseAddr(strings.TrimSpace(parts[i]))
		if err != nil {
			return peer
		}
		peer = a.Unmap()
		if !b.trusts(peer) {
			return peer
		}
	}
	return peer
}

// IsSecure says that the client reached us over TLS, ours or a named proxy's.
// Cookies are marked Secure by it.
func IsSecure(c *fiber.Ctx) bool {
	b := baseOf(c)
	return b != nil && b.isSecure(c.Context())
}

func (b *base) isSecure(ctx *fasthttp.RequestCtx) bool {
	if ctx.IsTLS() {
		return true
	}
	return len(b.cfg.Proxies) > 0 && b.trusts(peerOf(ctx)) && string(ctx.Request.Header.Peek("X-Forwarded-Proto")) == "https"
}
