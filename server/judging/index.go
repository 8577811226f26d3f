package judging

import "jiangtai/server/judging/lineup"

// index is an event's lineup with what this room asks of it. It never changes.
type index struct{ *lineup.Index }

func newIndex(s *Setup) *index { return &index{lineup.New(s)} }

// place is where an aspect or criterion stands.
type place = lineup.Place

const open = lineup.Open
