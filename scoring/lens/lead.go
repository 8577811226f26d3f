package lens

import "jiangtai/scoring/report"

// Lead is a way of seeing rows, and the audiences that share it: rows are written for
// the first of them.
type Lead struct {
	Lens Lens
	All  bool // the lens leaves nothing out
	Who  []report.Audience
}

// Leads are the ways in which audiences see rows, but for those that are told of none.
func Leads(seen *[report.Audiences]Look, untold *[report.Audiences]bool) []Lead {
	var leads []Lead
next:
	for a := range report.Audiences {
		l := seen[a].Lens
		if untold[a] || l.None {
			continue
		}
		for i := range leads {
			if leads[i].Lens == l {
				leads[i].Who = append(leads[i].Who, a)
				continue next
			}
		}
		leads = append(leads, Lead{l, l == Lens{}, []report.Audience{a}})
	}
	return leads
}
