package app_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"jiangtai/server/app"
	"jiangtai/server/fault"
)

// hallOf runs `jiangtai venue make` for this machine.
func hallOf(t *testing.T) (dir string, roots *x509.CertPool) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "venue")
	got := call(t.Context(), "venue", "make", "--name", "127.0.0.1", "--name", "score.example.cn", "--dir", dir)
	if got.code != 0 {
		t.Fatal(got.err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "ca.crt"))
	if err != nil {
		t.Fatal(err)
	}
	roots = x509.NewCertPool()
	roots.AppendCertsFromPEM(raw)
	return dir, roots
}

// The demonstration's people reach a server that speaks TLS, by an address that its
// certificate does not name.
func TestDemoOverTLS(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "venue")
	if got := call(t.Context(), "venue", "make", "--name", "score.example.cn", "--dir", dir); got.code != 0 {
		t.Fatal(got.err)
	}
	t.Setenv("TMPDIR", t.TempDir())
	_, end := runDemo(t, "the judges are seated", "--trades", "1", "--entries", "3",
		"--tls-cert", filepath.Join(dir, "hall.crt"), "--tls-key", filepath.Join(dir, "hall.key"))
	end()
}

func freeAddress(t testing.TB) string {
	t.Helper()
	var lc net.ListenConfig
	ln, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}

// A hall as its tablets see it: TLS with the hall's own authority, a page and a
// socket over it, plain HTTP that leads there, and a certificate that is renewed
// while everything runs.
func TestAHallWithItsOwnAuthority(t *testing.T) {
	dir, roots := hallOf(t)
	cert, key := filepath.Join(dir, "hall.crt"), filepath.Join(dir, "hall.key")
	plain := freeAddress(t)
	cfg := app.Config{
		HTTPAddr: "127.0.0.1:0", Data: t.TempDir(), LogLevel: "warn", LogFormat: "text",
		TLSCert: cert, TLSKey: key, PlainAddr: plain, PublicURL: "https://score.example.cn",
	}
	address := serveAt(t, cfg)
	tablet := &http.Client{
		Timeout:       20 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}, DisableKeepAlives: true, ForceAttemptHTTP2: true},
	}
	ask := func(url string) (*http.Response, string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := tablet.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res, string(body)
	}
	eventually(t, 20*time.Second, "the server is ready", func() bool {
		res, _ := ask("https://" + address + "/readyz")
		return res.StatusCode == http.StatusOK
	})
	res, _ := ask("https://" + address + "/tablet/check")
	if res.StatusCode != http.StatusOK || res.Header.Get("Strict-Transport-Security") == "" || res.ProtoMajor != 1 {
		t.Errorf("%d %v %s", res.StatusCode, res.Header, res.Proto)
	}
	if res, _ := ask("http://" + plain + "/tablet"); res.StatusCode != http.StatusTemporaryRedirect || res.Header.Get("Location") != "https://score.example.cn/tablet" {
		t.Errorf("%d %s", res.StatusCode, res.Header.Get("Location"))
	}
	if res, body := ask("http://" + plain + "/"); res.StatusCode != http.StatusOK || !strings.Contains(body, "SHA-256") {
		t.Errorf("%d %.200s", res.StatusCode, body)
	}
	socketOverTLS(t, address, roots)

	// Renewed while it serves: the next visit sees the new one.
	before := serial(t, address, roots)
	if got := call(t.Context(), "venue", "renew", "--dir", dir, "--days", "5"); got.code != 0 {
		t.Fatal(got.err)
	}
	eventually(t, 20*time.Second, "the new certificate is served", func() bool { return serial(t, address, roots) != before })

	// Who does not speak TLS, or does not trust us, harms nobody.
	stranger, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	_, _ = io.WriteString(stranger, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	_, err = (&tls.Dialer{Config: &tls.Config{MinVersion: tls.VersionTLS12}}).DialContext(t.Context(), "tcp", address)
	var unknown x509.UnknownAuthorityError
	if !errors.As(err, &unknown) {
		t.Errorf("who does not know the authority: %v", err)
	}
	if res, _ := ask("https://" + address + "/healthz"); res.StatusCode != http.StatusOK {
		t.Error(res.Status)
	}
}

// serveAt starts the program for one test, on the port that it got.
func serveAt(t *testing.T, cfg app.Config) string {
	t.Helper()
	log := &logKeeper{}
	a, err := app.New(t.Context(), cfg, slog.New(slog.NewTextHandler(log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	ln, err := a.Listen(t.Context())
	if err != nil {
		t.Fatal(errors.Join(err, a.Close()))
	}
	ctx, end := context.WithCancel(t.Context())
	ran := make(chan error, 1)
	go func() { ran <- a.Run(ctx, ln) }()
	t.Cleanup(func() {
		end()
		if err := errors.Join(<-ran, a.Close()); err != nil {
			t.Error(err, log.String())
		}
	})
	return ln.Addr().String()
}

func socketOverTLS(t *testing.T, address string, roots *x509.CertPool) {
	t.Helper()
	dialer := websocket.Dialer{HandshakeTimeout: 10 * time.Second, TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}
	conn, res, err := dialer.DialContext(t.Context(), "wss://"+address+"/live", http.Header{"Origin": {"https://" + address}})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	defer res.Body.Close()
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	if err := conn.WriteMessage(websocket.TextMessage, []byte(`{"op":"subscribe","topics":[{"topic":"event/00000000-0000-4000-8000-000000000000/public"}]}`)); err != nil {
		t.Fatal(err)
	}
	_, text, err := conn.ReadMessage()
	if err != nil || !json.Valid(text) {
		t.Fatalf("the socket over TLS says %s, %v", text, err)
	}
}

func serial(t *testing.T, address string, roots *x509.CertPool) string {
	t.Helper()
	conn, err := (&tls.Dialer{Config: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	secured, ok := conn.(*tls.Conn)
	if !ok {
		t.Fatal("no TLS")
	}
	return secured.ConnectionState().PeerCertificates[0].SerialNumber.String()
}

func TestVenueCommands(t *testing.T) {
	dir, _ := hallOf(t)
	cert, key := filepath.Join(dir, "hall.crt"), filepath.Join(dir, "hall.key")
	for _, c := range []struct {
		args      []string
		code      int
		out, errs string
	}{
		{[]string{"venue", "make", "--name", "127.0.0.1", "--dir", dir}, 1, "", "venue.exists"},
		{[]string{"venue", "make", "--name", "评分.cn", "--name", "*.cn", "--dir", dir + "2"}, 1, "", "xn--"},
		{[]string{"venue", "make", "--name", "a.cn", "--page", "a.cn", "--dir", dir + "2"}, 1, "", "config.url"},
		{[]string{"venue", "make", "--name", "a.cn", "--days", "400", "--dir", dir + "2"}, 1, "", "venue.days"},
		{[]string{"venue", "renew", "--dir", dir + "2"}, 1, "", "venue.unreadable"},
		{[]string{"venue", "check", "--cert", cert, "--key", key, "--address", "10.1.2.3"}, 0, "address=/score.example.cn/10.1.2.3", ""},
		{[]string{"venue", "check", "--cert", cert, "--key", key, "--name", "bank.example.cn", "--address", "10.1.2.3"}, 1, "bank.example.cn", "venue.not_for"},
		{[]string{"venue", "check", "--cert", key, "--key", cert}, 1, "", "venue.no_certificate"},
		{[]string{"venue", "check", "--cert", cert, "--key", key, "--address", "here.cn"}, 1, "", "venue.name"},
		{[]string{"check", "--tls-cert", cert, "--tls-key", key, "--public-url", "https://score.example.cn"}, 0, "平板要先装根证书", ""},
		{[]string{"check", "--tls-cert", cert, "--tls-key", key, "--http-addr", "0.0.0.0:443", "--public-url", "https://other.example.cn"}, 0, "venue.not_for", ""},
		{[]string{"check", "--tls-cert", cert, "--tls-key", filepath.Join(dir, "ca.key")}, 2, "", "venue.key_mismatch"},
		{[]string{"check", "--tls-cert", cert}, 2, "", "config.tls_pair"},
		{[]string{"check", "--tls-key", key}, 2, "", "config.tls_pair"},
		{[]string{"check", "--plain-addr", ":80"}, 2, "", "config.plain_alone"},
		{[]string{"serve", "--tls-cert", filepath.Join(dir, "none.crt"), "--tls-key", key, "--data", filepath.Join(dir, "data")}, 2, "", "venue.unreadable"},
	} {
		got := call(t.Context(), c.args...)
		if got.code != c.code || !strings.Contains(got.out, c.out) || !strings.Contains(got.err, c.errs) {
			t.Errorf("%v: exit %d\n%s%s", c.args, got.code, got.out, got.err)
		}
		if strings.Contains(got.out+got.err, "BEGIN ") {
			t.Errorf("%v prints a key", c.args)
		}
	}
	if _, err := os.Stat(dir + "2"); err == nil {
		t.Error("a refused make left a folder behind")
	}
	if _, err := os.Stat(filepath.Join(dir, "data", "postgres")); err == nil {
		t.Error("the database was started before the certificate was looked at")
	}
	// The program without settings of TLS is as it was.
	if err := (app.Config{HTTPAddr: "127.0.0.1:1", Data: "x"}).Check(); fault.Code(err) != "" {
		t.Error(err)
	}
}
