package programmeweb

import (
	"bytes"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring/scheme"
	"jiangtai/scoring/scheme/diff"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
	"jiangtai/server/programme/outline"
	"jiangtai/server/web"
)

type stepDocument struct {
	Sort string      `json:"sort"`
	ID   string      `json:"id"`
	Code string      `json:"code"`
	Name scheme.Text `json:"name"`
}

type changeDocument struct {
	Kind    diff.Kind      `json:"kind"`
	Place   stepDocument   `json:"place"`
	Path    []stepDocument `json:"path"`
	Field   string         `json:"field"`
	Before  []scheme.Text  `json:"before"`
	After   []scheme.Text  `json:"after"`
	Again   []string       `json:"again"`
	Touches []diff.Concern `json:"touches"`
}

type costDocument struct {
	Again   []string       `json:"again"`
	New     int            `json:"new"`
	Gone    int            `json:"gone"`
	Touches []diff.Concern `json:"touches"`
}

type changesDocument struct {
	From    int              `json:"from"`
	To      int              `json:"to"` // 0: a draft
	Changes []changeDocument `json:"changes"`
	Cost    costDocument     `json:"cost"`
}

func documentOfStep(s diff.Step) stepDocument { return stepDocument(s) }

func documentOfChange(c diff.Change) changeDocument {
	return changeDocument{
		Kind: c.Kind, Place: documentOfStep(c.Place.Step), Path: each(c.Place.Path, documentOfStep), Field: c.Field,
		Before: list(c.Before), After: list(c.After), Again: list(c.Again), Touches: list(c.Touches),
	}
}

// list is never nil, so that JSON says [].
func list[T any](in []T) []T { return append([]T{}, in...) }

// sendChanges compares two versions by their texts.
func sendChanges(c *fiber.Ctx, from, to int, was, is []byte) error {
	a, err := scheme.Parse(was)
	if err != nil {
		return fault.New(fault.Internal, "programme.scheme_unreadable")
	}
	b, err := scheme.Parse(is)
	if err != nil {
		return fault.New(fault.Internal, "programme.scheme_unreadable")
	}
	return c.JSON(documentOfChanges(from, to, diff.Compare(a, b)))
}

func documentOfChanges(from, to int, changes []diff.Change) changesDocument {
	cost := diff.CostOf(changes)
	return changesDocument{
		From: from, To: to, Changes: each(changes, documentOfChange),
		Cost: costDocument{Again: list(cost.Again), New: cost.New, Gone: cost.Gone, Touches: list(cost.Touches)},
	}
}

// schemeChanges tells what is different between two versions of a scheme.
func (h *rooms) schemeChanges(c *fiber.Ctx) error {
	from, err := askedVersion(c, "from")
	if err != nil {
		return err
	}
	to, err := askedVersion(c, "to")
	if err != nil {
		return err
	}
	versions, err := of(c, func(a contest.Actor, id contest.ID) ([]programme.SchemeVersion, error) {
		return h.office.Schemes(web.Context(c), a, id)
	})
	if err != nil {
		return err
	}
	was, err := version(versions, from)
	if err != nil {
		return err
	}
	is, err := version(versions, to)
	if err != nil {
		return err
	}
	return sendChanges(c, from, to, was.Text, is.Text)
}

// draftChanges tells what a scheme that is not saved changes in the newest one,
// to who may save it.
func (h *rooms) draftChanges(c *fiber.Ctx) error {
	if err := web.RequireType(c, fiber.MIMEApplicationJSON); err != nil {
		return err
	}
	newest, err := of(c, func(a contest.Actor, id contest.ID) (programme.SchemeVersion, error) {
		if err := h.office.CanPutScheme(web.Context(c), a, id); err != nil {
			return programme.SchemeVersion{}, err
		}
		v, _, err := h.office.Scheme(web.Context(c), a, id)
		return v, err
	})
	if err != nil {
		return err
	}
	text := bytes.TrimPrefix(c.Body(), []byte("\xef\xbb\xbf"))
	if _, fields := outline.Read(text, ""); fields != nil {
		return fault.New(fault.Refused, "programme.scheme_faulty", fields...)
	}
	return sendChanges(c, int(newest.Version), 0, newest.Text, text)
}

// askedVersion reads the number of a version from the query.
func askedVersion(c *fiber.Ctx, name string) (int, error) {
	n, err := web.QueryInt(c, name, 0, 1, 65535)
	if err == nil && n == 0 {
		err = fault.New(fault.Malformed, "web.query", fault.At(name, "web.query", "1…65535"))
	}
	return n, err
}

func version(versions []programme.SchemeVersion, n int) (programme.SchemeVersion, error) {
	for _, v := range versions {
		if int(v.Version) == n {
			return v, nil
		}
	}
	return programme.SchemeVersion{}, fault.New(fault.Missing, "programme.version_missing", fault.At("", "programme.version_missing", strconv.Itoa(n)))
}
