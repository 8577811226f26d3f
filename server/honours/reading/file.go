package reading

import (
	"context"
	"slices"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/proposal"
)

// File (推荐材料) is a nomination with all that was gathered on its way.
type File struct {
	Nomination honours.Nomination
	Opinions   []honours.Opinion
	Notices    []honours.Notice
	Objections []honours.Objection
	Records    []chain.Entry
	Proposal   *proposal.Proposal    // the evidence that it began with; nil without
	Cast       int                   // how many of the committee have voted in this round
	Ways       []honours.Way         // what the reader can do
	Names      map[contest.ID]string // of those who did what the records say
}

// File gives one nomination's.
func (r *Room) File(ctx context.Context, a contest.Actor, id contest.ID) (File, error) {
	n, err := r.office.See(ctx, a, id)
	if err != nil {
		return File{}, err
	}
	f := File{Nomination: n, Notices: []honours.Notice{}, Objections: []honours.Objection{}}
	if f.Opinions, err = r.office.Store.ListOpinions(ctx, id); err != nil {
		return f, err
	}
	notices, err := r.office.Store.ListNotices(ctx, n.Campaign)
	if err != nil {
		return f, err
	}
	for _, v := range notices {
		if slices.Contains(v.Nominations, id) {
			v.Nominations = []contest.ID{id} // the others on it may be another union's
			f.Notices = append(f.Notices, v)
		}
	}
	objections, err := r.office.Store.ListObjections(ctx, n.Campaign)
	if err != nil {
		return f, err
	}
	for _, v := range objections {
		if v.Nomination == id {
			f.Objections = append(f.Objections, seenBy(v, a))
		}
	}
	if !n.Proposal.IsZero() {
		p, err := r.office.Store.FindProposal(ctx, n.Proposal)
		if err != nil {
			return f, err
		}
		f.Proposal = &p
	}
	votes, err := r.office.Store.CountVotes(ctx, id, n.Round)
	if err != nil {
		return f, err
	}
	for _, count := range votes {
		f.Cast += count
	}
	if f.Ways, err = r.office.Ways(ctx, a, id); err != nil {
		return f, err
	}
	if f.Records, err = r.entriesOf(ctx, n); err != nil {
		return f, err
	}
	f.Names, err = r.names(ctx, actors(f.Records))
	return f, err
}

func (r *Room) entriesOf(ctx context.Context, n honours.Nomination) ([]chain.Entry, error) {
	c, err := r.office.Store.FindCampaign(ctx, n.Campaign)
	if err != nil {
		return nil, err
	}
	records, err := r.office.Store.ListRecords(ctx, n.Campaign)
	if err != nil {
		return nil, err
	}
	if uint64(len(records)) > c.Head.Seq { // somebody wrote in between
		records = records[:c.Head.Seq]
	}
	all, err := chain.Read(c.ID, c.Head, records)
	if err != nil {
		return nil, fault.Wrap(err, fault.Stale, "honours.chain_broken")
	}
	out := []chain.Entry{}
	for _, e := range all {
		if slices.Contains(e.Nominations, n.ID) {
			if len(e.Nominations) > 1 {
				e.Nominations = []contest.ID{n.ID}
			}
			out = append(out, e)
		}
	}
	return out, nil
}

func actors(list []chain.Entry) []contest.ID {
	out := make([]contest.ID, len(list))
	for i, e := range list {
		out[i] = e.Actor
	}
	return out
}
