package app

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"time"

	"jiangtai/server/fault"
	"jiangtai/server/venue"
	"jiangtai/server/web"
)

// isSecure says that this server ends TLS itself.
func (c Config) isSecure() bool { return c.TLSCert != "" }

// secureFaults are what is wrong with the settings of TLS, files aside.
func (c Config) secureFaults() (out []fault.Field) {
	switch {
	case c.TLSCert == "" && c.TLSKey != "":
		out = append(out, fault.At("tls-cert", "config.tls_pair", "tls-key"))
	case c.TLSCert != "" && c.TLSKey == "":
		out = append(out, fault.At("tls-key", "config.tls_pair", "tls-cert"))
	}
	if c.PlainAddr == "" {
		return out
	}
	if _, _, err := net.SplitHostPort(c.PlainAddr); err != nil {
		out = append(out, fault.At("plain-addr", "config.address", c.PlainAddr))
	}
	if c.TLSCert == "" {
		out = append(out, fault.At("plain-addr", "config.plain_alone", c.PlainAddr))
	}
	return out
}

// Certificate looks at the configured certificate; the zero Report without one. That
// the public address is none of its names is worth a word and no fault: a proxy may
// stand in front.
func (c Config) certificate(now time.Time) venue.Report {
	if c.TLSCert == "" || c.TLSKey == "" {
		return venue.Report{}
	}
	r := venue.ReadFiles(c.TLSCert, c.TLSKey, venue.Names{}, now)
	if u, err := url.Parse(c.Public()); err == nil && len(r.Names) > 0 {
		n, _ := venue.ReadNames("public-url", []string{u.Hostname()})
		again := venue.ReadFiles(c.TLSCert, c.TLSKey, n, now)
		for _, f := range again.Faults {
			if f.Path == venue.InNames {
				f.Path = "public-url"
				r.Attention = append(r.Attention, f)
			}
		}
	}
	for i, f := range r.Faults {
		r.Faults[i].Path = "tls-" + f.Path
	}
	return r
}

// checkCertificate prints the certificate and refuses one that keeps tablets out.
func (c Config) checkCertificate(w io.Writer, now time.Time) error {
	r := c.certificate(now)
	if c.isSecure() {
		fmt.Fprintln(w)
		writeReport(w, r)
	}
	if len(r.Faults) > 0 {
		return fault.New(fault.Refused, "config.invalid", r.Faults...)
	}
	return nil
}

// openCertificate reads the certificate to serve, before anything else is opened.
func (a *App) openCertificate(context.Context) (err error) {
	if !a.cfg.isSecure() {
		return nil
	}
	if f := a.cfg.certificate(clock()).Faults; len(f) > 0 {
		return fault.New(fault.Refused, "config.invalid", f...)
	}
	a.certificate, err = venue.Open(a.cfg.TLSCert, a.cfg.TLSKey, clock, a.log)
	return err
}

// safe is the listener with TLS, where it is configured. Handshakes are the
// connections' own work: one that never ends holds nobody up.
func (a *App) safe(ln net.Listener) net.Listener {
	ln = web.Patient(ln, a.log)
	if a.certificate == nil {
		return ln
	}
	return tls.NewListener(ln, a.certificate.TLS())
}

// servePlain leads from plain HTTP to TLS; without an address for it nothing is
// served. The function that it gives ends it.
func (a *App) servePlain(ctx context.Context) (end func() error, err error) {
	if a.cfg.PlainAddr == "" || a.certificate == nil {
		return func() error { return nil }, nil
	}
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", a.cfg.PlainAddr)
	if err != nil {
		return nil, fmt.Errorf("listen for plain HTTP: %w", err)
	}
	server := &http.Server{
		Handler:     venue.Plain(filepath.Dir(a.cfg.TLSCert), a.cfg.Public()),
		ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second, MaxHeaderBytes: 16 << 10,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(web.Patient(ln, a.log)) }()
	a.log.Info("plain HTTP leads to TLS", "address", ln.Addr().String())
	return func() error {
		err := server.Close()
		if failed := <-ended; !errors.Is(failed, http.ErrServerClosed) {
			err = errors.Join(err, failed)
		}
		return err
	}, nil
}
