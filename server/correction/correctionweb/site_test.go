package correctionweb_test

import (
	"context"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/correction"
	"jiangtai/server/correction/correctiontest"
	"jiangtai/server/correction/correctionweb"
	"jiangtai/server/fault"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

const (
	event  = "/events/e0000000-0000-0000-0000-000000000001"
	change = `"work":"001","chair":1,"aspect":"size","value":"9"`
)

// boards are one event that is not open yet; what happens in one that is, the tests of
// the whole hold against the real desk.
type boards struct{ correction.Boards }

func (boards) Read(_ context.Context, id contest.ID, reader func(correction.Reading) error) error {
	if id != (contest.ID{0xe0, 15: 1}) {
		return fault.New(fault.Missing, "judging.missing")
	}
	return reader(correction.Reading{
		Event: contest.Event{ID: id, Contest: contest.ID{7}}, Board: scoring.NewBoard(nil),
		Find: func(string) (scoring.EntryID, bool) { return 0, false },
	})
}

// Record is correction.Audit.
func (boards) Record(context.Context, contest.Actor, string, string, map[string]string) error {
	return nil
}

// Second is correction.Seconds.
func (boards) Second(context.Context, string, string) (contest.Actor, error) {
	return contest.Actor{}, fault.New(fault.Unauthenticated, "identity.credentials")
}

func site(t *testing.T) *webtest.Site {
	t.Helper()
	as := func(role contest.Role, of byte) contest.Actor {
		return contest.Actor{Account: contest.ID{of, 15: byte(len(role))}, Grants: []contest.Grant{{Role: role, Contest: contest.ID{of}}}}
	}
	people := map[string]contest.Actor{
		"chief": as(contest.ChiefJudge, 7), "organiser": as(contest.Organiser, 7), "clerk": as(contest.Clerk, 7), "stranger": as(contest.Organiser, 8),
	}
	m, now := &correctiontest.Memory{}, func() time.Time { return time.Unix(1_790_000_000, 0) }
	desk := correction.New(correction.Config{Store: m, Work: m, Boards: boards{}, Seconds: boards{}, Audit: boards{}, Now: now})
	return webtest.New(t, web.Config{Now: now, Identify: webtest.As(people)}, func(api fiber.Router) { correctionweb.Mount(api, desk) })
}

func TestWhoIsHeard(t *testing.T) {
	s := site(t)
	at := event + "/corrections"
	order := `{"correction_id":"c0000000-0000-4000-8000-000000000001",` + change + `,"seq":1,"reason":"%s","second":{"user":"s","password":"p"}}`
	s.Want(200, "", s.Send("organiser", "GET", at, ""))
	s.Want(403, "correction.role", s.Send("clerk", "GET", at, ""))
	s.Want(404, "correction.missing", s.Send("stranger", "GET", at, ""))
	s.Want(404, "correction.missing", s.Send("organiser", "POST", at+"/preview", "{"+change+"}"))
	s.Want(403, "correction.role", s.Send("organiser", "POST", at, order))
	s.Want(422, "correction.reason", s.Send("chief", "POST", at, order))
	long := `{"correction_id":"c0000000-0000-4000-8000-000000000001",` + change + `,"seq":1,"reason":"看错了工件","second":{"user":"%s","password":"p"}}`
	s.Want(401, "identity.credentials", s.Send("chief", "POST", at, long))
	if a := s.Send("", "POST", at+"/preview", "{"+change+"}"); a.Status != 401 {
		t.Errorf("the public got %d", a.Status)
	}
	for _, bad := range []string{`[]`, `{` + change + `,"more":1}`, `{"work":1}`} {
		if a := s.Send("chief", "POST", at+"/preview", bad); a.Status != 400 {
			t.Errorf("%s: %d %s", bad, a.Status, a.Body)
		}
	}
}

// Every route of this room is in openapi.yaml and every path there under its tag is a
// route; every write needs its header.
func TestRoutesAreTheContract(t *testing.T) { site(t).Contract("correction") }
