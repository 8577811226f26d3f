package web

import (
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Address is the client's IP: the connection's, or, where that is one of
// Config.Proxies, the rightmost address of X-Forwarded-For that is none of
// them. Good for rate limits and the audit; what stands left of it is hearsay.
func Address(c *fiber.Ctx) string {
	peer := peerOf(c)
	if b := baseOf(c); b != nil && b.trusts(peer) {
		peer = b.walk(peer, c.Get("X-Forwarded-For"))
	}
	return peer.String()
}

func peerOf(c *fiber.Ctx) netip.Addr {
	ap, err := netip.ParseAddrPort(c.Context().RemoteAddr().String())
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
	return b != nil && b.isSecure(c)
}

func (b *base) isSecure(c *fiber.Ctx) bool {
	if c.Context().IsTLS() {
		return true
	}
	return b.trusts(peerOf(c)) && c.Get("X-Forwarded-Proto") == "https"
}
