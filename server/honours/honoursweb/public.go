package honoursweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/honours"
	"jiangtai/server/honours/calendar"
	"jiangtai/server/web"
)

// cached lets caches in between keep a public list.
const cached = "public, max-age=60"

type publicName struct {
	ID   contest.ID `json:"id"`
	Name string     `json:"name"`
	Unit string     `json:"unit"`
}

type publicNotice struct {
	ID         contest.ID          `json:"id"`
	Kind       contest.Kind        `json:"kind"`
	Campaign   string              `json:"campaign"`
	Honour     string              `json:"honour"`
	HonourName string              `json:"honour_name"`
	HonourEn   string              `json:"honour_name_en"`
	Year       int                 `json:"year"`
	Place      string              `json:"place"`
	Text       string              `json:"text"`
	StartsOn   string              `json:"starts_on"`
	EndsOn     string              `json:"ends_on"`
	Days       int                 `json:"days"`
	State      honours.NoticeState `json:"state"`
	Sum        string              `json:"sum"`
	Nominees   []publicName        `json:"nominees"`
}

func (h *rooms) publicNotices(c *fiber.Ctx) error {
	p, err := page(c)
	if err != nil {
		return err
	}
	return web.SendPublic(c, cached, func() (any, error) {
		list, total, err := h.reading.PublicNotices(web.Context(c), p)
		return fiber.Map{"total": total, "notices": each(list, documentOfPublicNotice)}, err
	})
}

func documentOfPublicNotice(n honours.PublicNotice) publicNotice {
	return publicNotice{
		ID: n.ID, Kind: n.Kind, Campaign: n.Campaign, Honour: n.Honour, HonourName: n.HonourName, HonourEn: n.HonourNameEn, Year: n.Year,
		Place: n.Place, Text: n.Text, StartsOn: calendar.Text(n.StartsOn), EndsOn: calendar.Text(n.EndsOn), Days: n.Days, State: n.State,
		Sum: n.Sum, Nominees: each(n.Nominees, func(p honours.PublicName) publicName { return publicName(p) }),
	}
}

type publicHonour struct {
	Kind       contest.Kind `json:"kind"`
	Honour     string       `json:"honour"`
	HonourName string       `json:"honour_name"`
	HonourEn   string       `json:"honour_name_en"`
	Year       int          `json:"year"`
	Name       string       `json:"name"`
	Unit       string       `json:"unit"`
}

// query reads what the register is asked for.
func query(c *fiber.Ctx) (q honours.HonouredQuery, err error) {
	if q.Page, err = page(c); err != nil {
		return q, err
	}
	if q.Year, err = web.QueryInt(c, "year", 0, 0, 9999); err != nil {
		return q, err
	}
	if q.Honour, err = word(c, "honour"); err != nil {
		return q, err
	}
	q.Q, err = word(c, "q")
	return q, err
}

func (h *rooms) publicHonours(c *fiber.Ctx) error {
	q, err := query(c)
	if err != nil {
		return err
	}
	return web.SendPublic(c, cached, func() (any, error) {
		list, total, err := h.reading.PublicHonours(web.Context(c), q)
		return fiber.Map{"total": total, "honours": each(list, func(v honours.Honoured) publicHonour {
			return publicHonour{v.Kind, v.Honour, v.HonourName, v.HonourEn, v.Year, v.Name, v.Unit}
		})}, err
	})
}

type publicObjection struct {
	Nominee contest.ID `json:"nominee"`
	Name    string     `json:"name"`
	Unit    string     `json:"unit"`
	Contact string     `json:"contact"`
	Text    string     `json:"text"`
}

func (h *rooms) objectPublicly(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	in, err := web.Decode[publicObjection](c)
	if err != nil {
		return err
	}
	ob, err := h.office.ObjectPublicly(web.Context(c), web.Address(c), id, honours.ObjectionDraft{
		Nomination: in.Nominee, Name: in.Name, Unit: in.Unit, Contact: in.Contact, Text: in.Text,
	})
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(fiber.Map{"number": ob.Number, "named": ob.Named, "at": ob.At})
}
