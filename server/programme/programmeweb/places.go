package programmeweb

import (
	"bytes"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/programme"
	"jiangtai/server/programme/outline"
	"jiangtai/server/web"
)

func (h *rooms) scheme(c *fiber.Ctx) error {
	var shape programme.Outline
	v, err := of(c, func(a contest.Actor, id contest.ID) (v programme.SchemeVersion, err error) {
		v, shape, err = h.office.Scheme(web.Context(c), a, id)
		return v, err
	})
	if err != nil {
		return err
	}
	all, err := h.office.Schemes(web.Context(c), web.Actor(c), v.Event)
	if err != nil {
		return err
	}
	return c.JSON(schemeDocument{
		Version: documentOfVersion(v), Text: string(v.Text), Seated: shape.Seated, Coded: shape.Coded,
		Panels:   each(shape.Panels, func(p outline.Panel) panelDocument { return panelDocument(p) }),
		Versions: each(all, documentOfVersion),
	})
}

// putScheme takes the scheme as it is: the bytes of the body are its text.
func (h *rooms) putScheme(c *fiber.Ctx) error {
	if err := web.RequireType(c, fiber.MIMEApplicationJSON); err != nil {
		return err
	}
	text := bytes.Clone(bytes.TrimPrefix(c.Body(), []byte("\xef\xbb\xbf")))
	made, err := of(c, func(a contest.Actor, id contest.ID) (programme.SchemeVersion, error) {
		return h.office.PutScheme(web.Context(c), a, id, text, c.Query("reason"))
	})
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"version": documentOfVersion(made)})
}

type chairsDocument struct {
	Chairs []chairDocument `json:"chairs"`
}

func (h *rooms) chairs(c *fiber.Ctx) error {
	list, err := of(c, func(a contest.Actor, id contest.ID) ([]contest.Chair, error) {
		return h.office.Chairs(web.Context(c), a, id)
	})
	if err != nil {
		return err
	}
	return c.JSON(chairsDocument{each(list, documentOfChair)})
}

func (h *rooms) putChairs(c *fiber.Ctx) error {
	in, err := web.Decode[chairsDocument](c)
	if err != nil {
		return err
	}
	drafts := each(in.Chairs, func(d chairDocument) programme.ChairDraft { return programme.ChairDraft(d) })
	list, err := of(c, func(a contest.Actor, id contest.ID) ([]contest.Chair, error) {
		return h.office.PutChairs(web.Context(c), a, id, drafts)
	})
	if err != nil {
		return err
	}
	return c.JSON(chairsDocument{each(list, documentOfChair)})
}

// filter reads by what entries are kept.
func filter(c *fiber.Ctx) programme.EntryFilter {
	return programme.EntryFilter{
		Kind: strings.Clone(c.Query("kind")), Team: strings.Clone(c.Query("team")), Group: strings.Clone(c.Query("group")),
		County: strings.Clone(c.Query("county")),
	}
}

func (h *rooms) entries(c *fiber.Ctx) error {
	p, err := page(c)
	if err != nil {
		return err
	}
	f := filter(c)
	list, err := of(c, func(a contest.Actor, id contest.ID) (programme.EntryList, error) {
		return h.office.Entries(web.Context(c), a, id, f, p)
	})
	if err != nil {
		return err
	}
	teams := each(list.Teams, func(t programme.TeamOf) teamDocument {
		return teamDocument{EntryNo: t.EntryNo, Name: t.Name, Members: t.Members}
	})
	return c.JSON(fiber.Map{
		"entries": each(list.Entries, func(e contest.Entry) entryDocument {
			d := documentOfEntry(e)
			d.Team = list.TeamNo(e)
			return d
		}),
		"total": list.Total, "masked": list.Masked, "coded": list.Coded,
		"has_teams": list.HasTeams, "teams": teams, "groups": append([]string{}, list.Groups...), "counties": append([]string{}, list.Counties...),
	})
}

type newEntries struct {
	Entries []newEntry `json:"entries"`
	Reason  string     `json:"reason"`
}

type newEntry struct {
	EntryNo  string `json:"entry_no"`
	SeatNo   string `json:"seat_no"`
	WorkCode string `json:"work_code"`
	Name     string `json:"name"`
	Unit     string `json:"unit"`
	Kind     string `json:"kind"`
	Team     string `json:"team"`
	Group    string `json:"group"`
	County   string `json:"county"`
}

func (h *rooms) putEntries(c *fiber.Ctx) error {
	in, err := web.Decode[newEntries](c)
	if err != nil {
		return err
	}
	drafts := each(in.Entries, func(d newEntry) programme.EntryDraft { return programme.EntryDraft(d) })
	total, err := of(c, func(a contest.Actor, id contest.ID) (int, error) {
		return h.office.PutEntries(web.Context(c), a, id, drafts, in.Reason)
	})
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"total": total})
}
