package venue

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"jiangtai/server/fault"
)

// Keeper (证书) holds the certificate that is served and notices a new one on the
// disk. It is safe for concurrent use.
type Keeper struct {
	certFile, keyFile string
	now               func() time.Time
	log               *slog.Logger

	mu     sync.Mutex // guards the rest
	pair   *tls.Certificate
	report Report
	seen   [2]stamp // of the files as they were last read, whether they could be used or not
	looked time.Time
	warned time.Time
}

// lookEvery is how soon a certificate that was changed is served.
const lookEvery = 5 * time.Second

type stamp struct {
	at   time.Time
	size int64
}

// Open reads a certificate and its key. What keeps browsers out is Refused
// venue.certificate with all its fields; a file that is not there is the system's
// error.
func Open(certFile, keyFile string, now func() time.Time, log *slog.Logger) (*Keeper, error) {
	k := &Keeper{certFile: certFile, keyFile: keyFile, now: now, log: log}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.seen, k.looked = k.stamps(), now()
	if err := k.load(); err != nil {
		return nil, err
	}
	for _, f := range k.report.Attention {
		log.Warn("certificate", "code", f.Code, "detail", f.Hint)
	}
	return k, nil
}

// TLS is what a listener needs: TLS 1.2 or newer, HTTP/1.1.
func (k *Keeper) TLS() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}, GetCertificate: k.certificate}
}

// Inside is what the program's own people need to reach its listener: they know the
// certificate, whatever address they come by, and trust no other. Without a keeper
// there is no TLS, and it is nil.
func (k *Keeper) Inside() *tls.Config {
	if k == nil {
		return nil
	}
	return &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true, //nolint:gosec // VerifyConnection is stricter than names and authorities
		VerifyConnection: func(s tls.ConnectionState) error {
			k.mu.Lock()
			defer k.mu.Unlock()
			if !bytes.Equal(s.PeerCertificates[0].Raw, k.pair.Certificate[0]) {
				return fault.New(fault.Refused, "venue.certificate")
			}
			return nil
		},
	}
}

// Report is about the certificate that is served now.
func (k *Keeper) Report() Report {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.look()
	return k.report
}

func (k *Keeper) certificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.look()
	return k.pair, nil
}

func (k *Keeper) look() {
	now := k.now()
	if now.Sub(k.looked) < lookEvery {
		return
	}
	k.looked = now
	if now.After(k.report.Until.Add(-2*day)) && now.Sub(k.warned) > time.Hour {
		k.warned = now
		k.log.Error("the certificate ends; tablets will not open any more", "until", k.report.Until)
	}
	seen := k.stamps()
	if seen == k.seen {
		return
	}
	if err := k.load(); err != nil {
		// Perhaps the other of the two files is still being written.
		k.log.Warn("a changed certificate is not served, the one before still is", "error", err)
		if k.settled(seen, now) {
			k.seen = seen
		}
		return
	}
	k.seen = seen
	k.log.Info("a new certificate is served", "until", k.report.Until, "sha256", k.report.SHA256)
}

// settled says that nobody has been writing for a while: there is no need to read
// the same fault again at every visit.
func (k *Keeper) settled(seen [2]stamp, now time.Time) bool {
	for _, s := range seen {
		if now.Sub(s.at) < time.Minute {
			return false
		}
	}
	return true
}

func (k *Keeper) load() error {
	pair, r, err := read(k.certFile, k.keyFile, Names{}, k.now())
	if err != nil {
		return err
	}
	if len(r.Faults) > 0 {
		return fault.New(fault.Refused, "venue.certificate", r.Faults...)
	}
	both, err := tls.X509KeyPair(pair.Cert, pair.Key)
	if err != nil {
		return fmt.Errorf("pair of certificate and key: %w", err)
	}
	k.pair, k.report = &both, r
	return nil
}

func (k *Keeper) stamps() (out [2]stamp) {
	for i, name := range []string{k.certFile, k.keyFile} {
		if info, err := os.Stat(name); err == nil {
			out[i] = stamp{info.ModTime(), info.Size()}
		}
	}
	return out
}
