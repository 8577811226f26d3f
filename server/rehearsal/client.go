package rehearsal

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Client is one signed-in person or tablet. It is safe for concurrent use.
type Client struct {
	Base  string // http://host:port
	Token string // empty: the public
	http  *http.Client
}

// Problem is an answer that says no.
type Problem struct {
	Status     int    `json:"status"`
	Code       string `json:"code"`
	Title      string `json:"title"`
	RetryAfter int    `json:"retry_after"`
	Fields     []struct {
		Path string `json:"path"`
		Code string `json:"code"`
		Hint string `json:"hint"`
	} `json:"fields"`
}

// Error gives status, code and the places.
func (p *Problem) Error() string {
	return fmt.Sprintf("%d %s %v", p.Status, p.Code, p.Fields)
}

// NewClient talks to the server at base as the public; many connections are
// kept open, as many tablets would.
func NewClient(base string) *Client { return NewSecureClient(base, nil) }

// NewSecureClient is NewClient for https with authorities of one's own; nil is the
// system's.
func NewSecureClient(base string, secure *tls.Config) *Client {
	// A connection that was dialled and never used is closed by us, before the
	// server's read timeout answers on it.
	transport := &http.Transport{MaxIdleConns: 512, MaxIdleConnsPerHost: 512, IdleConnTimeout: 20 * time.Second, TLSClientConfig: secure}
	return &Client{Base: strings.TrimRight(base, "/"), http: &http.Client{Transport: transport, Timeout: 30 * time.Second}}
}

// As is the same connection pool with another identity.
func (c *Client) As(token string) *Client { return &Client{Base: c.Base, Token: token, http: c.http} }

// Do sends body as JSON (none when nil; raw when []byte) and reads the answer
// into out (ignored when nil). An answer of 400 and above is a *Problem.
func (c *Client) Do(ctx context.Context, method, path string, body, out any) error {
	reader, kind, err := encode(body)
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.Base+path, reader)
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	req.Header.Set("X-Jiangtai", "1")
	if c.Token != "" {
		req.Header.Set("Authorization", "Bearer "+c.Token)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	defer func() { _ = res.Body.Close() }()
	return decode(res, out)
}

// Octets are bytes that are sent as they are.
type Octets []byte

func encode(body any) (io.Reader, string, error) {
	switch b := body.(type) {
	case nil:
		return nil, "", nil
	case []byte:
		return bytes.NewReader(b), "application/zip", nil
	case Octets:
		return bytes.NewReader(b), "application/octet-stream", nil
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return nil, "", fmt.Errorf("encode: %w", err)
	}
	return bytes.NewReader(raw), "application/json", nil
}

func decode(res *http.Response, out any) error {
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	if res.StatusCode >= http.StatusBadRequest {
		p := &Problem{}
		if json.Unmarshal(raw, p) != nil || p.Code == "" {
			p = &Problem{Status: res.StatusCode, Code: "foreign.answer"}
		}
		return p
	}
	if out == nil || len(raw) == 0 {
		return nil
	}
	if keep, ok := out.(*[]byte); ok {
		*keep = raw
		return nil
	}
	if err := json.Unmarshal(raw, out); err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	return nil
}
