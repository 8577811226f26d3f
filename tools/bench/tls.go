package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"math/big"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"jiangtai/server/rehearsal/pulse"
	"jiangtai/server/rehearsal/wire"
	"jiangtai/tools/bench/gauge"
	"jiangtai/tools/bench/swarm"
	"jiangtai/tools/bench/whole"
)

// stampOf is the newest stamp in a text, 0 for none.
func stampOf(text []byte) int64 {
	i := bytes.LastIndex(text, []byte(swarm.Stamp))
	if i < 0 {
		return 0
	}
	text = text[i+len(swarm.Stamp):]
	end := 0
	for end < len(text) && text[end] >= '0' && text[end] <= '9' {
		end++
	}
	n, _ := strconv.ParseInt(string(text[:end]), 10, 64)
	return n
}

// readers are clients with a goroutine each, for what epoll by hand cannot open.
type readers struct {
	all    []*wire.Conn
	delays *pulse.Series // from when counting begins
	got    atomic.Int64  // deliveries that count
	from   int64
	newest []atomic.Int64
	gone   sync.WaitGroup
}

func read(ctx context.Context, to wire.Target, n int, from time.Time) (*readers, error) {
	r := &readers{delays: pulse.NewSeries(from, time.Hour), from: from.UnixNano(), newest: make([]atomic.Int64, n)}
	for i := range n {
		c, err := wire.Dial(ctx, to)
		if err == nil {
			r.all = append(r.all, c)
			err = c.Write([]byte(`{"subscribe":["bench"]}`))
		}
		if err != nil {
			r.close()
			return nil, err
		}
		r.gone.Go(func() { r.follow(c, &r.newest[i]) })
	}
	return r, nil
}

func (r *readers) follow(c *wire.Conn, newest *atomic.Int64) {
	for c.Next(time.Time{}, func(m wire.Message) error {
		now, at := time.Now(), stampOf(m.Text)
		if at > 0 {
			newest.Store(at)
		}
		if at >= r.from {
			r.got.Add(1)
			r.delays.Add(now, time.Duration(now.UnixNano()-at))
		}
		return nil
	}) == nil {
	}
}

func (r *readers) behind(stamp int64) int {
	n := 0
	for i := range r.newest {
		if r.newest[i].Load() < stamp {
			n++
		}
	}
	return n
}

func (r *readers) close() {
	for _, c := range r.all {
		c.Close()
	}
	r.gone.Wait()
}

// turn is one run of a thousand readers at ten changes a second.
func turn(ctx context.Context, kind string) (f found, err error) {
	const clients, every, length = 1000, 100 * time.Millisecond, 6 * time.Second
	c, err := start(ctx, kind)
	if err != nil {
		return f, err
	}
	defer c.stop()
	target := wire.Target{Base: "http://" + c.addr, Plain: true}
	if c.certificate != "" {
		pool := x509.NewCertPool()
		der, err := base64.StdEncoding.DecodeString(c.certificate)
		if err != nil {
			return f, err
		}
		cert, err := x509.ParseCertificate(der)
		if err != nil {
			return f, err
		}
		pool.AddCert(cert)
		target.Base, target.TLS = "https://"+c.addr, &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	empty := gauge.Resident(c.cmd.Process.Pid)
	from := time.Now().Add(5 * time.Second) // a thousand handshakes take as long
	r, err := read(ctx, target, clients, from)
	if err != nil {
		return f, err
	}
	defer r.close()
	time.Sleep(time.Until(from.Add(-time.Second)))
	f.residentEach = (gauge.Resident(c.cmd.Process.Pid) - empty) / clients
	cpu, last := time.Duration(0), int64(0)
	for at := time.Now(); at.Before(from.Add(length)) && ctx.Err() == nil; at = at.Add(every) {
		time.Sleep(time.Until(at))
		if cpu == 0 && !at.Before(from) {
			cpu = gauge.CPU(c.cmd.Process.Pid)
		}
		last = at.UnixNano()
		if _, err := fmt.Fprintf(c.input, "{%s%d,\"rows\":[%s]}\n", swarm.Stamp, last, rows(1000)); err != nil {
			return f, err
		}
	}
	for waited := time.Now(); r.behind(last) > 0 && time.Since(waited) < 5*time.Second; {
		time.Sleep(10 * time.Millisecond)
	}
	cpu = gauge.CPU(c.cmd.Process.Pid) - cpu
	f.behind, f.deliveries, f.delays = r.behind(last), r.got.Load(), r.delays.Whole()
	f.perDelivery = cpu / time.Duration(max(f.deliveries, 1))
	return f, ctx.Err()
}

// encrypted compares the fan-out through TLS with the plain one.
func encrypted(ctx context.Context, out io.Writer) error {
	var plain, secure []found
	for range 2 {
		for kind, into := range map[string]*[]found{"ours": &plain, "ours-tls": &secure} {
			f, err := turn(ctx, kind)
			if err != nil {
				return err
			}
			fmt.Fprintf(out, "  %s, 1,000 × 10/s: %s\n", kind, f)
			*into = append(*into, f)
		}
	}
	per := func(f found) float64 { return float64(f.perDelivery.Nanoseconds()) / 1000 }
	p99 := func(f found) float64 { return f.delays.Quantile(.99).Seconds() * 1000 }
	kb := func(f found) float64 { return float64(f.residentEach) / 1024 }
	whole.Print(out,
		whole.Figure{What: "through TLS: CPU a delivery, beside plain", Seen: mean(secure, per) / mean(plain, per), Goal: -1, Note: fmt.Sprintf("%.1f and %.1f µs", mean(secure, per), mean(plain, per))},
		whole.Figure{What: "through TLS: p99 of a delivery, beside plain", Seen: mean(secure, p99) / mean(plain, p99), Goal: -1, Note: fmt.Sprintf("%.1f and %.1f ms", mean(secure, p99), mean(plain, p99))},
		whole.Figure{What: "through TLS: KB resident a connection", Seen: mean(secure, kb), Goal: -1, Note: fmt.Sprintf("plain %.1f", mean(plain, kb))},
		whole.Figure{What: "  clients without the newest state afterwards", Seen: mean(secure, func(f found) float64 { return float64(f.behind) }), Goal: 0},
	)
	return nil
}

// encrypt puts TLS in front of a listener, with a certificate made for it.
func encrypt(listener net.Listener) (net.Listener, string, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, "", err
	}
	about := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, about, about, key.Public(), key)
	if err != nil {
		return nil, "", err
	}
	config := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
	return tls.NewListener(listener, config), base64.StdEncoding.EncodeToString(der), nil
}
