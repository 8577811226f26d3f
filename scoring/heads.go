package scoring

// Head is View without columns and rows, for who follows rows by Change and
// wants only the counts: it costs a few fields where View writes every row.
func (b *Board) Head(a Audience) Standings {
	if a == Public && b.frozen {
		v := b.ice
		v.Columns, v.Rows = nil, nil
		return v
	}
	h := b.head(a)
	return Standings{
		N: b.n[a], Phase: h.phase, Frozen: h.frozen, Sealed: h.sealed, Release: h.release,
		Entries: h.entries, Done: h.done, Need: h.need,
	}
}
