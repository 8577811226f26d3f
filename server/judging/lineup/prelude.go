package lineup

import "jiangtai/scoring"

// Prelude is what an opening writes before Open itself: what is adopted, the policy, who
// sits where, who competes, who of them did not come, and where nothing is sealed what
// they belong to. The event has a scheme.
func Prelude(s *Setup) []scoring.Command {
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
		for _, o := range Belongings(s, rules) {
			if o.Value != "" {
				cmds = append(cmds, scoring.Command{Kind: scoring.Belong, Entry: o.Entry, Aspect: o.Aspect, Value: o.Value})
			}
		}
	}
	return cmds
}
