package honours

import (
	"time"

	"jiangtai/server/contest"
)

// PublicNotice is a notice as everybody may read it: names and units, no person
// behind them.
type PublicNotice struct {
	ID           contest.ID
	Kind         contest.Kind
	Campaign     string // its name
	Honour       string
	HonourName   string
	HonourNameEn string
	Year         int
	Place        string
	Text         string
	StartsOn     time.Time
	EndsOn       time.Time
	Days         int
	State        NoticeState
	Sum          string
	Nominees     []PublicName
	// Sequence and Version say where the honour's names are.
	Sequence string
	Version  int
}

// PublicName is a nominee on a public notice, with the number that an objection
// gives back.
type PublicName struct {
	ID         contest.ID // of the nomination: an objection names it, and nobody is told more by it
	Name, Unit string
}

// MaxPage is the longest part of a list.
const MaxPage = 200
