package judgingweb

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/web"
)

type delivery struct {
	Marks []mark `json:"marks"`
}

type mark struct {
	MarkID     string `json:"mark_id"`
	Event      string `json:"event"`
	Chair      uint16 `json:"chair"`
	Work       string `json:"work"`
	Aspect     string `json:"aspect"`
	Attempt    uint8  `json:"attempt"`
	Round      uint8  `json:"round"`
	Kind       string `json:"kind"`
	Value      string `json:"value"`
	Version    uint16 `json:"version"`
	Supersedes string `json:"supersedes"`
	DeviceSeq  uint32 `json:"device_seq"`
	ClientAt   int64  `json:"client_at"` // unix milliseconds
	Text       string `json:"text"`
}

func (h *room) give(c *fiber.Ctx) error {
	if err := web.Failed(c); err != nil {
		return err
	}
	marks, err := read(c)
	if err != nil {
		return err
	}
	h.pending(web.Actor(c), c.Request().Header.Peek(headerPending))
	out, err := h.desk.Give(web.Context(c), web.Actor(c), marks)
	if err != nil {
		return err
	}
	return answer(c, out)
}

// command reads a mark's ids; what cannot be read is its own fault.
func (m *mark) command() judging.MarkCommand {
	cmd := judging.MarkCommand{
		Chair: scoring.ChairID(m.Chair), Work: m.Work, Aspect: m.Aspect, Attempt: m.Attempt, Round: m.Round,
		Value: m.Value, Version: m.Version, DeviceSeq: m.DeviceSeq, ClientAt: m.ClientAt, Text: m.Text,
	}
	var known bool
	cmd.Kind, known = judging.ParseKind(m.Kind)
	id, idErr := scoring.ParseID(m.MarkID)
	event, eventErr := scoring.ParseID(m.Event)
	supersedes, headErr := readOptional(m.Supersedes)
	cmd.MarkID, cmd.Event, cmd.Supersedes = id, event, supersedes
	switch {
	case idErr != nil:
		cmd.Fault = malformed("/mark_id", "judging.mark_id_missing")
	case eventErr != nil:
		cmd.Fault = fault.New(fault.Missing, "judging.missing")
	case headErr != nil:
		cmd.Fault = malformed("/supersedes", "judging.mark_id_missing")
	case !known:
		cmd.Fault = malformed("/kind", "judging.unknown_kind")
	case m.ClientAt < 0 || m.ClientAt > math.MaxInt64/1_000_000:
		cmd.Fault = malformed("/client_at", "judging.client_at")
	}
	return cmd
}

func readOptional(text string) (scoring.ID, error) {
	if text == "" {
		return scoring.ID{}, nil
	}
	return scoring.ParseID(text)
}

func malformed(path, code string) *fault.Error {
	return fault.New(fault.Malformed, code, fault.At(path, code, ""))
}

// Shortcut answers plain deliveries as the route does.
func Shortcut(desk *judging.Desk) web.Shortcut {
	h := &room{desk: desk}
	return func(q *web.Quick, body []byte) (int, []byte, bool, error) {
		marks, ok := readPlain(q.Body())
		if !ok {
			return 0, nil, false, nil
		}
		h.pending(q.Actor(), q.Header(headerPending))
		out, err := h.desk.Give(q.Context(), q.Actor(), marks)
		if err != nil {
			return 0, nil, false, err
		}
		body, err = appendResults(body, out, q.Problem)
		return fiber.StatusMultiStatus, body, err == nil, err
	}
}

func answer(c *fiber.Ctx, out []judging.Outcome) error {
	b, err := appendResults(make([]byte, 0, 64+1400*len(out)), out, func(err error) web.Problem { return web.ProblemOf(c, err) })
	if err != nil {
		return err
	}
	c.Set("Content-Type", fiber.MIMEApplicationJSON)
	c.Set("Cache-Control", "no-store")
	c.Status(fiber.StatusMultiStatus)
	c.Response().SetBodyRaw(b)
	return nil
}

// appendResults writes the results by hand: receipts bring their own bytes.
func appendResults(b []byte, out []judging.Outcome, problem func(error) web.Problem) (_ []byte, err error) {
	b = append(b, `{"results":[`...)
	for i := range out {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = appendResult(b, &out[i], problem); err != nil {
			return b, err
		}
	}
	return append(b, `]}`...), nil
}

func appendResult(b []byte, o *judging.Outcome, problemOf func(error) web.Problem) ([]byte, error) {
	status := fiber.StatusOK
	var problem web.Problem
	switch {
	case o.Fault != nil:
		problem = problemOf(o.Fault)
		status = problem.Status
	case o.Late:
		status = fiber.StatusAccepted
	}
	b = append(b, `{"status":`...)
	b = strconv.AppendInt(b, int64(status), 10)
	b = append(b, `,"mark_id":"`...)
	if !o.MarkID.IsZero() {
		b = append(b, o.MarkID.String()...)
	}
	if o.Fault == nil {
		b = o.Receipt.AppendJSON(append(b, `","receipt":`...))
		return append(b, '}'), nil
	}
	text, err := json.Marshal(problem)
	if err != nil {
		return b, err
	}
	b = append(append(b, `","problem":`...), text...)
	return append(b, '}'), nil
}
