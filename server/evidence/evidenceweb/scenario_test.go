package evidenceweb_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/evidence"
	"jiangtai/server/evidence/evidencetest"
	"jiangtai/server/evidence/evidenceweb"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

const photos = "/events/e0000000-0000-0000-0000-000000000001/evidence"

// newSite is evidence over HTTP on a store in memory. Every request and answer is
// held against openapi.yaml.
func newSite(t *testing.T) *webtest.Site {
	t.Helper()
	m := evidencetest.NewMemory()
	r := evidencetest.New(t, m, m)
	return webtest.New(t, web.Config{
		Now: r.Now, BodyLimits: map[string]int{evidenceweb.PhotosPath: evidenceweb.PhotosLimit},
		Identify: webtest.As(map[string]contest.Actor{
			"tablet": evidencetest.Tablet, "neighbour": evidencetest.Neighbour, "chief": evidencetest.Chief,
			"supervisor": evidencetest.Supervisor, "clerk": evidencetest.Clerk, "stranger": evidencetest.Stranger,
		}),
	}, func(api fiber.Router) { evidenceweb.Mount(api, r.Desk) })
}

func of(n byte, file []byte) string {
	sum := sha256.Sum256(file)
	return fmt.Sprintf("/tablet/evidence?id=%s&work=417A&aspect=a&sha256=%s&client_at=1763625540000", evidencetest.ID(n), hex.EncodeToString(sum[:]))
}

func send(s *webtest.Site, as, path string, file []byte) webtest.Answer {
	return s.Send(as, "POST", path, string(file), "Content-Type", "image/jpeg")
}

func TestAPhotoOverHTTP(t *testing.T) {
	s := newSite(t)
	file := evidencetest.With(evidencetest.JPEG(t, 50, 40, 1), evidencetest.Segment(0xe1, "Exif\x00\x00where it was"))
	a := s.Want(201, "", send(s, "tablet", of(1, file), file))
	if a.Text("work") != "417A" || a.Text("judge") != "周敏" || a.Text("width") != "50" || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s", a.Body)
	}
	b := s.Want(200, "", send(s, "tablet", of(1, file), file))
	if !bytes.Equal(a.Body, b.Body) {
		t.Errorf("%s\n%s", a.Body, b.Body)
	}
	list := s.Want(200, "", s.Send("chief", "GET", photos, ""))
	var got struct{ Photos []struct{ ID, SHA256 string } }
	if err := json.Unmarshal(list.Body, &got); err != nil || len(got.Photos) != 1 {
		t.Fatalf("%v %s", err, list.Body)
	}
	c := s.Want(200, "", s.Send("supervisor", "GET", photos+"/"+got.Photos[0].ID+"/file.jpg", ""))
	sum := sha256.Sum256(c.Body)
	if hex.EncodeToString(sum[:]) != got.Photos[0].SHA256 || bytes.Contains(c.Body, []byte("where it was")) {
		t.Error("not the picture that is told of")
	}
	for name, want := range map[string]string{
		"Content-Type": "image/jpeg", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
	} {
		if c.Header.Get(name) != want {
			t.Errorf("%s: %q", name, c.Header.Get(name))
		}
	}
}

func TestWhatIsRefusedOverHTTP(t *testing.T) {
	s := newSite(t)
	file := evidencetest.JPEG(t, 20, 20, 1)
	page := []byte("<html><script>alert(1)</script>")
	heavy := bytes.Repeat([]byte{0xff}, evidence.MaxFile+1)
	s.Want(401, "web.sign_in", send(s, "", of(1, file), file))
	s.Want(403, "judging.role", send(s, "chief", of(1, file), file))
	s.Want(404, "evidence.missing", send(s, "tablet", strings.Replace(of(1, file), "417A", "999Z", 1), file))
	s.Want(415, "web.content_type", s.Send("tablet", "POST", of(1, file), string(file), "Content-Type", "text/html"))
	s.Want(415, "evidence.not_jpeg", send(s, "tablet", of(1, page), page))
	s.Want(413, "evidence.too_large", send(s, "tablet", of(1, heavy), heavy))
	wide := evidencetest.Claiming(file, 50_000, 50_000)
	s.Want(422, "evidence.too_many_dots", send(s, "tablet", of(1, wide), wide))
	s.Want(422, "evidence.picture", send(s, "tablet", of(1, file[:100]), file[:100]))
	s.Want(422, "evidence.digest", send(s, "tablet", of(1, page), file))
	s.Want(201, "", send(s, "tablet", of(1, file), file))
	s.Want(409, "evidence.other_photo", send(s, "neighbour", of(1, file), file))
	for _, who := range []string{"tablet", "clerk", "stranger"} {
		s.Want(404, "evidence.missing", s.Send(who, "GET", photos, ""))
		s.Want(404, "evidence.missing", s.Send(who, "GET", photos+"/"+evidencetest.ID(1).String()+"/file.jpg", ""))
	}
	s.Want(404, "evidence.missing", s.Send("chief", "GET", photos+"/"+evidencetest.ID(7).String()+"/file.jpg", ""))
}

func TestQueriesThatAreNone(t *testing.T) {
	s := newSite(t)
	file := evidencetest.JPEG(t, 20, 20, 1)
	good := of(1, file)
	for name, query := range map[string]string{
		"no id":                strings.Replace(good, "id=", "other=", 1),
		"an id that is none":   strings.Replace(good, "id=f0", "id=xx", 1),
		"no work":              strings.Replace(good, "work=417A", "work=", 1),
		"no aspect":            strings.Replace(good, "aspect=a", "aspect=", 1),
		"an aspect of a novel": strings.Replace(good, "aspect=a", "aspect="+strings.Repeat("a", 101), 1),
		"half a digest":        strings.Replace(good, "sha256=", "sha256=ab&half=", 1),
		"a time that is none":  strings.Replace(good, "client_at=1", "client_at=-1", 1),
	} {
		a := send(s, "tablet", query, file)
		if a.Status != 400 || !bytes.Contains(a.Body, []byte("web.query")) {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
}

func TestRoutesAreTheContract(t *testing.T) { newSite(t).Contract("evidence") }
