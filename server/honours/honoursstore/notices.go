package honoursstore

import (
	"context"
	"database/sql"
	"encoding/hex"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/server/contest"
	"jiangtai/server/honours"
	"jiangtai/server/honours/proposal"
)

type noticeRow struct {
	ID          uuid.UUID      `db:"notice_id"`
	Campaign    uuid.UUID      `db:"campaign_id"`
	Step        string         `db:"step"`
	Public      bool           `db:"public"`
	Place       string         `db:"place"`
	Text        string         `db:"text"`
	StartsOn    sql.NullTime   `db:"starts_on"`
	EndsOn      sql.NullTime   `db:"ends_on"`
	Days        int            `db:"days"`
	State       string         `db:"state"`
	Changed     bool           `db:"changed"`
	Replaces    uuid.NullUUID  `db:"replaces_id"`
	Evidence    []byte         `db:"evidence"`
	Nominations pq.StringArray `db:"nominations"`
	Sum         []byte         `db:"content_hash"`
	At          time.Time      `db:"created_at"`
}

func (r noticeRow) notice() (honours.Notice, error) {
	on, err := parsed(r.Nominations)
	evidence := ""
	if len(r.Evidence) > 0 {
		evidence = hash(r.Evidence).String()
	}
	return honours.Notice{
		ID: contest.ID(r.ID), Campaign: contest.ID(r.Campaign), Step: r.Step, Public: r.Public, Place: r.Place, Text: r.Text,
		StartsOn: day(r.StartsOn), EndsOn: day(r.EndsOn), Days: r.Days, State: honours.NoticeState(r.State), Changed: r.Changed,
		Replaces: maybe(r.Replaces), Evidence: evidence, Nominations: on, Sum: hash(r.Sum), At: r.At.UTC(),
	}, err
}

const (
	noticeColumns = `notice_id, campaign_id, step, public, place, text, starts_on, ends_on, days, state, changed, replaces_id,
       nominations, content_hash, created_at, evidence`

	createNoticeSQL = `
INSERT INTO honour_notices (` + noticeColumns + `)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::uuid[], $14, $15, $16)`

	findNoticeSQL   = `SELECT ` + noticeColumns + ` FROM honour_notices WHERE notice_id = $1`
	listNoticesSQL  = `SELECT ` + noticeColumns + ` FROM honour_notices WHERE campaign_id = $1 ORDER BY created_at, notice_id`
	changeNoticeSQL = `UPDATE honour_notices SET state = $2, changed = $3 WHERE notice_id = $1`
)

// CreateNotice is honours.Notices.
func (s *Store) CreateNotice(ctx context.Context, n honours.Notice) error {
	var evidence any // NULL for a notice that was put up here
	if n.Evidence != "" {
		sum, err := hex.DecodeString(n.Evidence)
		if err != nil {
			return err
		}
		evidence = sum
	}
	return s.exec(ctx, "create a notice", createNoticeSQL, n.ID.String(), n.Campaign.String(), n.Step, n.Public, n.Place, n.Text, n.StartsOn, n.EndsOn,
		n.Days, string(n.State), n.Changed, optional(n.Replaces), ids(n.Nominations), n.Sum[:], n.At, evidence)
}

// FindNotice is honours.Notices.
func (s *Store) FindNotice(ctx context.Context, id contest.ID) (honours.Notice, error) {
	return find(ctx, s, "honours.notice_missing", noticeRow.notice, findNoticeSQL, id.String())
}

// ListNotices is honours.Notices.
func (s *Store) ListNotices(ctx context.Context, campaign contest.ID) ([]honours.Notice, error) {
	return list(ctx, s, "list notices", noticeRow.notice, listNoticesSQL, campaign.String())
}

// ChangeNotice is honours.Notices.
func (s *Store) ChangeNotice(ctx context.Context, n honours.Notice) error {
	return s.exec(ctx, "change a notice", changeNoticeSQL, n.ID.String(), string(n.State), n.Changed)
}

type publicNoticeRow struct {
	ID       uuid.UUID      `db:"notice_id"`
	Kind     string         `db:"kind"`
	Campaign string         `db:"campaign"`
	Sequence string         `db:"sequence"`
	Version  int            `db:"version"`
	Honour   string         `db:"honour"`
	Year     int            `db:"year"`
	Place    string         `db:"place"`
	Text     string         `db:"text"`
	StartsOn sql.NullTime   `db:"starts_on"`
	EndsOn   sql.NullTime   `db:"ends_on"`
	Days     int            `db:"days"`
	State    string         `db:"state"`
	Sum      []byte         `db:"content_hash"`
	IDs      pq.StringArray `db:"ids"`
	Names    pq.StringArray `db:"names"`
	Units    pq.StringArray `db:"units"`
	Total    int            `db:"total"`
}

// Who is out is not named any more; what was shown stays in the notice itself.
const listPublicNoticesSQL = `
SELECT n.notice_id, c.kind, c.name AS campaign, c.sequence, c.version, c.honour, c.year, n.place, n.text, n.starts_on, n.ends_on, n.days,
       n.state, n.content_hash, o.ids, o.names, o.units, count(*) OVER () AS total
  FROM honour_notices n
  JOIN honour_campaigns c ON c.campaign_id = n.campaign_id AND c.kind <> 'rehearsal'
 CROSS JOIN LATERAL (
       SELECT coalesce(array_agg(l.id ORDER BY l.at), '{}') AS ids, coalesce(array_agg(m.name ORDER BY l.at), '{}') AS names, coalesce(array_agg(m.unit ORDER BY l.at), '{}') AS units
         FROM unnest(n.nominations) WITH ORDINALITY AS l (id, at)
         JOIN honour_nominations m ON m.nomination_id = l.id AND m.state IN ('active', 'returned', 'conferred')) o
 WHERE n.public AND n.state IN ('open', 'finished')
 ORDER BY n.starts_on DESC, n.created_at DESC, n.notice_id
 LIMIT $1 OFFSET $2`

// ListPublicNotices is honours.Notices.
func (s *Store) ListPublicNotices(ctx context.Context, p proposal.Page) ([]honours.PublicNotice, int, error) {
	total := 0
	found, err := list(ctx, s, "list public notices", func(r publicNoticeRow) (honours.PublicNotice, error) {
		total = r.Total
		n := honours.PublicNotice{
			ID: contest.ID(r.ID), Kind: contest.Kind(r.Kind), Campaign: r.Campaign, Sequence: r.Sequence, Version: r.Version, Honour: r.Honour,
			Year: r.Year, Place: r.Place, Text: r.Text, StartsOn: day(r.StartsOn), EndsOn: day(r.EndsOn), Days: r.Days,
			State: honours.NoticeState(r.State), Sum: hash(r.Sum).String(), Nominees: []honours.PublicName{},
		}
		on, err := parsed(r.IDs)
		for i := range min(len(on), len(r.Names), len(r.Units)) {
			n.Nominees = append(n.Nominees, honours.PublicName{ID: on[i], Name: r.Names[i], Unit: r.Units[i]})
		}
		return n, err
	}, listPublicNoticesSQL, p.Limit, p.Offset)
	return found, total, err
}

type objectionRow struct {
	ID         uuid.UUID `db:"objection_id"`
	Number     int64     `db:"number"`
	Campaign   uuid.UUID `db:"campaign_id"`
	Notice     uuid.UUID `db:"notice_id"`
	Nomination uuid.UUID `db:"nomination_id"`
	Named      bool      `db:"named"`
	Name       string    `db:"name"`
	Unit       string    `db:"unit"`
	Contact    string    `db:"contact"`
	Text       string    `db:"text"`
	State      string    `db:"state"`
	Finding    string    `db:"finding"`
	By         uuid.UUID `db:"received_by"`
	At         time.Time `db:"received_at"`
}

func (r objectionRow) objection() (honours.Objection, error) {
	return honours.Objection{
		ID: contest.ID(r.ID), Number: uint64(r.Number), Campaign: contest.ID(r.Campaign), Notice: contest.ID(r.Notice),
		Nomination: contest.ID(r.Nomination), Named: r.Named, Name: r.Name, Unit: r.Unit, Contact: r.Contact, Text: r.Text,
		State: honours.ObjectionState(r.State), Finding: r.Finding, By: contest.ID(r.By), At: r.At.UTC(),
	}, nil
}

const (
	objectionColumns = `objection_id, number, campaign_id, notice_id, nomination_id, named, name, unit, contact, text, state, finding,
       received_by, received_at`

	createObjectionSQL = `
INSERT INTO honour_objections (` + objectionColumns + `)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`

	findObjectionSQL   = `SELECT ` + objectionColumns + ` FROM honour_objections WHERE objection_id = $1`
	listObjectionsSQL  = `SELECT ` + objectionColumns + ` FROM honour_objections WHERE campaign_id = $1 ORDER BY number`
	changeObjectionSQL = `UPDATE honour_objections SET state = $2, finding = $3 WHERE objection_id = $1`
)

// CreateObjection is honours.Objections.
func (s *Store) CreateObjection(ctx context.Context, ob honours.Objection) error {
	return s.exec(ctx, "create an objection", createObjectionSQL, ob.ID.String(), int64(ob.Number), ob.Campaign.String(), ob.Notice.String(),
		ob.Nomination.String(), ob.Named, ob.Name, ob.Unit, ob.Contact, ob.Text, string(ob.State), ob.Finding, ob.By.String(), ob.At)
}

// FindObjection is honours.Objections.
func (s *Store) FindObjection(ctx context.Context, id contest.ID) (honours.Objection, error) {
	return find(ctx, s, "honours.objection_missing", objectionRow.objection, findObjectionSQL, id.String())
}

// ListObjections is honours.Objections.
func (s *Store) ListObjections(ctx context.Context, campaign contest.ID) ([]honours.Objection, error) {
	return list(ctx, s, "list objections", objectionRow.objection, listObjectionsSQL, campaign.String())
}

// ChangeObjection is honours.Objections.
func (s *Store) ChangeObjection(ctx context.Context, ob honours.Objection) error {
	return s.exec(ctx, "change an objection", changeObjectionSQL, ob.ID.String(), string(ob.State), ob.Finding)
}
