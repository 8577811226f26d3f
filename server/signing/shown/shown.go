package shown

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Mark is a mark as the signer knows it. Of marks that differ in their round only
// the newest counts.
type Mark struct {
	Work    string
	Aspect  string
	Attempt uint8
	Round   uint8
	Chair   scoring.ChairID // of summaries; 0 on a chair's own sheet
	Kind    string
	Value   string
}

// Text is what was shown, and its digest is Sum.
type Text string

// Sum is the digest that a signature carries.
func (t Text) Sum() [32]byte { return sha256.Sum256([]byte(t)) }

// MarkSheet is the text of a chair's own marks.
func MarkSheet(event contest.ID, chair scoring.ChairID, version uint16, marks []Mark) Text {
	return write(fmt.Sprintf("jiangtai mark sheet 1\nevent %s\nchair %d\nversion %d\n", event, chair, version), marks)
}

// PanelSummary is the text of a panel's marks.
func PanelSummary(event contest.ID, panel string, version uint16, marks []Mark) Text {
	return write(fmt.Sprintf("jiangtai panel summary 1\nevent %s\npanel %s\nversion %d\n", event, panel, version), marks)
}

// Newest keeps of each place the mark of its newest round.
func Newest(marks []Mark) []Mark {
	sorted := slices.Clone(marks)
	place := func(a, b Mark) int {
		return cmp.Or(cmp.Compare(a.Work, b.Work), cmp.Compare(a.Aspect, b.Aspect), cmp.Compare(a.Attempt, b.Attempt), cmp.Compare(a.Chair, b.Chair))
	}
	slices.SortStableFunc(sorted, func(a, b Mark) int { return cmp.Or(place(a, b), cmp.Compare(b.Round, a.Round)) })
	return slices.CompactFunc(sorted, func(a, b Mark) bool { return place(a, b) == 0 })
}

func write(head string, marks []Mark) Text {
	newest := Newest(marks)
	lines := make([]string, len(newest))
	for i, m := range newest {
		chair := ""
		if m.Chair != 0 {
			chair = fmt.Sprintf("%d\t", m.Chair)
		}
		lines[i] = fmt.Sprintf("%s\t%s\t%d\t%d\t%s%s\t%s\n", m.Work, m.Aspect, m.Attempt, m.Round, chair, m.Kind, m.Value)
	}
	slices.Sort(lines)
	return Text(head + strings.Join(lines, ""))
}
