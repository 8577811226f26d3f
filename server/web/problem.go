package web

import (
	"encoding/json"
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/fault"
)

// Problem is the body of an error (RFC 9457) and, in answers to batches, the
// error of one item.
type Problem struct {
	Type       string        `json:"type"`
	Title      string        `json:"title"`
	Status     int           `json:"status"`
	Code       string        `json:"code"`
	RequestID  string        `json:"request_id"`
	RetryAfter int           `json:"retry_after,omitempty"` // seconds
	Fields     []fault.Field `json:"fields,omitempty"`
}

// MediaProblem is the content type of errors.
const MediaProblem = "application/problem+json"

var statuses = map[fault.Kind]int{
	fault.Internal:        fiber.StatusInternalServerError,
	fault.Malformed:       fiber.StatusBadRequest,
	fault.Refused:         fiber.StatusUnprocessableEntity,
	fault.Unauthenticated: fiber.StatusUnauthorized,
	fault.Forbidden:       fiber.StatusForbidden,
	fault.Missing:         fiber.StatusNotFound,
	fault.Method:          fiber.StatusMethodNotAllowed,
	fault.Stale:           fiber.StatusConflict,
	fault.TooLarge:        fiber.StatusRequestEntityTooLarge,
	fault.Unsupported:     fiber.StatusUnsupportedMediaType,
	fault.Closed:          fiber.StatusLocked,
	fault.Busy:            fiber.StatusTooManyRequests,
	fault.Unavailable:     fiber.StatusServiceUnavailable,
	fault.UnknownOutcome:  fiber.StatusServiceUnavailable,
	fault.Storage:         fiber.StatusInsufficientStorage,
}

// Status is the HTTP status of a kind.
func Status(k fault.Kind) int {
	if s, ok := statuses[k]; ok {
		return s
	}
	return fiber.StatusInternalServerError
}

// ProblemOf describes err for the reader of the request; a foreign error is
// server.internal and its text stays with us.
func ProblemOf(c *fiber.Ctx, err error) Problem {
	return problemOf(err, Language(c), RequestID(c))
}

func problemOf(err error, language, request string) Problem {
	f := fault.Of(fromFiber(err))
	return Problem{
		Type:       "about:blank",
		Title:      Title(f.Code, language),
		Status:     Status(f.Kind),
		Code:       f.Code,
		RequestID:  request,
		RetryAfter: f.RetryAfter,
		Fields:     f.Fields,
	}
}

// problem writes the answer. Headers that a handler set for its success (a
// file name, an ETag, a cache rule) do not describe an error.
func (b *base) problem(c *fiber.Ctx, f *fault.Error) error {
	p := ProblemOf(c, f)
	switch {
	case isRefusal(f):
		b.seldom.warn(b.cfg.Log, b.cfg.Now(), f, c.Route().Path)
	case p.Status >= fiber.StatusInternalServerError:
		b.cfg.Log.Error("request failed", "request_id", p.RequestID, "method", c.Method(),
			"route", c.Route().Path, "code", f.Code, "error", f.Error())
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	for _, h := range []string{"ETag", "Content-Disposition", "Content-Encoding"} {
		c.Response().Header.Del(h)
	}
	if p.RetryAfter > 0 {
		c.Set("Retry-After", strconv.Itoa(p.RetryAfter))
	}
	c.Set("Cache-Control", "no-store")
	c.Set("Content-Type", MediaProblem)
	c.Set("Content-Language", Language(c))
	return c.Status(p.Status).Send(body)
}

// fromFiber names what the framework found wrong before a handler ran.
func fromFiber(err error) error {
	var known *fault.Error
	if errors.As(err, &known) {
		return err
	}
	var e *fiber.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code {
	case fiber.StatusNotFound:
		return fault.New(fault.Missing, "web.missing")
	case fiber.StatusMethodNotAllowed:
		return fault.New(fault.Method, "web.method")
	case fiber.StatusRequestEntityTooLarge:
		return fault.New(fault.TooLarge, "web.body_too_large")
	case fiber.StatusUpgradeRequired:
		return fault.New(fault.Malformed, "web.upgrade")
	case fiber.StatusBadRequest, fiber.StatusRequestHeaderFieldsTooLarge:
		return fault.Wrap(err, fault.Malformed, "web.request")
	case fiber.StatusRequestTimeout, fiber.StatusBadGateway:
		return fault.Wrap(err, fault.Malformed, "web.cut_off")
	}
	return err
}
