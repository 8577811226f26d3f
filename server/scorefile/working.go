package scorefile

import (
	"fmt"
	"strings"

	"jiangtai/scoring"
	"jiangtai/scoring/working"
)

// workingText is an entry's working as lines to read. key is an entry as the files
// have it.
func workingText(entry string, w *scoring.Working, judges map[scoring.ChairID]string, key func(scoring.EntryID) string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "entry %s: total %s (exact %s)", entry, w.Total, w.Exact)
	if w.Rank > 0 {
		fmt.Fprintf(&b, ", rank %d", w.Rank)
	}
	if !w.Complete {
		fmt.Fprintf(&b, ", incomplete: %d of %d marks", w.Done, w.Need)
	}
	b.WriteByte('\n')
	if w.Team != nil {
		writeTeam(&b, w.Team, key)
	}
	for _, c := range w.Components {
		fmt.Fprintf(&b, "  component %s: %s × %s = %s\n", c.ID, rounded(c.Value, c.Exact), c.Share, c.Shared)
		writePenalties(&b, "    ", c.Penalties)
		for i := range c.Criteria {
			writeCriterion(&b, &c.Criteria[i], judges)
		}
	}
	writePenalties(&b, "  ", w.Penalties)
	for _, t := range w.TieBreak {
		word := "behind"
		if t.Ahead {
			word = "ahead"
		}
		if t.Mine == t.Theirs {
			word = "equal"
		}
		fmt.Fprintf(&b, "  tie: by %s %s %s against %s: %s\n", t.By, t.ID, t.Mine, t.Theirs, word)
	}
	return b.String()
}

// writeTeam says what the members make; those in brackets do not count.
func writeTeam(b *strings.Builder, t *working.Team, key func(scoring.EntryID) string) {
	fmt.Fprintf(b, "  members: %s, %d of %d: %s\n", t.Take, t.Counted, len(t.Members), rounded(t.Value, t.Exact))
	for _, m := range t.Members {
		text := m.Total
		if text == "" {
			text = string(m.Status)
		}
		if !m.Counted {
			text = "(" + text + ")"
		}
		fmt.Fprintf(b, "    %s %s\n", key(m.Entry), text)
	}
}

func writeCriterion(b *strings.Builder, c *working.Criterion, judges map[scoring.ChairID]string) {
	fmt.Fprintf(b, "    %s %s: %s", c.Code, c.ID, rounded(c.Value, c.Exact))
	if c.Factor != "" {
		fmt.Fprintf(b, " with factor %s", c.Factor)
	}
	if c.Void {
		b.WriteString(" void")
	}
	b.WriteByte('\n')
	for i := range c.Aspects {
		a := &c.Aspects[i]
		fmt.Fprintf(b, "      %s %s: %s", a.Code, a.ID, a.Mark)
		if a.Factor != "" {
			fmt.Fprintf(b, " with factor %s", a.Factor)
		}
		b.WriteByte('\n')
		for n := range a.Attempts {
			for _, r := range a.Attempts[n].Rounds {
				writeRound(b, a, n+1, &r, judges)
			}
		}
	}
	writePenalties(b, "      ", c.Penalties)
}

func writeRound(b *strings.Builder, a *working.Aspect, attempt int, r *working.Round, judges map[scoring.ChairID]string) {
	b.WriteString("        ")
	if len(a.Attempts) > 1 {
		fmt.Fprintf(b, "attempt %d: ", attempt)
	}
	for i, m := range r.Marks {
		if i > 0 {
			b.WriteString(", ")
		}
		if name := judges[m.Chair]; name != "" {
			b.WriteString(name + " ")
		}
		text := m.Value
		if m.Kind != "mark" {
			text = strings.ReplaceAll(m.Kind, "_", " ")
		}
		if m.Recused {
			text += " recused"
		}
		if m.Dropped || m.Recused {
			text = "(" + text + ")"
		}
		b.WriteString(text)
	}
	if r.Rejected {
		b.WriteString(" → too far apart, marked again")
	}
	if r.Exact != "" && a.Policy != "" {
		fmt.Fprintf(b, " → %s of %d: %s", a.Policy, r.Used, rounded(a.Attempts[attempt-1].Value, r.Exact))
	}
	b.WriteByte('\n')
}

func writePenalties(b *strings.Builder, indent string, list []working.Penalty) {
	for _, p := range list {
		fmt.Fprintf(b, "%s− %s for %s\n", indent, p.Takes, p.Aspect)
	}
}

// rounded shows the exact value too where rounding changed it.
func rounded(value, exact string) string {
	if value == exact {
		return value
	}
	return value + " (exact " + exact + ")"
}
