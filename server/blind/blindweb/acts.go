package blindweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring"
	"jiangtai/server/blind"
	"jiangtai/server/fault"
	"jiangtai/server/web"
)

type nothing struct{}

type secondDocument struct {
	User     string `json:"user"`
	Password string `json:"password"`
}

func (s secondDocument) second() blind.Second { return blind.Second(s) }

type newArrivals struct {
	Arrivals []struct {
		EntryNo string      `json:"entry_no"`
		State   blind.State `json:"state"`
	} `json:"arrivals"`
}

func (h *rooms) checkIn(c *fiber.Ctx) error {
	return act(h, c, func(p place, in newArrivals) error {
		list := make([]blind.Arriving, 0, len(in.Arrivals))
		for _, a := range in.Arrivals {
			list = append(list, blind.Arriving(a))
		}
		return h.desk.CheckIn(web.Context(c), p.actor, p.event, list)
	})
}

// newClosing says for how long late ones are admitted: 15 minutes when it says
// nothing.
type newClosing struct {
	LateMinutes *int `json:"late_minutes"`
}

func (h *rooms) closeCheckIn(c *fiber.Ctx) error {
	return act(h, c, func(p place, in newClosing) error {
		minutes := 0
		if in.LateMinutes != nil {
			if minutes = *in.LateMinutes; minutes == 0 {
				minutes = -1
			}
		}
		return h.desk.CloseCheckIn(web.Context(c), p.actor, p.event, minutes)
	})
}

type newReason struct {
	Reason string         `json:"reason"`
	Second secondDocument `json:"second"`
}

func (h *rooms) reopenCheckIn(c *fiber.Ctx) error {
	return act(h, c, func(p place, in newReason) error {
		return h.desk.ReopenCheckIn(web.Context(c), p.actor, p.event, in.Reason, in.Second.second())
	})
}

type newDraw struct {
	Layer   blind.Layer  `json:"layer"`
	Method  blind.Method `json:"method"`
	Witness string       `json:"witness"`
	Places  int          `json:"places"`
}

func (h *rooms) begin(c *fiber.Ctx) error {
	return act(h, c, func(p place, in newDraw) error {
		return h.desk.Begin(web.Context(c), p.actor, p.event, blind.Start(in))
	})
}

type newPair struct {
	From  string `json:"from"`
	Label string `json:"label"`
}

func (h *rooms) key(c *fiber.Ctx) error {
	return act(h, c, func(p place, in newPair) error {
		return h.desk.Key(web.Context(c), p.actor, p.event, p.layer, in.From, in.Label)
	})
}

type newRun struct {
	Words string `json:"words"`
}

func (h *rooms) run(c *fiber.Ctx) error {
	return act(h, c, func(p place, in newRun) error {
		return h.desk.Run(web.Context(c), p.actor, p.event, p.layer, in.Words)
	})
}

type newStrike struct {
	From   string         `json:"from"`
	Reason string         `json:"reason"`
	Second secondDocument `json:"second"`
}

func (h *rooms) strike(c *fiber.Ctx) error {
	return act(h, c, func(p place, in newStrike) error {
		return h.desk.Strike(web.Context(c), p.actor, p.event, p.layer, in.From, in.Reason, in.Second.second())
	})
}

func (h *rooms) close(c *fiber.Ctx) error {
	return act(h, c, func(p place, _ nothing) error {
		return h.desk.Close(web.Context(c), p.actor, p.event, p.layer)
	})
}

func (h *rooms) annul(c *fiber.Ctx) error {
	return act(h, c, func(p place, in newReason) error {
		return h.desk.Annul(web.Context(c), p.actor, p.event, p.layer, in.Reason, in.Second.second())
	})
}

type newUnsealing struct {
	ActID  string         `json:"act_id"`
	Second secondDocument `json:"second"`
}

func (h *rooms) unseal(c *fiber.Ctx) error {
	return act(h, c, func(p place, in newUnsealing) error {
		id, err := scoring.ParseID(in.ActID)
		if err != nil || id.IsZero() {
			return fault.New(fault.Malformed, "blind.act_id", fault.At("/act_id", "blind.act_id", ""))
		}
		return h.desk.Unseal(web.Context(c), p.actor, p.event, blind.Unsealing{ID: id, Second: in.Second.second()})
	})
}
