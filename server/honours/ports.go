package honours

import (
	"context"

	"jiangtai/server/contest"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/honours/union"
)

// Work runs fn in one transaction that all rooms' stores join by its context.
type Work interface {
	Do(ctx context.Context, fn func(ctx context.Context) error) error
}

// Audit notes who did what to which object, in the same transaction. The app
// plugs identity.
type Audit interface {
	Record(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) error
}

// Unions are the stored unions.
type Unions interface {
	// SaveBody makes or changes one by its id; a code of another is Stale
	// honours.body_exists.
	SaveBody(ctx context.Context, b union.Body) error
	ListBodies(ctx context.Context) ([]union.Body, error)
}

// Campaigns are the stored campaigns. Finds answer Missing
// honours.campaign_missing.
type Campaigns interface {
	CreateCampaign(ctx context.Context, c Campaign) error
	FindCampaign(ctx context.Context, id contest.ID) (Campaign, error)
	// LockCampaign finds one and holds its row until the transaction ends.
	LockCampaign(ctx context.Context, id contest.ID) (Campaign, error)
	// ListCampaigns gives all, newest year first.
	ListCampaigns(ctx context.Context) ([]Campaign, error)
	ChangeCampaign(ctx context.Context, c Campaign) error
}

// Records are the campaigns' chains. There is no change and no removal.
type Records interface {
	// AppendRecord writes one; its campaign's row must be held.
	AppendRecord(ctx context.Context, r chain.Record) error
	// ListRecords gives a campaign's records in order, with what is beside them.
	ListRecords(ctx context.Context, campaign contest.ID) ([]chain.Record, error)
}

// Nominations are the stored nominations. Finds answer Missing
// honours.nomination_missing; a person twice in a campaign is Stale
// honours.duplicate_person.
type Nominations interface {
	CreateNomination(ctx context.Context, n Nomination) error
	FindNomination(ctx context.Context, id contest.ID) (Nomination, error)
	// ListNominations gives a campaign's, oldest first.
	ListNominations(ctx context.Context, campaign contest.ID) ([]Nomination, error)
	ChangeNomination(ctx context.Context, n Nomination) error
}

// Notices are the stored notices. Finds answer Missing honours.notice_missing.
type Notices interface {
	CreateNotice(ctx context.Context, n Notice) error
	FindNotice(ctx context.Context, id contest.ID) (Notice, error)
	ListNotices(ctx context.Context, campaign contest.ID) ([]Notice, error)
	// ChangeNotice changes state and mark, nothing of what was shown.
	ChangeNotice(ctx context.Context, n Notice) error
	// ListPublicNotices gives the public ones that are open or finished, newest
	// first, with those who are on them, and how many there are.
	ListPublicNotices(ctx context.Context, p proposal.Page) ([]PublicNotice, int, error)
}

// Objections are the stored objections. Finds answer Missing
// honours.objection_missing.
type Objections interface {
	CreateObjection(ctx context.Context, ob Objection) error
	FindObjection(ctx context.Context, id contest.ID) (Objection, error)
	ListObjections(ctx context.Context, campaign contest.ID) ([]Objection, error)
	ChangeObjection(ctx context.Context, ob Objection) error
}

// Opinions are the stored opinions: the newest of a department counts.
type Opinions interface {
	AppendOpinion(ctx context.Context, op Opinion) error
	// ListOpinions gives a nomination's of all rounds, in the order they came.
	ListOpinions(ctx context.Context, nomination contest.ID) ([]Opinion, error)
}

// Ballots are the stored votes.
type Ballots interface {
	// AppendVote keeps that an account has voted, and apart from it the vote; a
	// second vote is Stale honours.voted.
	AppendVote(ctx context.Context, nomination contest.ID, round int, account, ballot contest.ID, choice string) error
	// HasVoted says whether an account has voted in a round.
	HasVoted(ctx context.Context, nomination contest.ID, round int, account contest.ID) (bool, error)
	// CountVotes counts a round's votes by choice.
	CountVotes(ctx context.Context, nomination contest.ID, round int) (map[string]int, error)
}

// Incidents are the stored incidents.
type Incidents interface {
	CreateIncident(ctx context.Context, i Incident) error
	// ListIncidents gives those of the keys, newest first; of all for none.
	ListIncidents(ctx context.Context, keys ...string) ([]Incident, error)
}

// Register is the stored register. Finds answer Missing honours.honour_missing.
type Register interface {
	CreateHonoured(ctx context.Context, h Honoured) error
	FindHonoured(ctx context.Context, id contest.ID) (Honoured, error)
	// ListHonoured gives lines, newest year first, and how many there are.
	ListHonoured(ctx context.Context, q HonouredQuery) ([]Honoured, int, error)
	// ChangeHonoured sets the revocation.
	ChangeHonoured(ctx context.Context, h Honoured) error
}

// Materials tell of the files that are kept with nominations.
type Materials interface {
	// KeepsFile says whether one of the nominations has a file, by its SHA-256.
	KeepsFile(ctx context.Context, nominations []contest.ID, sum string) (bool, error)
}

// HonouredQuery asks the register; what is empty asks for all. Q searches names
// and units.
type HonouredQuery struct {
	Honour    string
	Year      int
	PersonKey string
	Q         string
	Standing  bool // only what was not revoked
	Page      proposal.Page
}

// Store is all that the room keeps.
type Store interface {
	proposal.Proposals
	Unions
	Campaigns
	Records
	Nominations
	Notices
	Objections
	Opinions
	Ballots
	Incidents
	Materials
	Register
}
