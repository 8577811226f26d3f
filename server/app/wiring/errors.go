package wiring

import (
	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/live"
)

// errTopicMissing is the same for what is hidden and what is not there.
var errTopicMissing = live.ErrMissing

func parseID(text string) (contest.ID, error) { return scoring.ParseID(text) }
