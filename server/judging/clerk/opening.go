package clerk

import (
	"jiangtai/scoring"
	"jiangtai/server/fault"
)

// opening fills the batch with an opening and says how many items that were.
// Each is checked on a board of its own that has the ones before, so that the
// event is open as a whole or not at all. The lock is held.
func (c *Clerk) opening(left []*Item) int {
	n := 0
	for n < len(left) && left[n].Together {
		n++
	}
	last := left[n]
	all := left[:n+1]
	if c.replayed(last) {
		return drop(all)
	}
	if c.board.Seq() > 0 {
		// Opened before, by another act: the engine says so in its own words.
		c.accept(last)
		return drop(all)
	}
	var change scoring.Change
	scratch := scoring.NewBoard(c.cfg.Rules())
	for i, it := range all {
		draft, no := scratch.Check(it.command)
		if no != nil {
			c.batch.reset(c)
			last.Refuse(refused(no))
			return drop(all)
		}
		c.put(it, draft.Command)
		rec := scoring.Record{Command: draft.Command, Seq: uint64(i + 1), At: c.cfg.Now().UnixNano()}
		if err := scratch.Apply(rec, &change); err != nil {
			c.batch.reset(c)
			last.Refuse(fault.Of(err))
			return drop(all)
		}
	}
	return n + 1
}

// drop marks an opening's prelude as answered; its last item has an answer of
// its own, or is in the batch.
func drop(all []*Item) int {
	for _, it := range all[:len(all)-1] {
		it.done = true
	}
	return len(all)
}
