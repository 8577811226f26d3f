package app_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// request is one raw request, for what well-behaved clients do not send.
type request struct {
	method, path, token string
	body                any // JSON; a string is sent as it is
	kind                string
	header              map[string]string // an empty value leaves a header out
}

// answer is what came back.
type answer struct {
	status int
	code   string // of a problem
	fields []string
	body   string
	header http.Header
}

// rawClient keeps no connections: what is sent here often ends them.
var rawClient = &http.Client{
	Transport:     &http.Transport{DisableKeepAlives: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// send does one raw request.
func (tw *town) send(t testing.TB, r request) answer {
	t.Helper()
	var body io.Reader
	switch b := r.body.(type) {
	case nil:
	case string:
		body = strings.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		body = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(t.Context(), r.method, tw.base+r.path, body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Jiangtai", "1")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.kind != "" {
		req.Header.Set("Content-Type", r.kind)
	}
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	}
	for k, v := range r.header {
		if req.Header.Del(k); v != "" {
			req.Header.Set(k, v)
		}
	}
	res, err := rawClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return readAnswer(t, res, raw)
}

func readAnswer(t testing.TB, res *http.Response, raw []byte) answer {
	t.Helper()
	a := answer{status: res.StatusCode, body: string(raw), header: res.Header}
	if res.StatusCode < http.StatusBadRequest {
		return a
	}
	var p struct {
		Code      string
		RequestID string `json:"request_id"`
		Fields    []struct{ Path, Code string }
	}
	if err := json.Unmarshal(raw, &p); err != nil || p.Code == "" || p.RequestID == "" ||
		res.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%s %s: %d is no problem of ours: %s", res.Request.Method, res.Request.URL.Path, res.StatusCode, raw)
	}
	a.code = p.Code
	for _, f := range p.Fields {
		a.fields = append(a.fields, f.Path+" "+f.Code)
	}
	return a
}

// announce says that a body of that size will come, and waits for what is
// answered to that.
func (tw *town) announce(t testing.TB, path, token string, size int) answer {
	t.Helper()
	host := strings.TrimPrefix(tw.base, "http://")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, tw.base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nX-Jiangtai: 1\r\nAuthorization: Bearer %s\r\n"+
		"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n", path, host, token, size)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return readAnswer(t, res, raw)
}
