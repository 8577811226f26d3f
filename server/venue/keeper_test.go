package venue_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jiangtai/server/fault"
	"jiangtai/server/venue"
)

type clock struct {
	mu sync.Mutex // guards at
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// visit opens a connection as a tablet that trusts the hall's authority, and gives
// the end of the certificate that it saw.
func visit(t *testing.T, k *venue.Keeper, dir string, at time.Time, version uint16) (time.Time, error) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, venue.FileCA))
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(raw)
	near, far := net.Pipe()
	served := make(chan struct{})
	go func() {
		defer close(served)
		c := tls.Server(far, k.TLS())
		_ = c.HandshakeContext(t.Context())
		_, _ = io.Copy(io.Discard, c)
		_ = far.Close()
	}()
	defer func() { _ = near.Close(); <-served }()
	c := tls.Client(near, &tls.Config{
		RootCAs: roots, ServerName: "score.example.cn", Time: func() time.Time { return at }, NextProtos: []string{"h2", "http/1.1"},
		MinVersion: version, MaxVersion: version,
	})
	if err := c.HandshakeContext(t.Context()); err != nil {
		return time.Time{}, err
	}
	if p := c.ConnectionState().NegotiatedProtocol; p != "http/1.1" {
		t.Errorf("speaks %q", p)
	}
	return c.ConnectionState().PeerCertificates[0].NotAfter, nil
}

func TestAChangedCertificateIsServedWithoutARestart(t *testing.T) {
	dir, _ := hall(t)
	cert, key := filepath.Join(dir, venue.FileCert), filepath.Join(dir, venue.FileKey)
	c := &clock{at: now}
	var log bytes.Buffer
	k, err := venue.Open(cert, key, c.now, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	want := func(until time.Time) {
		t.Helper()
		for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
			if got, err := visit(t, k, dir, c.now(), version); err != nil || !got.Equal(until) {
				t.Fatalf("until %v, %v; want %v\n%s", got, err, until, log.String())
			}
		}
	}
	want(now.Add(30 * day))
	if _, err := visit(t, k, dir, now, tls.VersionTLS11); err == nil {
		t.Error("TLS 1.1 is spoken")
	}
	c.pass(10 * day)
	renewed := c.now().Add(60 * day)
	if _, err := venue.Renew(dir, 60, c.now()); err != nil {
		t.Fatal(err)
	}
	c.pass(time.Minute)
	want(renewed)
	// What cannot be read does not take the place of what can.
	if err := os.WriteFile(cert, []byte("half a file"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.pass(time.Minute)
	want(renewed)
	if !strings.Contains(log.String(), "not served") || codes(k.Report().Faults) != "" {
		t.Error(log.String())
	}
	// Not even when the file is gone.
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	c.pass(time.Hour)
	want(renewed)
	c.pass(60*day - 20*time.Hour - time.Hour)
	_ = k.Report()
	if !strings.Contains(log.String(), "the certificate ends") {
		t.Error("nobody is told of the end")
	}
}

func TestOpenRefusesWhatKeepsTabletsOut(t *testing.T) {
	dir, _ := hall(t)
	cert, key := filepath.Join(dir, venue.FileCert), filepath.Join(dir, venue.FileKey)
	log := slog.New(slog.DiscardHandler)
	at := func(d time.Duration) func() time.Time { return func() time.Time { return now.Add(d) } }
	for _, c := range []struct {
		cert, key string
		now       func() time.Time
		want      string
	}{
		{cert, filepath.Join(dir, venue.FileCAKey), at(0), "key venue.key_mismatch"},
		{key, cert, at(0), "cert venue.no_certificate, key venue.no_key"},
		{cert, key, at(31 * day), "cert venue.expired"},
		{filepath.Join(dir, "no.crt"), key, at(0), "cert venue.unreadable"},
	} {
		_, err := venue.Open(c.cert, c.key, c.now, log)
		if fault.Code(err) != "venue.certificate" || codes(fault.Of(err).Fields) != c.want {
			t.Errorf("%s: %v", c.want, err)
		}
	}
}

// The program's own people trust the certificate that is served, and no other of the
// same authority.
func TestWhoIsInsideKnowsTheCertificateAlone(t *testing.T) {
	var none *venue.Keeper
	if none.Inside() != nil {
		t.Error("TLS without a certificate")
	}
	open := func() *venue.Keeper {
		dir, _ := hall(t)
		k, err := venue.Open(filepath.Join(dir, venue.FileCert), filepath.Join(dir, venue.FileKey), (&clock{at: now}).now, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	served, other := open(), open()
	var lc net.ListenConfig
	ln, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			_ = tls.Server(c, served.TLS()).HandshakeContext(t.Context())
			_ = c.Close()
		}
	}()
	meet := func(secure *tls.Config) error {
		ctx, end := context.WithTimeout(t.Context(), 10*time.Second)
		defer end()
		c, err := (&tls.Dialer{Config: secure}).DialContext(ctx, "tcp", ln.Addr().String())
		if err == nil {
			_ = c.Close()
		}
		return err
	}
	if err := meet(served.Inside()); err != nil {
		t.Error(err)
	}
	if err := meet(other.Inside()); fault.Code(err) != "venue.certificate" {
		t.Errorf("another certificate: %v", err)
	}
}
