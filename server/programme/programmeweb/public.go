package programmeweb

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
	"jiangtai/server/web"
)

// maxSearch is the longest search, in bytes.
const maxSearch = 120

// search reads q. What cannot be a text of the database is refused here.
func search(c *fiber.Ctx) (string, error) {
	q := c.Query("q")
	if len(q) > maxSearch || !utf8.ValidString(q) || strings.ContainsRune(q, 0) {
		return "", fault.New(fault.Malformed, "web.query", fault.At("q", "web.query", ""))
	}
	return q, nil
}

type publicContest struct {
	ID        contest.ID   `json:"id"`
	Code      string       `json:"code"`
	Name      string       `json:"name"`
	NameEn    string       `json:"name_en"`
	Kind      contest.Kind `json:"kind"`
	Organiser string       `json:"organiser"`
	StartsOn  string       `json:"starts_on"`
	EndsOn    string       `json:"ends_on"`
	Events    int          `json:"events"`
}

func documentOfPublicContest(c programme.Contest) publicContest {
	return publicContest{
		ID: c.ID, Code: c.Code, Name: c.Name, NameEn: c.NameEn, Kind: c.Kind, Organiser: c.Organiser,
		StartsOn: day(c.StartsOn), EndsOn: day(c.EndsOn), Events: c.Events,
	}
}

func (h *rooms) publicContests(c *fiber.Ctx) error {
	p, err := page(c)
	if err != nil {
		return err
	}
	return web.SendPublic(c, web.CacheAsk, func() (any, error) {
		list, total, err := h.office.PublicContests(web.Context(c), p)
		return fiber.Map{"contests": each(list, documentOfPublicContest), "total": total}, err
	})
}

type publicEvent struct {
	ID          contest.ID    `json:"id"`
	Contest     contest.ID    `json:"contest"`
	ContestName string        `json:"contest_name"`
	Kind        contest.Kind  `json:"kind"`
	Trade       string        `json:"trade"`
	TradeEn     string        `json:"trade_en"`
	Title       string        `json:"title"`
	TitleEn     string        `json:"title_en"`
	Stage       contest.Stage `json:"stage"`
	Group       string        `json:"group"`
	Hall        string        `json:"hall"`
	Depth       contest.Depth `json:"depth"`
	Phase       string        `json:"phase"`
	State       string        `json:"state,omitempty"`
	Frozen      bool          `json:"frozen"`
	Release     string        `json:"release"`
	Entries     int           `json:"entries"`
	Done        int           `json:"done"`
	Need        int           `json:"need"`
	UpdatedAt   *time.Time    `json:"updated_at"`
}

func documentOfPublicEvent(e programme.PublicEvent) publicEvent {
	d := publicEvent{
		ID: e.ID, Contest: e.Contest, ContestName: e.ContestName, Kind: e.Kind,
		Trade: e.Trade, TradeEn: e.TradeEn, Title: e.Title, TitleEn: e.TitleEn, Stage: e.Stage, Group: e.Group,
		Hall: e.Hall, Depth: e.Depth, Phase: e.Count.Phase, State: e.Count.State, Frozen: e.Count.Frozen, Release: e.Count.Release,
		Entries: e.Count.Entries, Done: e.Count.Done, Need: e.Count.Need,
	}
	if !e.Count.UpdatedAt.IsZero() {
		at := e.Count.UpdatedAt.UTC()
		d.UpdatedAt = &at
	}
	return d
}

func (h *rooms) publicEvents(c *fiber.Ctx) error {
	p, err := page(c)
	if err != nil {
		return err
	}
	id, err := web.QueryID(c, "contest")
	if err != nil {
		return err
	}
	return web.SendPublic(c, web.CacheAsk, func() (any, error) {
		list, total, err := h.office.PublicEvents(web.Context(c), id, p)
		return fiber.Map{"events": each(list, documentOfPublicEvent), "total": total}, err
	})
}
