package programme

import (
	"context"
	"slices"
	"strconv"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme/numbering"
)

// Numbering is the number of what entries belong to.
type Numbering = numbering.Number

// Move says who moved an entry to another team, group, county or unit while marking
// ran (归属变更), and why.
type Move struct {
	Entry  contest.ID
	By     contest.ID
	Reason string
	At     time.Time
}

// Belonging is what an entry belongs to (归属), as records tell it. By is zero where
// nobody has moved it since the opening.
type Belonging struct {
	Team   scoring.EntryID // a member's; 0: none
	In     scoring.Groups
	By     contest.ID
	Reason string
}

// Groups gives the shown names of an event's group numbers, by group, county and
// unit. It asks no permission: whoever shows them must be allowed to join names.
func (d *Directory) Groups(ctx context.Context, event contest.ID) (map[string]map[int]string, error) {
	list, err := d.store.ListGroups(ctx, event)
	out := map[string]map[int]string{}
	for _, n := range list {
		if out[n.By] == nil {
			out[n.By] = map[int]string{}
		}
		out[n.By][n.N] = n.Name
	}
	return out, err
}

// Belongings tells what the entries of an event belong to, in the words that its
// scheme ranks by, and in which team they are where it has teams. Names that have
// no number yet get one.
func (d *Directory) Belongings(ctx context.Context, event contest.ID, entries []contest.Entry, words []string) (map[contest.ID]Belonging, error) {
	numbers, err := d.numbers(ctx, event, entries, words)
	if err != nil {
		return nil, err
	}
	moves, err := d.store.ListMoves(ctx, event)
	if err != nil {
		return nil, err
	}
	ordinals, out := map[contest.ID]scoring.EntryID{}, make(map[contest.ID]Belonging, len(entries))
	for _, e := range entries {
		ordinals[e.ID] = e.Ordinal
	}
	for _, e := range entries {
		b := Belonging{Team: ordinals[e.Team]}
		for i, by := range numbering.Words {
			if key, _ := numbering.KeyOf(e, by); key != "" && slices.Contains(words, by) {
				b.In[i] = numbers[Numbering{By: by, Key: key}]
			}
		}
		out[e.ID] = b
	}
	for _, m := range moves {
		if b, ok := out[m.Entry]; ok {
			b.By, b.Reason = m.By, m.Reason
			out[m.Entry] = b
		}
	}
	return out, nil
}

// numbers are the numbers of all that the entries belong to, by word and key.
func (d *Directory) numbers(ctx context.Context, event contest.ID, entries []contest.Entry, words []string) (map[Numbering]uint16, error) {
	list, err := d.store.ListGroups(ctx, event)
	if err != nil {
		return nil, err
	}
	if numbering.Lacking(list, entries, words) != nil {
		err = d.work.Do(ctx, func(ctx context.Context) error {
			if _, err := d.store.LockEvent(ctx, event); err != nil {
				return err
			}
			if list, err = d.store.ListGroups(ctx, event); err != nil {
				return err
			}
			more := numbering.Lacking(list, entries, words)
			list = append(list, more...)
			return d.store.AddGroups(ctx, event, more)
		})
	}
	out := make(map[Numbering]uint16, len(list))
	for _, n := range list {
		out[Numbering{By: n.By, Key: n.Key}] = uint16(n.N)
	}
	return out, err
}

// moved are the rows of the entries that belong elsewhere than before, in what the
// event ranks by or adds up.
func moved(was, now []contest.Entry, o Outline) []int {
	known := byNumber(was)
	var out []int
	for i, e := range now {
		old := known[e.EntryNo]
		elsewhere := o.Teams && old.Team != e.Team
		for _, by := range o.Rankings {
			a, _ := numbering.KeyOf(old, by)
			b, _ := numbering.KeyOf(e, by)
			elsewhere = elsewhere || a != b
		}
		if elsewhere {
			out = append(out, i)
		}
	}
	return out
}

// moving refuses moves in an open event that cannot become records: while it is
// sealed the number of a unit would tell whose work is whose, and a published
// result stands. A move has a reason.
func moving(rows []int, shape Outline, state Openings, reason string) error {
	if len(rows) == 0 {
		return nil
	}
	at := "/entries/" + strconv.Itoa(rows[0])
	switch {
	case state.Official:
		return fault.New(fault.Refused, "programme.official", fault.At(at, "programme.official", ""))
	case shape.Sealed() && !state.Unsealed:
		return fault.New(fault.Refused, "programme.sealed", fault.At(at, "programme.sealed", ""))
	case reason == "":
		return fault.New(fault.Refused, "programme.reason", fault.At("/reason", "programme.reason", ""))
	}
	return nil
}

// keepMoves notes who moved entries and why.
func (o *Office) keepMoves(ctx context.Context, a contest.Actor, list []contest.Entry, rows []int, reason string) error {
	if len(rows) == 0 {
		return nil
	}
	moves := make([]Move, 0, len(rows))
	for _, i := range rows {
		moves = append(moves, Move{Entry: list[i].ID, By: a.Who(), Reason: reason, At: o.Now()})
	}
	return o.Store.SaveMoves(ctx, moves)
}
