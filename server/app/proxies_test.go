package app

import (
	"strings"
	"testing"

	"jiangtai/server/fault"
)

// Behind the proxy that ends TLS everybody had the proxy's address, so that one
// guesser locked the whole city out of signing in, and no setting could name the
// proxy.
func TestProxiesAreNamed(t *testing.T) {
	c := Config{HTTPAddr: "127.0.0.1:0", Data: "x", Proxies: []string{"10.0.0.0/8", "192.168.1.7", "fd00::/8"}}
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range c.trusted() {
		got = append(got, p.String())
	}
	if text := strings.Join(got, " "); text != "10.0.0.0/8 192.168.1.7/32 fd00::/8" {
		t.Error(text)
	}
	c.Proxies = []string{"10.0.0.0/8", "proxy.example", "10.0.0.0/40"}
	if f := c.Faults(); len(f) != 2 || f[0] != fault.At("proxies", "config.network", "proxy.example") {
		t.Errorf("%+v", f)
	}
}
