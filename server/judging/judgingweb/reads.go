package judgingweb

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math"
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/web"
)

func (h *room) bundle(c *fiber.Ctx) error {
	h.pending(web.Actor(c), c.Request().Header.Peek(headerPending))
	if n, err := strconv.Atoi(c.Get("X-Jiangtai-Signatures")); err == nil && n >= 0 && n < 1_000 {
		h.desk.Signatures(web.Actor(c), n)
	}
	b, err := h.desk.Bundle(web.Context(c), web.Actor(c))
	if err != nil {
		return err
	}
	head := b.Head
	b.Head = judging.BundleHead{}
	still, err := json.Marshal(b)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(still)
	etag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	c.Set("ETag", etag)
	c.Set("Cache-Control", "private, no-cache")
	if c.Get("If-None-Match") == etag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	b.Head = head
	return c.JSON(b)
}

func (h *room) panel(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	attempt, err := web.QueryInt(c, "attempt", 1, 1, math.MaxUint8)
	if err != nil {
		return err
	}
	work, err := param(c, "work")
	if err != nil {
		return err
	}
	aspect, err := param(c, "aspect")
	if err != nil {
		return err
	}
	v, err := h.desk.Panel(web.Context(c), web.Actor(c), event, work, aspect, uint8(attempt))
	return private(c, v, err)
}

// param is a path parameter without its escapes.
func param(c *fiber.Ctx, name string) (string, error) {
	text, err := url.PathUnescape(c.Params(name))
	if err != nil {
		return "", fault.New(fault.Missing, "judging.missing")
	}
	return text, nil
}

// private answers what is one person's: no cache keeps it.
func private(c *fiber.Ctx, v any, err error) error {
	if err != nil {
		return err
	}
	c.Set("Cache-Control", "no-store")
	return c.JSON(v)
}

func (h *room) progress(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	p, err := h.desk.Progress(web.Context(c), web.Actor(c), event)
	return private(c, p, err)
}

type recordList struct {
	Records []judging.RecordView `json:"records"`
}

func (h *room) records(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	after, err := web.QueryInt(c, "after", 0, 0, math.MaxInt32)
	if err != nil {
		return err
	}
	list, err := h.desk.Records(web.Context(c), web.Actor(c), event, uint64(after))
	return private(c, recordList{list}, err)
}

func (h *room) working(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	work, err := param(c, "work")
	if err != nil {
		return err
	}
	w, err := h.desk.Working(web.Context(c), web.Actor(c), event, work)
	return private(c, w, err)
}

type matrix struct {
	Events []judging.Row `json:"events"`
}

func (h *room) matrix(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	rows, err := h.desk.Matrix(web.Context(c), web.Actor(c), id)
	return private(c, matrix{rows}, err)
}

// ledger streams the export. Its size is not known before, so an export that
// breaks off has no last line: verify says that records are missing.
func (h *room) ledger(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	export, err := h.desk.Export(web.Context(c), web.Actor(c), event)
	if err != nil {
		return err
	}
	c.Set("Content-Type", "application/x-ndjson")
	c.Set("Cache-Control", "no-store")
	c.Set("Content-Disposition", `attachment; filename="ledger-`+export.Ledger.String()+`.jsonl"`)
	c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		// The request's context has ended when this runs.
		_ = export.Write(context.Background(), w)
	})
	return nil
}
