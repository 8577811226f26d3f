package eveningweb_test

import (
	"context"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/evening"
	"jiangtai/server/evening/eveningweb"
	"jiangtai/server/fault"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

const event = "/events/e0000000-0000-0000-0000-000000000001"

// boards are one event that is not open yet.
type boards struct{}

func (boards) Read(_ context.Context, id contest.ID, reader func(evening.Reading) error) error {
	if id != (contest.ID{0xe0, 15: 1}) {
		return fault.New(fault.Missing, "judging.missing")
	}
	return reader(evening.Reading{
		Event: contest.Event{ID: id, Contest: contest.ID{7}}, Board: scoring.NewBoard(nil),
		Find: func(string) (scoring.EntryID, bool) { return 0, false },
	})
}

func site(t *testing.T) *webtest.Site {
	t.Helper()
	as := func(role contest.Role, of byte) contest.Actor {
		return contest.Actor{Account: contest.ID{of}, Grants: []contest.Grant{{Role: role, Contest: contest.ID{of}}}}
	}
	people := map[string]contest.Actor{"chief": as(contest.ChiefJudge, 7), "clerk": as(contest.Clerk, 7), "stranger": as(contest.Organiser, 8)}
	return webtest.New(t, web.Config{Now: func() time.Time { return time.Unix(1_790_000_000, 0) }, Identify: webtest.As(people)}, func(api fiber.Router) { eveningweb.Mount(api, evening.New(boards{})) })
}

func TestAnswers(t *testing.T) {
	s := site(t)
	if a := s.Want(200, "", s.Send("chief", "GET", event+"/evening", "")); a.Text("phase") != "waiting" || a.Text("works") != "[]" {
		t.Errorf("%s", a.Body)
	}
	s.Want(404, "evening.missing", s.Send("chief", "GET", event+"/evening/001", ""))
	s.Want(403, "evening.role", s.Send("clerk", "GET", event+"/evening", ""))
	s.Want(404, "evening.missing", s.Send("stranger", "GET", event+"/evening", ""))
	if a := s.Send("", "GET", event+"/evening", ""); a.Status != 401 {
		t.Errorf("the public got %d", a.Status)
	}
}

// Every route of this room is in openapi.yaml and every path there under its tag is a
// route.
func TestRoutesAreTheContract(t *testing.T) { site(t).Contract("evening") }
