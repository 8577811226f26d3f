package wire

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // the handshake's own digest (RFC 6455)
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

// Target is where a connection goes.
type Target struct {
	Base string      // http://host:port or https://
	TLS  *tls.Config // for https; nil is the system's authorities
	// Local is the address to come from; nil lets the system choose.
	Local net.Addr
	// Plain does not offer compression; browsers offer it.
	Plain bool
}

var (
	errRefused = errors.New("the server does not switch to a WebSocket")
	errScheme  = errors.New("neither http:// nor https://")
)

// patience is how long dialling and the handshake may take together.
const patience = 20 * time.Second

// Dial connects and shakes hands at /live. Close the connection.
func Dial(ctx context.Context, to Target) (*Conn, error) {
	at, err := url.Parse(to.Base)
	if err != nil {
		return nil, fmt.Errorf("dial: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	raw, err := dial(ctx, at, to)
	if err != nil {
		return nil, fmt.Errorf("dial %s: %w", at.Host, err)
	}
	stop := context.AfterFunc(ctx, func() { _ = raw.Close() })
	c := &Conn{raw: raw, in: bufio.NewReaderSize(raw, 2<<10)}
	if err := c.greet(ctx, at, !to.Plain); err != nil || !stop() {
		_ = raw.Close()
		return nil, fmt.Errorf("dial %s: %w", at.Host, errors.Join(err, ctx.Err()))
	}
	return c, nil
}

func dial(ctx context.Context, at *url.URL, to Target) (net.Conn, error) {
	plain := &net.Dialer{LocalAddr: to.Local}
	host, port := at.Hostname(), at.Port()
	switch at.Scheme {
	case "http":
		if port == "" {
			port = "80"
		}
		return plain.DialContext(ctx, "tcp", net.JoinHostPort(host, port))
	case "https":
		if port == "" {
			port = "443"
		}
		d := tls.Dialer{NetDialer: plain, Config: to.TLS}
		return d.DialContext(ctx, "tcp", net.JoinHostPort(host, port))
	}
	return nil, errScheme
}

func (c *Conn) greet(ctx context.Context, at *url.URL, packed bool) error {
	var nonce [16]byte
	_, _ = rand.Read(nonce[:]) // it never fails
	key := base64.StdEncoding.EncodeToString(nonce[:])
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.Scheme+"://"+at.Host+"/live", nil)
	if err != nil {
		return err
	}
	for name, value := range map[string]string{
		"Origin": at.Scheme + "://" + at.Host, "Upgrade": "websocket", "Connection": "Upgrade",
		"Sec-WebSocket-Key": key, "Sec-WebSocket-Version": "13",
	} {
		req.Header.Set(name, value)
	}
	if packed {
		req.Header.Set("Sec-WebSocket-Extensions", "permessage-deflate; client_no_context_takeover; server_no_context_takeover")
	}
	if err := req.Write(c.raw); err != nil {
		return err
	}
	res, err := http.ReadResponse(c.in, req)
	if err != nil {
		return err
	}
	_ = res.Body.Close()
	sum := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")) //nolint:gosec // the handshake's own digest (RFC 6455)
	if res.StatusCode != http.StatusSwitchingProtocols || res.Header.Get("Sec-WebSocket-Accept") != base64.StdEncoding.EncodeToString(sum[:]) {
		return fmt.Errorf("%w: %s", errRefused, res.Status)
	}
	return nil
}
