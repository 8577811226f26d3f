package web_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jiangtai/server/contest"
	"jiangtai/server/web"
)

// again is a connection on which the same request comes n times.
type again struct {
	net.Conn
	request string
	n       int
	written int
}

func (a *again) Read(p []byte) (int, error) {
	if a.n == 0 {
		return 0, io.EOF
	}
	a.n--
	return copy(p, a.request), nil
}

func (a *again) Write(p []byte) (int, error)    { a.written += len(p); return len(p), nil }
func (*again) Close() error                     { return nil }
func (*again) SetDeadline(time.Time) error      { return nil }
func (*again) SetReadDeadline(time.Time) error  { return nil }
func (*again) SetWriteDeadline(time.Time) error { return nil }
func (*again) RemoteAddr() net.Addr             { return &net.TCPAddr{IP: net.IPv4(10, 0, 0, 1)} }
func (*again) LocalAddr() net.Addr              { return &net.TCPAddr{IP: net.IPv4(10, 0, 0, 2)} }

// What a read costs us, the kernel aside.
func BenchmarkReady(b *testing.B) {
	body := []byte(`{"rows":["` + strings.Repeat("一行", 400) + `"]}`)
	cfg := config()
	cfg.Now = time.Now
	cfg.Standings = func(context.Context, contest.ID) ([]byte, error) { return body, nil }
	for _, more := range []string{"", "?of=all"} {
		b.Run("board"+more, func(b *testing.B) {
			cfg.Metrics = prometheus.NewRegistry()
			app := web.New(cfg)
			path := "/api/v1/public/events/" + contest.ID{1}.String() + "/standings" + more
			app.Handler() // builds the routes
			repeat(b, app, fmt.Sprintf("GET %s HTTP/1.1\r\nHost: live.example.cn\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n", path))
		})
	}
}

func repeat(b *testing.B, app *web.App, request string) {
	b.Helper()
	serve := func(n int) {
		c := &again{request: request, n: n}
		if err := app.Server().ServeConn(c); err != nil || c.written == 0 {
			b.Fatal(err, c.written)
		}
	}
	serve(2)
	b.ReportAllocs()
	b.ResetTimer()
	serve(b.N)
}

// What a write costs by a shortcut and by its route, the kernel and the room aside.
func BenchmarkShortcut(b *testing.B) {
	for _, more := range []string{"", "?"} {
		b.Run("count"+more, func(b *testing.B) {
			cfg := config()
			cfg.Now = time.Now
			app := (&counter{}).mount(b, cfg)
			app.Handler() // builds the routes
			repeat(b, app, "POST /api/v1/count"+more+" HTTP/1.1\r\nHost: live.example.cn\r\nX-Jiangtai: 1\r\nContent-Type: application/json\r\n"+
				"Authorization: Bearer good\r\nOrigin: https://live.example.cn\r\nContent-Length: 2\r\n\r\n{}")
		})
	}
}
