package honours

import (
	"context"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/honours/union"
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

// PublicName is a nominee on a public notice.
type PublicName struct{ Name, Unit string }

// MaxPage is the longest part of a list.
const MaxPage = 200

// PublicNotices gives the notices of the city that run or have run, newest
// first, and how many there are.
func (o *Office) PublicNotices(ctx context.Context, p proposal.Page) ([]PublicNotice, int, error) {
	list, total, err := o.Store.ListPublicNotices(ctx, p)
	for i := range list {
		if s := o.sequence(list[i].Sequence, list[i].Version); s != nil {
			list[i].HonourName, list[i].HonourNameEn = s.Name, s.NameEn
		}
	}
	return list, total, err
}

// PublicHonours gives the register's standing lines, newest year first, and how
// many there are. Rehearsals are not in it.
func (o *Office) PublicHonours(ctx context.Context, q HonouredQuery) ([]Honoured, int, error) {
	q.PersonKey, q.Standing = "", true
	list, total, err := o.Store.ListHonoured(ctx, q)
	for i := range list {
		list[i].PersonKey = ""
	}
	return list, total, err
}

// Register gives the register's lines with those revoked, for the office,
// administrators and the committee.
func (o *Office) Register(ctx context.Context, a contest.Actor, q HonouredQuery) ([]Honoured, int, error) {
	if !union.ReadsAll(a) {
		return nil, 0, forbidden()
	}
	return o.Store.ListHonoured(ctx, q)
}
