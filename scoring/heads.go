package scoring

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
	l := look{release: b.shownRelease(a)}
	c := l.shows(b.counts())
	lens := b.lensOf(a)
	var rankings []string
	if b.rules != nil && !lens.none && !lens.plain {
		rankings = b.rules.RankedBy()
	}
	return Standings{
		Rankings: rankings,
		N:        b.n[a], Phase: b.phase, Frozen: b.frozen, Sealed: b.Sealed(), Release: l.release,
		Entries: c.entries, Done: c.done, Need: c.need,
	}
}
