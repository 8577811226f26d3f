package wiring

import (
	"context"

	"jiangtai/server/judging"
)

// Owed is what one room tells of the records that it owes to an event's ledger.
type Owed func(ctx context.Context, s *judging.Setup) ([]judging.Owed, error)

// Owings are judging's Owing: all rooms' records, in the order in which the rooms
// were opened.
type Owings []Owed

// Owed asks one after the other.
func (o *Owings) Owed(ctx context.Context, s *judging.Setup) ([]judging.Owed, error) {
	var out []judging.Owed
	for _, ask := range *o {
		list, err := ask(ctx, s)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// Add puts a room behind the others, before the desk is open to anybody.
func (o *Owings) Add(list ...Owed) { *o = append(*o, list...) }
