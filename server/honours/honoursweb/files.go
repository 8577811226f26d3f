package honoursweb

import (
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours/calendar"
	"jiangtai/server/honours/material"
	"jiangtai/server/web"
)

type fileDocument struct {
	Sum  string    `json:"sum"`
	Name string    `json:"name"`
	Type string    `json:"type"`
	Size int       `json:"size"`
	At   time.Time `json:"at"`
}

func documentOfFile(f material.File) fileDocument {
	return fileDocument{f.Sum, f.Name, f.Type, f.Size, f.At}
}

// nominee reads whose files are meant.
func nomineeOf(c *fiber.Ctx) (contest.ID, error) {
	return web.QueryID(c, "nomination")
}

func (h *rooms) keepFile(c *fiber.Ctx) error {
	id, err := nomineeOf(c)
	if err != nil {
		return err
	}
	name := strings.Clone(c.Query("name"))
	f, err := h.papers.Keep(web.Context(c), web.Actor(c), id, name, append([]byte{}, c.Body()...))
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(fiber.Map{"file": documentOfFile(f)})
}

func (h *rooms) listFiles(c *fiber.Ctx) error {
	id, err := nomineeOf(c)
	if err != nil {
		return err
	}
	list, err := h.papers.List(web.Context(c), web.Actor(c), id)
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"files": each(list, documentOfFile)})
}

// openFile gives a file to be saved, never to be shown by the program's own
// pages.
func (h *rooms) openFile(c *fiber.Ctx) error {
	id, err := nomineeOf(c)
	if err != nil {
		return err
	}
	f, body, err := h.papers.Open(web.Context(c), web.Actor(c), id, strings.Clone(c.Params("sum")))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, f.Type)
	c.Set(fiber.HeaderContentDisposition, "attachment; filename*=UTF-8''"+url.PathEscape(f.Name))
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return c.Send(body)
}

type yearDocument struct {
	Year int      `json:"year"`
	Off  []string `json:"off"`
	Work []string `json:"work"`
}

// calendar gives the official days of the years that are known.
func (h *rooms) calendar(c *fiber.Ctx) error {
	if c.Query("from") != "" {
		return h.noticeEnd(c)
	}
	years := []yearDocument{}
	for _, y := range h.office.Calendar.Years() {
		years = append(years, yearDocument{y.Year, each(y.Off, calendar.Text), each(y.Work, calendar.Text)})
	}
	return c.JSON(fiber.Map{"years": years, "end": ""})
}

// noticeEnd says when a notice of some days would end.
func (h *rooms) noticeEnd(c *fiber.Ctx) error {
	from, err := calendar.ParseDay(c.Query("from"))
	if err != nil {
		return fault.New(fault.Malformed, "web.query", fault.At("from", "web.query", ""))
	}
	n, err := web.QueryInt(c, "days", 5, 1, 60)
	if err != nil {
		return err
	}
	end, err := h.office.Calendar.End(from, n)
	if err != nil {
		return fault.Wrap(err, fault.Stale, "honours.calendar")
	}
	return c.JSON(fiber.Map{"years": []yearDocument{}, "end": calendar.Text(end)})
}
