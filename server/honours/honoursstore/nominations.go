package honoursstore

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/server/contest"
	"jiangtai/server/honours"
)

type nominationRow struct {
	ID        uuid.UUID      `db:"nomination_id"`
	Campaign  uuid.UUID      `db:"campaign_id"`
	Body      uuid.UUID      `db:"body_id"`
	Proposal  uuid.NullUUID  `db:"proposal_id"`
	PersonKey string         `db:"person_key"`
	UnitKey   string         `db:"unit_key"`
	Name      string         `db:"name"`
	Unit      string         `db:"unit"`
	Category  string         `db:"category"`
	Traits    pq.StringArray `db:"traits"`
	Deeds     string         `db:"deeds"`
	NewMerit  string         `db:"new_merit"`
	Files     pq.StringArray `db:"files"`
	Step      string         `db:"step"`
	State     string         `db:"state"`
	Round     int            `db:"round"`
	Sum       []byte         `db:"content_hash"`
	CreatedAt time.Time      `db:"created_at"`
}

func (r nominationRow) nomination() (honours.Nomination, error) {
	return honours.Nomination{
		Content: honours.Content{
			PersonKey: r.PersonKey, UnitKey: r.UnitKey, Name: r.Name, Unit: r.Unit, Category: r.Category,
			Traits: append([]string{}, r.Traits...), Deeds: r.Deeds, NewMerit: r.NewMerit, Files: append([]string{}, r.Files...),
		},
		ID: contest.ID(r.ID), Campaign: contest.ID(r.Campaign), Body: contest.ID(r.Body), Proposal: maybe(r.Proposal),
		Step: r.Step, State: honours.State(r.State), Round: r.Round, Sum: hash(r.Sum), CreatedAt: r.CreatedAt.UTC(),
	}, nil
}

const (
	nominationColumns = `nomination_id, campaign_id, body_id, proposal_id, person_key, unit_key, name, unit, category, traits, deeds,
       new_merit, files, step, state, round, content_hash, created_at`

	createNominationSQL = `
INSERT INTO honour_nominations (` + nominationColumns + `)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`

	findNominationSQL = `SELECT ` + nominationColumns + ` FROM honour_nominations WHERE nomination_id = $1`

	listNominationsSQL = `
SELECT ` + nominationColumns + ` FROM honour_nominations WHERE campaign_id = $1 ORDER BY created_at, nomination_id`

	changeNominationSQL = `
UPDATE honour_nominations
   SET person_key = $2, unit_key = $3, name = $4, unit = $5, category = $6, traits = $7, deeds = $8, new_merit = $9, files = $10,
       step = $11, state = $12, round = $13, content_hash = $14
 WHERE nomination_id = $1`
)

// CreateNomination is honours.Nominations.
func (s *Store) CreateNomination(ctx context.Context, n honours.Nomination) error {
	return s.exec(ctx, "create a nomination", createNominationSQL, n.ID.String(), n.Campaign.String(), n.Body.String(), optional(n.Proposal),
		n.PersonKey, n.UnitKey, n.Name, n.Unit, n.Category, pq.Array(n.Traits), n.Deeds, n.NewMerit, pq.Array(n.Files),
		n.Step, string(n.State), n.Round, n.Sum[:], n.CreatedAt)
}

// FindNomination is honours.Nominations.
func (s *Store) FindNomination(ctx context.Context, id contest.ID) (honours.Nomination, error) {
	return find(ctx, s, "honours.nomination_missing", nominationRow.nomination, findNominationSQL, id.String())
}

// ListNominations is honours.Nominations.
func (s *Store) ListNominations(ctx context.Context, campaign contest.ID) ([]honours.Nomination, error) {
	return list(ctx, s, "list nominations", nominationRow.nomination, listNominationsSQL, campaign.String())
}

// ChangeNomination is honours.Nominations.
func (s *Store) ChangeNomination(ctx context.Context, n honours.Nomination) error {
	return s.exec(ctx, "change a nomination", changeNominationSQL, n.ID.String(), n.PersonKey, n.UnitKey, n.Name, n.Unit, n.Category,
		pq.Array(n.Traits), n.Deeds, n.NewMerit, pq.Array(n.Files), n.Step, string(n.State), n.Round, n.Sum[:])
}

type opinionRow struct {
	Nomination uuid.UUID    `db:"nomination_id"`
	Round      int          `db:"round"`
	Department string       `db:"department"`
	Answer     string       `db:"answer"`
	Number     string       `db:"number"`
	GivenOn    sql.NullTime `db:"given_on"`
	ExpiresOn  sql.NullTime `db:"expires_on"`
	At         time.Time    `db:"recorded_at"`
}

const (
	appendOpinionSQL = `
INSERT INTO honour_opinions (nomination_id, round, department, answer, number, given_on, expires_on, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`

	listOpinionsSQL = `
SELECT nomination_id, round, department, answer, number, given_on, expires_on, recorded_at
  FROM honour_opinions WHERE nomination_id = $1 ORDER BY opinion_id`
)

// AppendOpinion is honours.Opinions.
func (s *Store) AppendOpinion(ctx context.Context, op honours.Opinion) error {
	return s.exec(ctx, "append an opinion", appendOpinionSQL, op.Nomination.String(), op.Round, op.Department, op.Answer, op.Number,
		op.GivenOn, op.ExpiresOn, op.At)
}

// ListOpinions is honours.Opinions.
func (s *Store) ListOpinions(ctx context.Context, nomination contest.ID) ([]honours.Opinion, error) {
	return list(ctx, s, "list opinions", func(r opinionRow) (honours.Opinion, error) {
		return honours.Opinion{
			Nomination: contest.ID(r.Nomination), Round: r.Round, Department: r.Department, Answer: r.Answer, Number: r.Number,
			GivenOn: day(r.GivenOn), ExpiresOn: day(r.ExpiresOn), At: r.At.UTC(),
		}, nil
	}, listOpinionsSQL, nomination.String())
}

const (
	appendVoterSQL  = `INSERT INTO honour_voters (nomination_id, round, account_id) VALUES ($1, $2, $3)`
	findVoterSQL    = `SELECT account_id FROM honour_voters WHERE nomination_id = $1 AND round = $2 AND account_id = $3`
	appendBallotSQL = `INSERT INTO honour_ballots (ballot_id, nomination_id, round, choice) VALUES ($1, $2, $3, $4)`
	countVotesSQL   = `
SELECT choice, count(*) AS votes FROM honour_ballots WHERE nomination_id = $1 AND round = $2 GROUP BY choice ORDER BY choice`
)

// AppendVote is honours.Ballots.
func (s *Store) AppendVote(ctx context.Context, nomination contest.ID, round int, account, ballot contest.ID, choice string) error {
	if err := s.exec(ctx, "append a voter", appendVoterSQL, nomination.String(), round, account.String()); err != nil {
		return err
	}
	return s.exec(ctx, "append a ballot", appendBallotSQL, ballot.String(), nomination.String(), round, choice)
}

type votesRow struct {
	Choice string `db:"choice"`
	Votes  int    `db:"votes"`
}

// HasVoted is honours.Ballots.
func (s *Store) HasVoted(ctx context.Context, nomination contest.ID, round int, account contest.ID) (bool, error) {
	found, err := list(ctx, s, "look for a voter", func(id uuid.UUID) (uuid.UUID, error) { return id, nil }, findVoterSQL,
		nomination.String(), round, account.String())
	return len(found) > 0, err
}

// CountVotes is honours.Ballots.
func (s *Store) CountVotes(ctx context.Context, nomination contest.ID, round int) (map[string]int, error) {
	rows, err := list(ctx, s, "count votes", func(r votesRow) (votesRow, error) { return r, nil }, countVotesSQL, nomination.String(), round)
	out := map[string]int{}
	for _, r := range rows {
		out[r.Choice] = r.Votes
	}
	return out, err
}
