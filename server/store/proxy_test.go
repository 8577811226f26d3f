package store_test

import (
	"bytes"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
)

// proxy stands between a pool and PostgreSQL and does what networks do.
type proxy struct {
	url     string
	target  string
	l       net.Listener
	swallow atomic.Bool // answers vanish
	// cut breaks connections when this passes towards the server; if after, the
	// server still gets it, and its answer does not come back.
	cut   atomic.Pointer[string]
	after atomic.Bool

	mu    sync.Mutex // guards conns
	conns []net.Conn
	wg    sync.WaitGroup
}

func newProxy(t *testing.T, address string) *proxy {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	p := &proxy{target: q.Get("host") + "/.s.PGSQL." + q.Get("port")}
	if p.l, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	q.Del("host")
	q.Del("port")
	u.Host, u.RawQuery = p.l.Addr().String(), q.Encode()
	p.url = u.String()
	p.wg.Add(1)
	go p.accept()
	t.Cleanup(p.Close)
	return p
}

func (p *proxy) accept() {
	defer p.wg.Done()
	for {
		client, err := p.l.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("unix", p.target)
		if err != nil {
			_ = client.Close()
			continue
		}
		p.mu.Lock()
		p.conns = append(p.conns, client, server)
		p.mu.Unlock()
		p.wg.Add(2)
		go p.forward(client, server)
		go p.back(server, client)
	}
}

func (p *proxy) forward(client, server net.Conn) {
	defer p.wg.Done()
	defer server.Close()
	buf := make([]byte, 1<<16)
	for {
		n, err := client.Read(buf)
		if err != nil {
			return
		}
		if what := p.cut.Load(); what != nil && bytes.Contains(buf[:n], []byte(*what)) {
			if !p.after.Load() {
				_ = client.Close()
				return
			}
			p.swallow.Store(true)
		}
		if _, err := server.Write(buf[:n]); err != nil {
			return
		}
	}
}

func (p *proxy) back(server, client net.Conn) {
	defer p.wg.Done()
	defer client.Close()
	buf := make([]byte, 1<<16)
	for {
		n, err := server.Read(buf)
		if err != nil {
			return
		}
		if p.swallow.Load() {
			if p.cut.Load() != nil {
				return // the server has answered, so it has done its work
			}
			continue
		}
		if _, err := client.Write(buf[:n]); err != nil {
			return
		}
	}
}

// Close refuses and breaks all connections.
func (p *proxy) Close() {
	_ = p.l.Close()
	p.mu.Lock()
	for _, c := range p.conns {
		_ = c.Close()
	}
	p.mu.Unlock()
	p.wg.Wait()
}
