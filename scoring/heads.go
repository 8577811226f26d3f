package scoring

import "jiangtai/scoring/lens"

// Head is View without columns and rows, for who follows rows by Change and
// wants only the counts: it costs a few fields where View writes every row.
func (b *Board) Head(a Audience) Standings {
	if a == Public && b.frozen {
		v := b.ice
		v.Columns, v.Rows = nil, nil
		return v
	}
	return b.header(a)
}

// header is what a view says beside its rows.
func (b *Board) header(a Audience) Standings {
	l := lens.Of(a, b.state())
	c := l.Shows(b.counts())
	var rankings []string
	if b.rules != nil && !l.Lens.None && !l.Lens.Plain {
		rankings = b.rules.RankedBy()
	}
	return Standings{
		Rankings: rankings,
		N:        b.n[a], Phase: l.Phase, Frozen: l.Frozen, Sealed: l.Sealed, Release: l.Release,
		Entries: c.Entries, Done: c.Done, Need: c.Need,
	}
}
