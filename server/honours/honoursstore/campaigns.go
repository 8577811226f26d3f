package honoursstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/server/contest"
	"jiangtai/server/honours"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/union"
)

type bodyRow struct {
	ID      uuid.UUID      `db:"body_id"`
	Code    string         `db:"code"`
	Name    string         `db:"name"`
	Kind    string         `db:"kind"`
	Parent  uuid.NullUUID  `db:"parent_id"`
	Weight  int64          `db:"weight"`
	Members pq.StringArray `db:"members"`
}

const (
	saveBodySQL = `
INSERT INTO honour_bodies (body_id, code, name, kind, parent_id, weight, members)
VALUES ($1, $2, $3, $4, $5, $6, $7::uuid[])
    ON CONFLICT (body_id) DO UPDATE
   SET code = EXCLUDED.code, name = EXCLUDED.name, kind = EXCLUDED.kind, parent_id = EXCLUDED.parent_id,
       weight = EXCLUDED.weight, members = EXCLUDED.members`

	listBodiesSQL = `
SELECT body_id, code, name, kind, parent_id, weight, members FROM honour_bodies ORDER BY code COLLATE "C"`
)

// SaveBody is honours.Unions.
func (s *Store) SaveBody(ctx context.Context, b union.Body) error {
	return s.exec(ctx, "save a union", saveBodySQL, b.ID.String(), b.Code, b.Name, string(b.Kind), optional(b.Parent), b.Weight, ids(b.Members))
}

// ListBodies is honours.Unions.
func (s *Store) ListBodies(ctx context.Context) ([]union.Body, error) {
	return list(ctx, s, "list unions", func(r bodyRow) (union.Body, error) {
		members, err := parsed(r.Members)
		return union.Body{
			ID: contest.ID(r.ID), Code: r.Code, Name: r.Name, Kind: contest.UnitKind(r.Kind), Parent: maybe(r.Parent), Weight: r.Weight, Members: members,
		}, err
	}, listBodiesSQL)
}

type campaignRow struct {
	ID        uuid.UUID    `db:"campaign_id"`
	Kind      string       `db:"kind"`
	Sequence  string       `db:"sequence"`
	Version   int          `db:"version"`
	Honour    string       `db:"honour"`
	Year      int          `db:"year"`
	Name      string       `db:"name"`
	Places    int          `db:"places"`
	Committee int          `db:"committee"`
	Quotas    []byte       `db:"quotas"`
	Deadline  sql.NullTime `db:"deadline"`
	Seq       int64        `db:"seq"`
	Head      []byte       `db:"head_hash"`
	CreatedAt time.Time    `db:"created_at"`
}

func (r campaignRow) campaign() (honours.Campaign, error) {
	c := honours.Campaign{
		ID: contest.ID(r.ID), Kind: contest.Kind(r.Kind), Sequence: r.Sequence, Version: r.Version, Honour: r.Honour, Year: r.Year, Name: r.Name,
		Places: r.Places, Committee: r.Committee, Deadline: day(r.Deadline), Head: chain.Head{Seq: uint64(r.Seq), Hash: hash(r.Head)},
		CreatedAt: r.CreatedAt.UTC(),
	}
	return c, json.Unmarshal(r.Quotas, &c.Quotas)
}

const (
	createCampaignSQL = `
INSERT INTO honour_campaigns (campaign_id, kind, sequence, version, honour, year, name, places, committee, quotas, deadline, seq, head_hash, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`

	campaignColumns = `campaign_id, kind, sequence, version, honour, year, name, places, committee, quotas, deadline, seq, head_hash, created_at`

	findCampaignSQL  = `SELECT ` + campaignColumns + ` FROM honour_campaigns WHERE campaign_id = $1`
	lockCampaignSQL  = findCampaignSQL + ` FOR UPDATE`
	listCampaignsSQL = `SELECT ` + campaignColumns + ` FROM honour_campaigns ORDER BY year DESC, created_at DESC, campaign_id`

	changeCampaignSQL = `
UPDATE honour_campaigns SET places = $2, committee = $3, quotas = $4, deadline = $5, seq = $6, head_hash = $7 WHERE campaign_id = $1`
)

// CreateCampaign is honours.Campaigns.
func (s *Store) CreateCampaign(ctx context.Context, c honours.Campaign) error {
	quotas, err := asJSON(c.Quotas)
	if err != nil {
		return err
	}
	return s.exec(ctx, "create a campaign", createCampaignSQL, c.ID.String(), string(c.Kind), c.Sequence, c.Version, c.Honour, c.Year, c.Name,
		c.Places, c.Committee, quotas, date(c.Deadline), int64(c.Head.Seq), c.Head.Hash[:], c.CreatedAt)
}

// FindCampaign is honours.Campaigns.
func (s *Store) FindCampaign(ctx context.Context, id contest.ID) (honours.Campaign, error) {
	return find(ctx, s, "honours.campaign_missing", campaignRow.campaign, findCampaignSQL, id.String())
}

// LockCampaign is honours.Campaigns.
func (s *Store) LockCampaign(ctx context.Context, id contest.ID) (honours.Campaign, error) {
	return find(ctx, s, "honours.campaign_missing", campaignRow.campaign, lockCampaignSQL, id.String())
}

// ListCampaigns is honours.Campaigns.
func (s *Store) ListCampaigns(ctx context.Context) ([]honours.Campaign, error) {
	return list(ctx, s, "list campaigns", campaignRow.campaign, listCampaignsSQL)
}

// ChangeCampaign is honours.Campaigns.
func (s *Store) ChangeCampaign(ctx context.Context, c honours.Campaign) error {
	quotas, err := asJSON(c.Quotas)
	if err != nil {
		return err
	}
	return s.exec(ctx, "change a campaign", changeCampaignSQL, c.ID.String(), c.Places, c.Committee, quotas, date(c.Deadline),
		int64(c.Head.Seq), c.Head.Hash[:])
}

type recordRow struct {
	Campaign uuid.UUID      `db:"campaign_id"`
	Seq      int64          `db:"seq"`
	ID       uuid.UUID      `db:"record_id"`
	At       time.Time      `db:"recorded_at"`
	Body     []byte         `db:"body"`
	Hash     []byte         `db:"hash"`
	Text     sql.NullString `db:"text"`
}

const (
	appendRecordSQL = `INSERT INTO honour_steps (campaign_id, seq, record_id, recorded_at, body, hash) VALUES ($1, $2, $3, $4, $5, $6)`
	appendTextSQL   = `INSERT INTO honour_texts (record_id, text) VALUES ($1, $2)`

	listRecordsSQL = `
SELECT s.campaign_id, s.seq, s.record_id, s.recorded_at, s.body, s.hash, t.text
  FROM honour_steps s LEFT JOIN honour_texts t ON t.record_id = s.record_id
 WHERE s.campaign_id = $1
 ORDER BY s.seq`
)

// AppendRecord is honours.Records.
func (s *Store) AppendRecord(ctx context.Context, r chain.Record) error {
	err := s.exec(ctx, "append a record", appendRecordSQL, r.Campaign.String(), int64(r.Seq), r.ID.String(), r.At, r.Body, r.Hash[:])
	if err != nil || r.Text == "" {
		return err
	}
	return s.exec(ctx, "append a text", appendTextSQL, r.ID.String(), r.Text)
}

// ListRecords is honours.Records.
func (s *Store) ListRecords(ctx context.Context, campaign contest.ID) ([]chain.Record, error) {
	return list(ctx, s, "list records", func(r recordRow) (chain.Record, error) {
		return chain.Record{
			Campaign: contest.ID(r.Campaign), Seq: uint64(r.Seq), ID: contest.ID(r.ID), At: r.At.UTC(), Body: r.Body, Hash: hash(r.Hash), Text: r.Text.String,
		}, nil
	}, listRecordsSQL, campaign.String())
}
