package clerk

import "context"

// Turns may be implemented by a Ledgers that joins the batches of many ledgers. A
// clerk asks for its turn before it fills a batch, so that the batch has all that came
// while others were written.
type Turns interface {
	// Turn returns when what is appended next is written next. Where nothing is being
	// written that is at once. Others wait for whoever has a turn: he is quick, and
	// ends it with one Append or with Pass.
	Turn() Turn
}

// Turn is a place in the next commit.
type Turn interface {
	// Append is Ledgers' Append.
	Append(ctx context.Context, b *Batch) error
	// Pass gives the place up.
	Pass()
}
