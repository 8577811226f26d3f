package judging

import (
	"crypto/sha256"

	"jiangtai/scoring"
	"jiangtai/server/fault"
	"jiangtai/server/judging/clerk"
	"jiangtai/server/judging/lineup"
)

// prelude are the records that an opening writes before Open itself, all of one
// commit: what is adopted, the policy, who sits where, who competes, who of them did
// not come, and where nothing is sealed what they belong to.
func prelude(s *Setup, act scoring.Command) ([]clerk.Item, error) {
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
		cmds = append(cmds, scoring.Command{Kind: scoring.Admit, Entry: e.Ordinal, Value: e.Admission()})
	}
	for _, e := range s.Entries {
		if e.Status != "" && e.Status != scoring.Competing {
			cmds = append(cmds, scoring.Command{Kind: scoring.SetState, Entry: e.Ordinal, Value: string(e.Status)})
		}
	}
	if rules := s.Rules[s.Version]; !rules.Sealing() {
		for _, o := range lineup.Belongings(s, rules) {
			if o.Value != "" {
				cmds = append(cmds, scoring.Command{Kind: scoring.Belong, Entry: o.Entry, Aspect: o.Aspect, Value: o.Value})
			}
		}
	}
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
