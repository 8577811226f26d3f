package web

import (
	"mime"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/fault"
	"jiangtai/server/web/strict"
)

// Decode reads the body as one JSON value of type T, strictly: the content
// type is application/json in UTF-8; unknown, duplicate and wrongly cased keys
// are refused at any depth, and so are null where T has no pointer, nesting
// over 32, text that is not UTF-8 or holds NUL, other control or bidirectional
// control characters, and anything behind the value. Faults: Unsupported
// web.content_type, Malformed web.json with the JSON pointer of the place.
//
// Only the shape is checked. What the values mean is the room's to say.
func Decode[T any](c *fiber.Ctx) (T, error) {
	var v T
	if err := RequireType(c, fiber.MIMEApplicationJSON); err != nil {
		return v, err
	}
	err := DecodeBytes(c.Body(), &v)
	return v, err
}

// DecodeBytes is Decode for bytes that came another way; v is a pointer.
func DecodeBytes(body []byte, v any) error { return strict.Decode(body, v) }

// RequireType answers Unsupported web.content_type unless the body is of the
// media type. A charset other than UTF-8 is another type.
func RequireType(c *fiber.Ctx, media string) error {
	got, params, err := mime.ParseMediaType(c.Get("Content-Type"))
	charset, stated := params["charset"]
	if err != nil || got != media || stated && !strings.EqualFold(charset, "utf-8") {
		return fault.New(fault.Unsupported, "web.content_type", fault.At("Content-Type", "web.content_type", media))
	}
	return nil
}
