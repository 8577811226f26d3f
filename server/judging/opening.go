package judging

import (
	"crypto/sha256"

	"jiangtai/scoring"
	"jiangtai/server/fault"
	"jiangtai/server/judging/clerk"
	"jiangtai/server/judging/lineup"
)

// prelude are the records that an opening writes before Open itself, all of one commit.
func prelude(s *Setup, act scoring.Command) ([]clerk.Item, error) {
	switch {
	case s.Version == 0 || s.Rules[s.Version] == nil:
		return nil, fault.New(fault.Refused, "judging.no_scheme")
	case len(s.Entries) == 0:
		return nil, fault.New(fault.Refused, "judging.no_entries")
	}
	cmds := lineup.Prelude(s)
	items := make([]clerk.Item, 0, len(cmds)+1)
	for i, cmd := range cmds {
		cmd.MarkID, cmd.Actor, cmd.Version = derived(act.MarkID, i), act.Actor, s.Version
		it := clerk.NewItem(cmd, "")
		it.Together = true
		items = append(items, it)
	}
	return items, nil
}

// derived is the mark id of the i-th record that follows from one id: the same
// at a replay.
func derived(from scoring.ID, i int) scoring.ID {
	var b [18]byte
	copy(b[:], from[:])
	b[16], b[17] = byte(i>>8), byte(i)
	return idOf(b[:])
}

// idOf is the id that follows from some bytes: a UUID of version 8.
func idOf(b []byte) scoring.ID {
	sum := sha256.Sum256(b)
	id := scoring.ID(sum[:16])
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	return id
}
