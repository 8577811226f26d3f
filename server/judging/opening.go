package judging

import (
	"crypto/sha256"

	"jiangtai/scoring"
	"jiangtai/server/fault"
)

// prelude are the records that an opening writes before Open itself, all of one
// commit: what is adopted, the policy, who sits where, who competes.
func (c *clerk) prelude(act scoring.Command) ([]item, error) {
	s := c.index.Load().setup
	switch {
	case s.Version == 0 || s.Rules[s.Version] == nil:
		return nil, fault.New(fault.Refused, "judging.no_scheme")
	case len(s.Entries) == 0:
		return nil, fault.New(fault.Refused, "judging.no_entries")
	}
	cmds := []scoring.Command{{Kind: scoring.Adopt, Value: s.Digest}}
	if s.Release != "" {
		cmds = append(cmds, scoring.Command{Kind: scoring.SetRule, Value: string(s.Release)})
	}
	for _, ch := range s.Chairs {
		cmds = append(cmds, scoring.Command{Kind: scoring.Seat, Chair: ch.Number, Aspect: ch.Panel})
	}
	for _, e := range s.Entries {
		cmds = append(cmds, scoring.Command{Kind: scoring.Admit, Entry: e.Ordinal, Value: e.Flags})
	}
	items := make([]item, 0, len(cmds)+1)
	for i, cmd := range cmds {
		cmd.MarkID, cmd.Actor, cmd.Version = derived(act.MarkID, i), act.Actor, s.Version
		it := newItem(cmd, "")
		it.together = true
		items = append(items, it)
	}
	return items, nil
}

// derived is the mark id of the i-th record of an opening: the same at a replay.
func derived(act scoring.ID, i int) scoring.ID {
	var b [18]byte
	copy(b[:], act[:])
	b[16], b[17] = byte(i>>8), byte(i)
	sum := sha256.Sum256(b[:])
	id := scoring.ID(sum[:16])
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80 // a UUID of version 8
	return id
}

// opening fills the batch with an opening and says how many items that were.
// Each is checked on a board of its own that has the ones before, so that the
// event is open as a whole or not at all. The lock is held.
func (c *clerk) opening(left []*item) int {
	n := 0
	for n < len(left) && left[n].together {
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
	scratch := scoring.NewBoard(c.index.Load().setup.Rules)
	for i, it := range all {
		draft, no := scratch.Check(it.cmd)
		if no != nil {
			c.batch.reset(c)
			last.refuse(refused(no))
			return drop(all)
		}
		c.put(it, draft.Command)
		rec := scoring.Record{Command: draft.Command, Seq: uint64(i + 1), At: c.desk.cfg.Now().UnixNano()}
		if err := scratch.Apply(rec, &change); err != nil {
			c.batch.reset(c)
			last.refuse(fault.Of(err))
			return drop(all)
		}
	}
	return n + 1
}

// drop marks an opening's prelude as answered; its last item has an answer of
// its own, or is in the batch.
func drop(all []*item) int {
	for _, it := range all[:len(all)-1] {
		it.done = true
	}
	return len(all)
}
