package signingweb

import (
	"encoding/hex"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/signing"
	"jiangtai/server/web"
)

// mountScreens puts the routes of signatures on screens up.
func (h *room) mountScreens(r fiber.Router) {
	in := web.SignedIn
	r.Get("/tablet/signing", in, h.own).Name("signing.tablet.find")
	r.Get("/tablet/signing/summary", in, h.whole).Name("signing.tablet.summary")
	r.Post("/tablet/signatures", in, h.signOnTablet).Name("signing.tablet.sign")
	r.Post("/tablet/signatures/:signature/reopening", in, h.reopen).Name("signing.tablet.reopen")
	r.Get("/events/:id/documents/preview", in, h.preview).Name("signing.preview")
	r.Post("/events/:id/signatures", in, h.signOnConsole).Name("signing.sign")
}

// latest is the last moment that a tablet's clock may show: the year 9999.
const latest = 253_402_300_799_999

type handBody struct {
	SignatureID contest.ID `json:"signature_id"`
	Kind        string     `json:"kind"`
	Panel       string     `json:"panel"`
	Digest      string     `json:"digest"`
	Strokes     string     `json:"strokes"`
	ClientAt    int64      `json:"client_at"` // milliseconds; 0: not told
}

func (b handBody) hand() (signing.Hand, error) {
	out := signing.Hand{ID: b.SignatureID, Of: signing.Of{Kind: signing.Kind(b.Kind), Panel: b.Panel}, Strokes: b.Strokes}
	sum, err := hex.DecodeString(b.Digest)
	switch {
	case b.SignatureID.IsZero():
		return out, fault.New(fault.Malformed, "signing.signature_id", fault.At("/signature_id", "signing.signature_id", ""))
	case err != nil || len(sum) != len(out.Shown):
		return out, fault.New(fault.Malformed, "signing.digest", fault.At("/digest", "signing.digest", ""))
	case b.ClientAt < 0 || b.ClientAt > latest:
		return out, fault.New(fault.Malformed, "signing.client_at", fault.At("/client_at", "signing.client_at", ""))
	}
	copy(out.Shown[:], sum)
	if b.ClientAt > 0 {
		out.ClientAt = time.UnixMilli(b.ClientAt).UTC()
	}
	return out, nil
}

func (h *room) own(c *fiber.Ctx) error {
	o, err := h.desk.Own(web.Context(c), web.Actor(c))
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, ownOf(o))
}

func (h *room) whole(c *fiber.Ctx) error {
	w, err := h.desk.Whole(web.Context(c), web.Actor(c))
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, wholeOf(w))
}

func (h *room) signOnTablet(c *fiber.Ctx) error {
	in, err := web.Decode[handBody](c)
	if err != nil {
		return err
	}
	hand, err := in.hand()
	if err != nil {
		return err
	}
	doc, err := h.desk.SignOnTablet(web.Context(c), web.Actor(c), hand)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusCreated, receiptOf(doc))
}

func (h *room) reopen(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "signature")
	if err != nil {
		return err
	}
	in, err := web.Decode[voiding](c)
	if err != nil {
		return err
	}
	doc, err := h.desk.Reopen(web.Context(c), web.Actor(c), id, in.Reason)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, receiptOf(doc))
}

func (h *room) preview(c *fiber.Ctx) error {
	event, _, err := place(c)
	if err != nil {
		return err
	}
	of := signing.Of{Kind: signing.Kind(c.Query("kind")), Panel: c.Query("panel")}
	if of.Kind != signing.PanelSummary && of.Kind != signing.ResultList {
		return fault.New(fault.Malformed, "signing.unknown_kind", fault.At("kind", "signing.unknown_kind", ""))
	}
	sheet, sum, err := h.desk.Preview(web.Context(c), web.Actor(c), event, of)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, shownSheet{Sheet: sheet, Digest: hex.EncodeToString(sum[:])})
}

func (h *room) signOnConsole(c *fiber.Ctx) error {
	event, _, err := place(c)
	if err != nil {
		return err
	}
	in, err := web.Decode[handBody](c)
	if err != nil {
		return err
	}
	hand, err := in.hand()
	if err != nil {
		return err
	}
	doc, err := h.desk.SignOnConsole(web.Context(c), web.Actor(c), event, hand)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusCreated, documentOf(doc))
}
