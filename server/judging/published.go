package judging

import (
	"context"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging/official"
)

// Official names an event whose result is official, with the number of its
// ledger's last record.
type Official struct {
	Event, Contest contest.ID
	Seq            uint64
}

// Published is an event's official result (公布的结果) for the rooms that follow
// publications: by ordinals, without names.
type Published struct {
	Event contest.Event
	Kind  contest.Kind
	Seq   uint64 // of the publication's record
	Read  uint64 // the last record that the result holds
	At    time.Time
	Hash  string // chain hash of the publication's record
	List  string // SHA-256 of the rows with their workings
	Rows  []PublishedRow
}

// PublishedRow is an entry of an official result.
type PublishedRow struct {
	Entry   scoring.EntryID
	Rank    int
	Total   string
	Status  scoring.Status
	Passed  *bool  // every component that has a pass mark; nil when none has
	Working string // SHA-256 of the entry's working
	Team    int    `json:",omitempty"` // of a team its members; 0: a person
}

// Officials names the events whose result is official now. It is for rooms that
// follow publications and asks for no permission.
func (d *Desk) Officials() []Official {
	d.mu.Lock()
	posts := make([]*post, 0, len(d.posts))
	for _, p := range d.posts {
		posts = append(posts, p)
	}
	d.mu.Unlock()
	var out []Official
	for _, p := range posts {
		s, done := p.Look()
		if s.Board.Phase() == scoring.Official {
			out = append(out, Official{p.event, p.index.Load().Setup.Event.Contest, s.Seq()})
		}
		done()
	}
	return out
}

// Published is the official result of an event whose publication is recorded
// after a number; false when there is none. It asks for no permission.
func (d *Desk) Published(ctx context.Context, event contest.ID, after uint64) (Published, bool, error) {
	p, err := d.post(ctx, event)
	if err != nil {
		return Published{}, false, err
	}
	out, ok, err := p.published()
	if err != nil || !ok {
		return out, false, err
	}
	found := false
	err = d.cfg.Ledgers.Load(ctx, p.ledger, after, func(l Line) error {
		if l.Seq > out.Read {
			return nil
		}
		rec, err := scoring.ParseRecord(l.Body)
		if err == nil && rec.Kind == scoring.Publish {
			found = true
			out.Seq, out.At, out.Hash = l.Seq, time.Unix(0, rec.At).UTC(), l.Hash.String()
		}
		return err
	})
	return out, found && err == nil, err
}

// published reads the board; false when its result is not official.
func (p *post) published() (Published, bool, error) {
	setup := p.index.Load().Setup
	s, done := p.Look()
	defer done()
	out := Published{Event: setup.Event, Kind: setup.Kind, Read: s.Seq()}
	if s.Board.Phase() != scoring.Official {
		return out, false, nil
	}
	for _, row := range s.Board.View(scoring.Chief).Rows {
		working := s.Board.Working(row.Entry)
		sum, err := official.Digest(working)
		if err != nil {
			return out, false, err
		}
		passed, err := official.Passes(s.Board.Rules(), &working)
		if err != nil {
			return out, false, err
		}
		out.Rows = append(out.Rows, PublishedRow{row.Entry, row.Rank, row.Total, row.Status, passed, sum, len(s.Board.Members(row.Entry))})
	}
	var err error
	out.List, err = official.Digest(out.Rows)
	return out, true, err
}
