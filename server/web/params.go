package web

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// ParamID reads a path parameter as an id. What is no UUID does not exist:
// Missing web.missing, like an id that nobody has.
func ParamID(c *fiber.Ctx, name string) (contest.ID, error) {
	id, err := scoring.ParseID(c.Params(name))
	if err != nil || id.IsZero() {
		return contest.ID{}, fault.New(fault.Missing, "web.missing")
	}
	return id, nil
}

// QueryID reads a query parameter as an id; the zero id when it is absent.
func QueryID(c *fiber.Ctx, name string) (contest.ID, error) {
	text := c.Query(name)
	if text == "" {
		return contest.ID{}, nil
	}
	id, err := scoring.ParseID(text)
	if err != nil {
		return contest.ID{}, queryFault(name, "UUID")
	}
	return id, nil
}

// QueryInt reads a whole number between low and high, fallback when absent.
func QueryInt(c *fiber.Ctx, name string, fallback, low, high int) (int, error) {
	text := c.Query(name)
	if text == "" {
		return fallback, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < low || n > high {
		return 0, queryFault(name, strconv.Itoa(low)+"…"+strconv.Itoa(high))
	}
	return n, nil
}

func queryFault(name, hint string) error {
	return fault.New(fault.Malformed, "web.query", fault.At(name, "web.query", hint))
}
