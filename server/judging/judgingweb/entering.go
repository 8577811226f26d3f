package judgingweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/judging/entering"
	"jiangtai/server/web"
)

type enteredDelivery struct {
	Marks []entered `json:"marks"`
}

type entered struct {
	MarkID     string `json:"mark_id"`
	Kind       string `json:"kind"`
	Chair      uint16 `json:"chair"`
	Work       string `json:"work"`
	Aspect     string `json:"aspect"`
	Attempt    uint8  `json:"attempt"`
	Round      uint8  `json:"round"`
	Value      string `json:"value"`
	Version    uint16 `json:"version"`
	Supersedes string `json:"supersedes"`
	Reason     string `json:"reason"`
}

// command reads a mark's ids; what cannot be read is its own fault.
func (m *entered) command() judging.Entered {
	cmd := judging.Entered{
		Chair: scoring.ChairID(m.Chair), Work: m.Work, Aspect: m.Aspect, Attempt: m.Attempt, Round: m.Round,
		Value: m.Value, Version: m.Version, Reason: m.Reason,
	}
	var known bool
	cmd.Kind, known = judging.ParseKind(m.Kind)
	id, idErr := scoring.ParseID(m.MarkID)
	supersedes, headErr := readOptional(m.Supersedes)
	cmd.MarkID, cmd.Supersedes = id, supersedes
	switch {
	case idErr != nil:
		cmd.Fault = malformed("/mark_id", "judging.mark_id_missing")
	case headErr != nil:
		cmd.Fault = malformed("/supersedes", "judging.mark_id_missing")
	case !known:
		cmd.Fault = malformed("/kind", "judging.unknown_kind")
	}
	return cmd
}

func (h *room) enter(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	in, err := web.Decode[enteredDelivery](c)
	if err != nil {
		return err
	}
	marks := make([]judging.Entered, len(in.Marks))
	for i := range in.Marks {
		marks[i] = in.Marks[i].command()
	}
	out, err := h.desk.Enter(web.Context(c), web.Actor(c), event, marks)
	if err != nil {
		return err
	}
	return answer(c, out)
}

func (h *room) sheets(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	list, err := h.entering.Choices(web.Context(c), web.Actor(c), event)
	return private(c, list, err)
}

func (h *room) sheet(c *fiber.Ctx) error {
	event, sel, err := selection(c)
	if err != nil {
		return err
	}
	s, err := h.entering.Sheet(web.Context(c), web.Actor(c), event, sel)
	return private(c, s, err)
}

// selection reads which sheet of which event is meant.
func selection(c *fiber.Ctx) (contest.ID, entering.Selection, error) {
	sel := entering.Selection{Kind: entering.Kind(c.Query("kind")), Criterion: c.Query("criterion")}
	event, err := web.ParamID(c, "id")
	if err != nil {
		return event, sel, err
	}
	least := 0
	switch sel.Kind {
	case entering.Panel:
		least = 1
	case entering.Theory, entering.Results:
	default:
		return event, sel, fault.New(fault.Malformed, "web.query", fault.At("kind", "web.query", "theory, results, panel"))
	}
	chair, err := web.QueryInt(c, "chair", 0, least, least*0xffff)
	sel.Chair = scoring.ChairID(chair)
	return event, sel, err
}

// oneNumber is the scheme of a result list.
func (h *room) oneNumber(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	if _, err := h.desk.Enterer(web.Context(c), web.Actor(c), event); err != nil {
		return err
	}
	c.Set("Content-Type", fiber.MIMEApplicationJSON)
	c.Set("Cache-Control", "no-store")
	return c.Send(entering.OneNumber)
}
