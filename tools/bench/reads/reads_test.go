package reads

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const report = `Running 3s test @ http://127.0.0.1:8080/
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.29ms    1.40ms  21.44ms   89.91%
    Req/Sec    53.42k     4.85k   61.84k    70.00%
  Latency Distribution
     50%  860.00us
     75%    1.55ms
     90%    2.84ms
     99%    5.77ms
  160677 requests in 3.00s, 465.61MB read
Requests/sec:  53559.21
Transfer/sec:    155.20MB
`

func TestReportsAreRead(t *testing.T) {
	f, err := parse(report)
	if err != nil || f.perSecond != 53559.21 || f.requests != 160677 || f.p50 != 860*time.Microsecond || f.p99 != 5770*time.Microsecond {
		t.Errorf("%+v %v", f, err)
	}
	for _, line := range []string{"  Non-2xx or 3xx responses: 17\n", "  Socket errors: connect 0, read 3, write 0, timeout 0\n"} {
		if _, err := parse(strings.Replace(report, "Requests/sec", line+"Requests/sec", 1)); !errors.Is(err, errRefused) {
			t.Errorf("%q: %v", line, err)
		}
	}
	for _, broken := range []string{"", "unable to connect", strings.Replace(report, "99%", "98%", 1)} {
		if _, err := parse(broken); !errors.Is(err, errUnread) {
			t.Errorf("%q: %v", broken, err)
		}
	}
}

func TestTheMiddleTurnDecides(t *testing.T) {
	turn := func(perSecond float64, p99, each time.Duration) measured {
		return measured{found{perSecond: perSecond, p99: p99}, each}
	}
	theirs := []measured{turn(100, 4*time.Millisecond, 10*time.Microsecond), turn(200, 2*time.Millisecond, 11*time.Microsecond), turn(10, time.Second, time.Second)}
	ours := []measured{turn(96, time.Millisecond, 9*time.Microsecond), turn(150, time.Millisecond, 9*time.Microsecond), turn(96, time.Millisecond, 9*time.Microsecond)}
	q := question{name: "board", goal: 0.95}
	if got := verdict(q, theirs, ours); !strings.HasPrefix(got, "ok     board ") || !strings.Contains(got, " 0.96 (goal ≥ 0.95)  96 requests/s, nginx 100; p99 1.0 ms, nginx 4.0 ms; processor 9.0 µs each, nginx 11.0 µs") {
		t.Error(got)
	}
	if got := verdict(q, theirs[1:2], ours[1:2]); !strings.HasPrefix(got, "MISSED board ") || !strings.Contains(got, " 0.75 ") {
		t.Error(got)
	}
	if m := middle([]float64{4, 1, 3, 2}); m != 2.5 {
		t.Error(m)
	}
}

func TestWhatIsServedIsTheBoardInAllForms(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	input, end := io.Pipe()
	ended := make(chan error)
	go func() { ended <- Serve(listener, input) }()
	f, err := take(t.Context(), listener.Addr().String(), boardPath)
	if err != nil {
		t.Fatal(err)
	}
	if plain := string(f.bodies[""]); strings.Count(plain, `"name":`) < entries || len(f.bodies["br"]) >= len(f.bodies["gzip"]) || len(f.bodies["gzip"]) >= len(plain) {
		t.Errorf("%d, %d and %d bytes", len(f.bodies["br"]), len(f.bodies["gzip"]), len(plain))
	}
	s := side{name: "ours", addr: listener.Addr().String(), path: boardPath}
	for _, q := range questions {
		if q.file == 0 {
			if err := s.prepare(t.Context(), q, f); err != nil {
				t.Errorf("%s: %v", q.name, err)
			}
		}
	}
	f.bodies["br"] = f.bodies["gzip"]
	if err := s.prepare(t.Context(), question{encoding: "br"}, f); !errors.Is(err, errDiffers) {
		t.Errorf("other bytes: %v", err)
	}
	_ = end.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestTheReferenceHasTheSameFilesAndHeaders(t *testing.T) {
	f := file{path: "/api/board", header: http.Header{
		"Content-Type": {"application/json"}, "Cache-Control": {"no-cache"}, "Etag": {`"1"`}, "Content-Length": {"5"},
	}, bodies: map[string][]byte{"": []byte("plain"), "br": []byte("b"), "gzip": []byte("gz")}}
	n := nginx{dir: t.TempDir(), addr: "127.0.0.1:1", brotli: true}
	if err := f.lay(filepath.Join(n.dir, "root")); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"board": "plain", "board.br": "b", "board.gz": "gz"} {
		if got, err := os.ReadFile(filepath.Join(n.dir, "root", "api", name)); err != nil || string(got) != want {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
	with := n.config([]file{f})
	for _, want := range []string{"listen 127.0.0.1:1;", "worker_processes 2;", "sendfile on;", "gzip_static on;", "brotli_static on;", `add_header Cache-Control "no-cache";`, "location = /api/board {"} {
		if !strings.Contains(with, want) {
			t.Errorf("without %q", want)
		}
	}
	if strings.Contains(with, "Etag") || strings.Contains(with, "add_header Content-Length") {
		t.Error(with)
	}
	if n.where(f.path, "br") != f.path {
		t.Error("the module makes another path needless")
	}
	n.brotli = false
	if without := n.config([]file{f}); strings.Contains(without, "brotli") || !strings.Contains(without, "location = /api/board.br {") || n.where(f.path, "br") != "/api/board.br" {
		t.Error(without)
	}
}
