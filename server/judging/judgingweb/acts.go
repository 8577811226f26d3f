package judgingweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring"
	"jiangtai/server/judging"
	"jiangtai/server/web"
)

type act struct {
	ActID   string  `json:"act_id"`
	Act     string  `json:"act"`
	Work    string  `json:"work"`
	EntryNo string  `json:"entry_no"`
	Aspect  string  `json:"aspect"`
	Attempt uint8   `json:"attempt"`
	Round   uint8   `json:"round"`
	Chair   uint16  `json:"chair"`
	Judge   string  `json:"judge"`
	Status  string  `json:"status"`
	Policy  string  `json:"policy"`
	Place   string  `json:"place"`
	Mark    string  `json:"mark"`
	Reason  string  `json:"reason"`
	Second  *second `json:"second"`
}

type second struct {
	User     string `json:"user"`
	Password string `json:"password"`
}

type actAnswer struct {
	Receipt judging.Receipt `json:"receipt"`
}

func (h *room) act(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	in, err := web.Decode[act](c)
	if err != nil {
		return err
	}
	a, err := in.read()
	if err != nil {
		return err
	}
	receipt, err := h.desk.Act(web.Context(c), web.Actor(c), event, a)
	if err != nil {
		return err
	}
	c.Set("Cache-Control", "no-store")
	return c.JSON(actAnswer{receipt})
}

func (in *act) read() (judging.Act, error) {
	id, err := scoring.ParseID(in.ActID)
	if err != nil {
		return judging.Act{}, malformed("/act_id", "judging.mark_id_missing")
	}
	mark, err := readOptional(in.Mark)
	if err != nil {
		return judging.Act{}, malformed("/mark", "judging.mark_id_missing")
	}
	a := judging.Act{
		ID: id, Kind: judging.ActKind(in.Act), Work: in.Work, EntryNo: in.EntryNo, Aspect: in.Aspect, Attempt: in.Attempt,
		Round: in.Round, Chair: scoring.ChairID(in.Chair), Judge: in.Judge, Mark: mark, Reason: in.Reason,
	}
	switch a.Kind {
	case judging.ActStatus:
		a.Value = in.Status
	case judging.ActPolicy:
		a.Value = in.Policy
	case judging.ActDecide:
		a.Value = in.Place
	}
	if in.Second != nil {
		a.Second = &judging.Second{User: in.Second.User, Password: in.Second.Password}
	}
	return a, nil
}
