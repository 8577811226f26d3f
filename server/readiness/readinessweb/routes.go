package readinessweb

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring"
	"jiangtai/server/readiness"
	"jiangtai/server/web"
)

type room struct{ desk *readiness.Desk }

// Mount puts the routes on the API's router.
func Mount(r fiber.Router, desk *readiness.Desk) {
	h := &room{desk}
	r.Put("/tablet/readiness", web.SignedIn, h.report).Name("readiness.report")
	r.Get("/events/:id/readiness", web.SignedIn, h.wall).Name("readiness.wall")
}

type lineBody struct {
	Check  readiness.Check `json:"check"`
	State  readiness.State `json:"state"`
	Detail string          `json:"detail"`
}

type reportBody struct {
	Checks []lineBody `json:"checks"`
}

func (h *room) report(c *fiber.Ctx) error {
	b, err := web.Decode[reportBody](c)
	if err != nil {
		return err
	}
	lines := make([]readiness.Line, len(b.Checks))
	for i, l := range b.Checks {
		lines[i] = readiness.Line(l)
	}
	standing, err := h.desk.Report(web.Context(c), web.Actor(c), lines)
	if err != nil {
		return err
	}
	return c.JSON(struct {
		Standing readiness.Standing `json:"standing"`
	}{standing})
}

type tabletView struct {
	Name     string    `json:"name"`
	LastSeen time.Time `json:"last_seen"`
	Silent   bool      `json:"silent"`
	Pending  int       `json:"pending"`
}

type reportView struct {
	At     time.Time  `json:"at"`
	Checks []lineBody `json:"checks"`
}

type placeView struct {
	Chair    scoring.ChairID    `json:"chair"`
	Panel    string             `json:"panel"`
	Seat     int                `json:"seat"`
	Judge    string             `json:"judge"`
	Standing readiness.Standing `json:"standing"`
	Tablet   *tabletView        `json:"tablet,omitempty"`
	Report   *reportView        `json:"report,omitempty"`
}

type wallView struct {
	At     time.Time   `json:"at"`
	Trade  string      `json:"trade"`
	Places []placeView `json:"places"`
}

func (h *room) wall(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	w, err := h.desk.Wall(web.Context(c), web.Actor(c), event)
	if err != nil {
		return err
	}
	out := wallView{At: w.At, Trade: w.Event.Trade, Places: make([]placeView, len(w.Places))}
	for i, p := range w.Places {
		out.Places[i] = viewOf(p)
	}
	return c.JSON(out)
}

func viewOf(p readiness.Place) placeView {
	v := placeView{Chair: p.Chair.Number, Panel: p.Chair.Panel, Seat: p.Chair.Seat, Judge: p.Chair.Judge, Standing: p.Standing}
	if p.Tablet != nil {
		v.Tablet = &tabletView{Name: p.Tablet.Name, LastSeen: p.Tablet.LastSeen, Silent: p.IsSilent, Pending: p.Tablet.Pending}
	}
	if p.Report != nil {
		v.Report = &reportView{At: p.Report.At, Checks: make([]lineBody, len(p.Report.Lines))}
		for i, l := range p.Report.Lines {
			v.Report.Checks[i] = lineBody(l)
		}
	}
	return v
}
