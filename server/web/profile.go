package web

import (
	"bytes"
	"context"
	"runtime/pprof"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

const (
	profileFor  = 5 * time.Second
	longProfile = 10 // seconds
)

// profile gives a profile of the process (pprof) to an administrator: what it is
// busy with, never what anybody's data are.
func (b *base) profile(c *fiber.Ctx) error {
	actor, err := Who(c)
	if err != nil {
		return err
	}
	if !actor.Has(contest.ID{}, contest.ID{}, contest.Administrator) {
		return fault.New(fault.Missing, "web.missing")
	}
	var out bytes.Buffer
	if kind := c.Params("profile"); kind == "cpu" {
		err = b.profileCPU(Context(c), c.Query("seconds"), &out)
	} else if p := pprof.Lookup(kind); p != nil {
		err = p.WriteTo(&out, 0)
	} else {
		return fault.New(fault.Missing, "web.missing")
	}
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEOctetStream)
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Send(out.Bytes())
}

func (b *base) profileCPU(ctx context.Context, seconds string, out *bytes.Buffer) error {
	length := profileFor
	if seconds != "" {
		n, err := strconv.Atoi(seconds)
		if err != nil || n < 1 || n > longProfile {
			return fault.New(fault.Malformed, "web.query", fault.At("/seconds", "web.query", strconv.Itoa(longProfile)))
		}
		length = time.Duration(n) * time.Second
	}
	if err := pprof.StartCPUProfile(out); err != nil {
		// Another one runs: there is one for a process.
		f := fault.Wrap(err, fault.Busy, "web.profiling")
		f.RetryAfter = longProfile
		return f
	}
	defer pprof.StopCPUProfile() // writes the rest
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	return nil
}
