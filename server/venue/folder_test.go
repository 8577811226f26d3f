package venue_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiangtai/server/fault"
	"jiangtai/server/paper/printing"
	"jiangtai/server/venue"
)

// sums are the files of a folder, their modes and what they hold.
func sums(t *testing.T, dir string) map[string]string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, e := range list {
		raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = fmt.Sprintf("%o %x", info.Mode().Perm(), sha256.Sum256(raw))
	}
	return out
}

func hall(t *testing.T) (dir string, n venue.Names) {
	t.Helper()
	dir, n = filepath.Join(t.TempDir(), "venue"), names(t, "score.example.cn", "127.0.0.1")
	if r, err := venue.Make(dir, n, 30, now); err != nil || len(r.Faults) > 0 || codes(r.Attention) != "cert venue.private" {
		t.Fatalf("%v %+v", err, r)
	}
	return dir, n
}

func TestMakeWritesWhatIsNotThere(t *testing.T) {
	dir, n := hall(t)
	before := sums(t, dir)
	for name, mode := range map[string]string{"ca.key": "600", "hall.key": "600", "ca.crt": "644", "hall.crt": "644"} {
		if !strings.HasPrefix(before[name], mode+" ") {
			t.Errorf("%s: %s", name, before[name])
		}
	}
	if _, err := venue.Make(dir, n, 30, now); fault.Code(err) != "venue.exists" || len(fault.Of(err).Fields) != 4 {
		t.Error(err)
	}
	// One file alone is enough to keep everything as it is.
	half := t.TempDir()
	if err := venue.WriteNew(filepath.Join(half, "install.pdf"), []byte("mine")); err != nil {
		t.Fatal(err)
	}
	if _, err := venue.Make(half, n, 30, now); fault.Code(err) != "venue.exists" || len(sums(t, half)) != 1 {
		t.Error(err, sums(t, half))
	}
	if err := venue.WriteNew(filepath.Join(half, "install.pdf"), []byte("yours")); fault.Code(err) != "venue.exists" {
		t.Error(err)
	}
	if after := sums(t, dir); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Error("something was overwritten")
	}
}

func TestRenewKeepsTheOldOnes(t *testing.T) {
	dir, n := hall(t)
	before := sums(t, dir)
	later := now.Add(20 * day)
	r, err := venue.Renew(dir, 40, later)
	if err != nil || len(r.Faults) > 0 || !r.Until.Equal(later.Add(40*day)) || strings.Join(r.Names, " ") != strings.Join(n.List(), " ") {
		t.Fatalf("%v %+v", err, r)
	}
	after := sums(t, dir)
	found := map[string]bool{}
	for name, sum := range after {
		for old, oldSum := range before {
			if sum == oldSum && strings.HasPrefix(name, old) {
				found[old] = true
			}
		}
	}
	if len(found) != 4 || len(after) != 6 || after["hall.key"] == before["hall.key"] || after["ca.crt"] != before["ca.crt"] {
		t.Errorf("%v\n%v", before, after)
	}
	if _, err := venue.Renew(filepath.Join(dir, "nowhere"), 30, now); codes(fault.Of(err).Fields) != "ca.crt venue.unreadable, ca.key venue.unreadable, hall.crt venue.unreadable" {
		t.Error(err)
	}
	if _, err := venue.Renew(dir, 30, now.Add(500*day)); fault.Code(err) != "venue.authority" {
		t.Error(err)
	}
	if again := sums(t, dir); fmt.Sprint(again) != fmt.Sprint(after) {
		t.Error("a refused renewal changed something")
	}
}

func TestReadFiles(t *testing.T) {
	dir, n := hall(t)
	cert, key := filepath.Join(dir, "hall.crt"), filepath.Join(dir, "hall.key")
	if err := os.Chmod(key, 0o644); err != nil {
		t.Fatal(err)
	}
	if r := venue.ReadFiles(cert, key, n, now); codes(r.Attention) != "cert venue.private, key venue.key_open" {
		t.Error(r.Attention)
	}
	r := venue.ReadFiles(filepath.Join(dir, "no.crt"), dir, n, now)
	if codes(r.Faults) != "cert venue.unreadable, key venue.unreadable" || strings.Contains(r.Faults[0].Hint, dir) {
		t.Error(r.Faults)
	}
}

func TestDirections(t *testing.T) {
	here, there := netip.MustParseAddr("10.1.2.3"), netip.MustParseAddr("203.0.113.9")
	look := func(_ context.Context, host string) ([]netip.Addr, error) {
		switch host {
		case "right.cn":
			return []netip.Addr{netip.MustParseAddr("::ffff:10.1.2.3")}, nil
		case "both.cn":
			return []netip.Addr{here, there}, nil
		case "wrong.cn":
			return []netip.Addr{there}, nil
		}
		return nil, errors.New("no such host")
	}
	got := venue.Directions(t.Context(), []string{"right.cn", "both.cn", "wrong.cn", "none.cn"}, []netip.Addr{here}, look)
	for i, want := range []bool{true, false, false, false} {
		if got[i].IsRight != want || len(got[i].Want) != 1 {
			t.Errorf("%+v", got[i])
		}
	}
}

func guide(t *testing.T, dir string, n venue.Names) venue.Guide {
	t.Helper()
	der, err := venue.Authority(dir)
	if err != nil {
		t.Fatal(err)
	}
	g, err := venue.NewGuide(der, n, "http://score.example.cn/", "https://score.example.cn/tablet")
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestGuide(t *testing.T) {
	dir, n := hall(t)
	g := guide(t, dir, n)
	html, err := g.HTML()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{g.SHA256, g.SHA1, `href="/ca.crt"`, `href="https://score.example.cn/tablet/check"`, "<svg", "iPad", "Windows", "score.example.cn、127.0.0.1", "2027-12-28"} {
		if !strings.Contains(string(html), want) {
			t.Errorf("the page does not say %s", want)
		}
	}
	for _, never := range []string{"<script", "src=", "ZgotmplZ"} {
		if strings.Contains(string(html), never) {
			t.Errorf("the page has %s", never)
		}
	}
	press, err := printing.Open()
	if err != nil {
		t.Fatal(err)
	}
	d := g.Document(now, time.UTC)
	pages, err := press.Pages(d)
	if err != nil || pages > 2 {
		t.Errorf("%d pages, %v", pages, err)
	}
	if pdf, err := press.Print(d); err != nil || !strings.HasPrefix(string(pdf), "%PDF") {
		t.Error(err)
	}
	if _, err := venue.NewGuide([]byte("x"), n, "", ""); fault.Code(err) != "venue.certificate" {
		t.Error(err)
	}
}

func TestPlain(t *testing.T) {
	dir, n := hall(t)
	html, err := guide(t, dir, n).HTML()
	if err != nil {
		t.Fatal(err)
	}
	empty := venue.Plain(t.TempDir(), "https://score.example.cn")
	if err := venue.WriteNew(filepath.Join(dir, venue.FilePage), html); err != nil {
		t.Fatal(err)
	}
	full := venue.Plain(dir, "https://score.example.cn")
	for _, c := range []struct {
		from                 http.Handler
		method, url          string
		status               int
		location, media, has string
	}{
		{full, "GET", "/", 200, "", "text/html; charset=utf-8", "指纹"},
		{full, "GET", "/ca.crt", 200, "", "application/x-x509-ca-cert", "BEGIN CERTIFICATE"},
		{full, "HEAD", "/ca.crt", 200, "", "application/x-x509-ca-cert", ""},
		{full, "GET", "/tablet?x=1", 307, "https://score.example.cn/tablet?x=1", "", ""},
		{full, "GET", "//evil.example/x", 307, "/evil.example/x", "", ""},
		{full, "GET", "/ca.key", 307, "https://score.example.cn/ca.key", "", ""},
		{full, "GET", "/hall.key", 307, "https://score.example.cn/hall.key", "", ""},
		{full, "POST", "/api/v1/marks", 403, "", "", "https only"},
		{full, "PUT", "/ca.crt", 403, "", "", ""},
		{empty, "GET", "/", 307, "https://score.example.cn/", "", ""},
		{empty, "GET", "/ca.crt", 307, "https://score.example.cn/ca.crt", "", ""},
	} {
		r := httptest.NewRequestWithContext(t.Context(), c.method, "http://evil.example"+c.url, nil)
		w := httptest.NewRecorder()
		c.from.ServeHTTP(w, r)
		if w.Code == http.StatusMovedPermanently || w.Code == http.StatusPermanentRedirect {
			t.Errorf("%s %s: browsers would remember it for ever", c.method, c.url)
		}
		if w.Code != c.status || w.Header().Get("Location") != c.location || c.media != "" && w.Header().Get("Content-Type") != c.media || !strings.Contains(w.Body.String(), c.has) {
			t.Errorf("%s %s: %d %v %.80s", c.method, c.url, w.Code, w.Header(), w.Body)
		}
		if strings.Contains(w.Body.String(), "PRIVATE KEY") {
			t.Errorf("%s gives a key away", c.url)
		}
	}
}
