package registrationweb

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/registration"
	"jiangtai/server/registration/idnumber"
	"jiangtai/server/web"
)

type newTerms struct {
	Terms  registration.Terms `json:"terms"`
	Reason string             `json:"reason"`
}

func (h *rooms) contestTerms(c *fiber.Ctx) error {
	return sendTerms(c, func(a contest.Actor, id contest.ID) (registration.TermsVersion, error) {
		return h.desk.ContestTerms(web.Context(c), a, id)
	})
}

func (h *rooms) eventTerms(c *fiber.Ctx) error {
	return sendTerms(c, func(a contest.Actor, id contest.ID) (registration.TermsVersion, error) {
		return h.desk.EventTerms(web.Context(c), a, id)
	})
}

func (h *rooms) putContestTerms(c *fiber.Ctx) error {
	in, err := web.Decode[newTerms](c)
	if err != nil {
		return err
	}
	return sendTerms(c, func(a contest.Actor, id contest.ID) (registration.TermsVersion, error) {
		return h.desk.PutContestTerms(web.Context(c), a, id, in.Terms, in.Reason)
	})
}

func (h *rooms) putEventTerms(c *fiber.Ctx) error {
	in, err := web.Decode[newTerms](c)
	if err != nil {
		return err
	}
	return sendTerms(c, func(a contest.Actor, id contest.ID) (registration.TermsVersion, error) {
		return h.desk.PutEventTerms(web.Context(c), a, id, in.Terms, in.Reason)
	})
}

func sendTerms(c *fiber.Ctx, use func(a contest.Actor, id contest.ID) (registration.TermsVersion, error)) error {
	t, err := of(c, use)
	if err != nil {
		return err
	}
	return c.JSON(documentOfTerms(t))
}

// query reads q, status, limit and offset. A number of a person has no business
// in an address.
func query(c *fiber.Ctx) (registration.Query, error) {
	limit, err := web.QueryInt(c, "limit", 50, 1, 500)
	if err != nil {
		return registration.Query{}, err
	}
	offset, err := web.QueryInt(c, "offset", 0, 0, 1_000_000)
	if err != nil {
		return registration.Query{}, err
	}
	q := registration.Query{Q: c.Query("q"), Limit: limit, Offset: offset}
	if len(q.Q) > 200 || idnumber.MaskWithin(idnumber.Plain(q.Q)) != idnumber.Plain(q.Q) {
		return q, fault.New(fault.Malformed, "web.query", fault.At("q", "web.query", ""))
	}
	for s := range strings.SplitSeq(c.Query("status"), ",") {
		switch status := registration.Status(s); {
		case slices.Contains(registration.Statuses(), status):
			q.Statuses = append(q.Statuses, status)
		case s != "":
			return q, fault.New(fault.Malformed, "web.query", fault.At("status", "web.query", ""))
		}
	}
	return q, nil
}

func (h *rooms) list(c *fiber.Ctx) error {
	q, err := query(c)
	if err != nil {
		return err
	}
	var total int
	list, err := of(c, func(a contest.Actor, id contest.ID) (list []registration.Registration, err error) {
		list, total, err = h.desk.List(web.Context(c), a, id, q)
		return list, err
	})
	if err != nil {
		return err
	}
	counts, err := of(c, func(a contest.Actor, id contest.ID) (map[registration.Status]int, error) {
		return h.desk.Tally(web.Context(c), a, id)
	})
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"registrations": each(list, documentOfRow), "total": total, "counts": counts})
}

// reveal is the one answer that holds a whole number.
func (h *rooms) reveal(c *fiber.Ctx) error {
	in, err := web.Decode[struct {
		Reason string `json:"reason"`
	}](c)
	if err != nil {
		return err
	}
	shown, err := of(c, func(a contest.Actor, id contest.ID) (registration.Revealed, error) {
		return h.desk.Reveal(web.Context(c), a, id, in.Reason)
	})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(fiber.Map{"id_number": shown.IDNumber.Reveal(), "phone": shown.Phone.Reveal(), "at": shown.At, "left": shown.Left})
}

func sendRows(c *fiber.Ctx, status int, list []registration.Registration, err error) error {
	if err != nil {
		return err
	}
	return c.Status(status).JSON(fiber.Map{"registrations": each(list, documentOfRow)})
}

type newList struct {
	Registrations []draftDocument `json:"registrations"`
	Draft         bool            `json:"draft"`
	Preview       bool            `json:"preview"`
}

func (h *rooms) enlist(c *fiber.Ctx) error {
	in, err := web.Decode[newList](c)
	if err != nil {
		return err
	}
	status := fiber.StatusCreated
	if in.Preview {
		status = fiber.StatusOK
	}
	list, err := of(c, func(a contest.Actor, id contest.ID) ([]registration.Registration, error) {
		return h.desk.Enlist(web.Context(c), a, id, registration.Enlistment{
			Drafts: each(in.Registrations, draftDocument.draft), IsDraft: in.Draft, IsPreview: in.Preview,
		})
	})
	return sendRows(c, status, list, err)
}

type newDecision struct {
	Act           registration.Act `json:"act"`
	Reason        string           `json:"reason"`
	Registrations []struct {
		ID      contest.ID `json:"id"`
		Version int        `json:"version"`
	} `json:"registrations"`
}

func (h *rooms) decide(c *fiber.Ctx) error {
	in, err := web.Decode[newDecision](c)
	if err != nil {
		return err
	}
	d := registration.Decision{Act: in.Act, Reason: in.Reason}
	for _, r := range in.Registrations {
		d.Items = append(d.Items, registration.Item(r))
	}
	list, err := of(c, func(a contest.Actor, id contest.ID) ([]registration.Registration, error) {
		return h.desk.Decide(web.Context(c), a, id, d)
	})
	return sendRows(c, fiber.StatusOK, list, err)
}

func (h *rooms) lookup(c *fiber.Ctx) error {
	in, err := web.Decode[struct {
		IDNumber string `json:"id_number"`
	}](c)
	if err != nil {
		return err
	}
	list, err := of(c, func(a contest.Actor, id contest.ID) ([]registration.Registration, error) {
		return h.desk.Lookup(web.Context(c), a, id, in.IDNumber)
	})
	return sendRows(c, fiber.StatusOK, list, err)
}

func (h *rooms) find(c *fiber.Ctx) error {
	v, err := of(c, func(a contest.Actor, id contest.ID) (registration.View, error) {
		return h.desk.Find(web.Context(c), a, id)
	})
	if err != nil {
		return err
	}
	return c.JSON(documentOfView(v, true))
}

type changedDocument struct {
	Version int `json:"version"`
	draftDocument
}

func (h *rooms) change(c *fiber.Ctx) error {
	in, err := web.Decode[changedDocument](c)
	if err != nil {
		return err
	}
	v, err := of(c, func(a contest.Actor, id contest.ID) (registration.View, error) {
		return h.desk.Change(web.Context(c), a, id, in.Version, in.draft())
	})
	if err != nil {
		return err
	}
	return c.JSON(documentOfView(v, true))
}
