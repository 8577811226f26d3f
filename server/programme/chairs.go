package programme

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// inList places faults in the n-th object of a list.
func inList(name string) place {
	return func(row int, field string) string { return "/" + name + "/" + strconv.Itoa(row) + "/" + field }
}

// indexes are the rows of a list that starts at 0.
func indexes(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// Chairs gives an event's chairs by number to its staff.
func (o *Office) Chairs(ctx context.Context, a contest.Actor, id contest.ID) ([]contest.Chair, error) {
	if _, err := o.eventFor(ctx, a, id); err != nil {
		return nil, err
	}
	return o.Store.ListChairs(ctx, id)
}

// PutChairs makes the event's chairs these, by its host or who organises the
// contest. All that is wrong comes at once. Once the event is open only the
// judges in the chairs may change.
func (o *Office) PutChairs(ctx context.Context, a contest.Actor, id contest.ID, list []ChairDraft) ([]contest.Chair, error) {
	var made []contest.Chair
	err := o.editing(ctx, only(&id), func(ctx context.Context) error {
		_, state, err := o.eventToEdit(ctx, a, id, contest.Administrator, contest.Organiser, contest.HostSecretary)
		if err != nil {
			return err
		}
		_, shape, err := o.newest(ctx, id)
		if errors.Is(err, fault.New(fault.Missing, "programme.scheme_missing")) {
			return fault.New(fault.Refused, "programme.scheme_missing")
		}
		if err != nil {
			return err
		}
		was, err := o.Store.ListChairs(ctx, id)
		if err != nil {
			return err
		}
		c := form()
		made = c.Chairs(list, indexes(len(list)), inList("chairs"), shape)
		if err := c.Refuse("programme.invalid"); err != nil {
			return err
		}
		for i := range made {
			made[i].Event = id
		}
		if state.Open && !sameChairs(was, made) {
			return eventOpen()
		}
		if err := o.Store.SaveChairs(ctx, id, made); err != nil {
			return err
		}
		if made, err = o.Store.ListChairs(ctx, id); err != nil {
			return err
		}
		return o.Audit.Record(ctx, a, "chairs.changed", "event/"+id.String(), chairsDetail(was, made))
	})
	return made, err
}

// sameChairs says that two lists differ at most in who sits where.
func sameChairs(was, now []contest.Chair) bool {
	if len(was) != len(now) {
		return false
	}
	at := map[contest.Chair]bool{}
	for _, ch := range was {
		ch.Judge = ""
		at[ch] = true
	}
	for _, ch := range now {
		ch.Judge = ""
		if !at[ch] {
			return false
		}
	}
	return true
}

// chairsDetail says for the audit how many chairs there are and in which of them
// another judge sits now; not who, since the audit outlives names.
func chairsDetail(was, now []contest.Chair) map[string]string {
	before := map[scoring.ChairID]string{}
	for _, ch := range was {
		before[ch.Number] = ch.Judge
	}
	var replaced []string
	for _, ch := range now {
		if judge, ok := before[ch.Number]; ok && judge != "" && judge != ch.Judge {
			replaced = append(replaced, strconv.Itoa(int(ch.Number)))
		}
	}
	return map[string]string{"chairs": strconv.Itoa(len(now)), "replaced": strings.Join(replaced, " ")}
}
