package keying

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strconv"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Given is what became of a sheet after it was compared.
type Given struct {
	Cells   int
	Waiting int // of the other clerk
	Marks   int // given now
	Refused []Refused
	Differ  int // cells that ask for a person
}

// Refused is a mark that the event did not take.
type Refused struct {
	At   At
	Code string
	Hint string
}

// give gives the marks of the cells that are ready.
func (d *Desk) give(ctx context.Context, a contest.Actor, event contest.ID, h *held) (Given, error) {
	out := Given{Cells: len(h.cells), Refused: []Refused{}}
	var marks []Giving
	for i := range h.cells {
		c := &h.cells[i]
		switch {
		case c.State == Waiting:
			out.Waiting++
		case c.State.isOpen():
			out.Differ++
		case c.State == Ready:
			marks = append(marks, h.giving(event, c, c.Paper, ""))
		}
	}
	for len(marks) > 0 {
		some := marks[:min(len(marks), MaxCells)]
		marks = marks[len(some):]
		answers, err := d.cfg.Sheets.Enter(ctx, a, event, some)
		if err != nil {
			return out, err
		}
		for i, answer := range answers {
			if answer.Code == "" {
				out.Marks++
				continue
			}
			out.Refused = append(out.Refused, Refused{some[i].At, answer.Code, answer.Hint})
		}
	}
	if out.Marks == 0 {
		return out, nil
	}
	return out, d.cfg.Audit.Record(ctx, a, "keying.given", "event/"+event.String(), h.of.detail("marks", strconv.Itoa(out.Marks)))
}

// giving is the mark of a cell. What stands there is replaced, which asks for a reason.
func (h *held) giving(event contest.ID, c *Compared, v Value, reason string) Giving {
	g := Giving{
		Kind: kinds[v.Kind], Chair: h.of.Chair, At: c.At, Value: v.Text, Version: h.sheet.Version, Supersedes: c.Standing.MarkID, Reason: reason,
	}
	if v.Kind == Empty {
		g.Kind = scoring.Withdraw
	}
	g.MarkID = markID(event, h.of, c, v)
	return g
}

var kinds = map[Kind]scoring.Kind{Mark: scoring.Mark, NotPerformed: scoring.NotPerformed}

// markID is the id of a cell's mark: the same when it is given again.
func markID(event contest.ID, of Of, c *Compared, v Value) scoring.ID {
	h := sha256.New()
	h.Write(event[:])
	h.Write(c.Standing.MarkID[:])
	_, _ = fmt.Fprintf(h, "%d\x00%s\x00%s\x00%s\x00%d\x00%d\x00%s\x00%s", of.Chair, of.Criterion, c.Work, c.Aspect, c.Attempt, c.Round, v.Kind, v.Text)
	id := scoring.ID(h.Sum(nil)[:16])
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80 // a UUID of version 8
	return id
}
