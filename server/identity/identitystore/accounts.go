package identitystore

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity"
)

type accountRow struct {
	ID         uuid.UUID    `db:"account_id"`
	User       string       `db:"user_name"`
	Name       string       `db:"name"`
	Hash       string       `db:"password_hash"`
	MustChange bool         `db:"must_change"`
	DisabledAt sql.NullTime `db:"disabled_at"`
	CreatedAt  time.Time    `db:"created_at"`
	CreatedBy  uuid.UUID    `db:"created_by"`
	Version    int          `db:"version"`
}

func (r accountRow) account() identity.Account {
	return identity.Account{
		ID: contest.ID(r.ID), User: r.User, Name: r.Name, Hash: r.Hash, MustChange: r.MustChange,
		DisabledAt: utc(r.DisabledAt), CreatedAt: r.CreatedAt.UTC(), CreatedBy: contest.ID(r.CreatedBy), Version: r.Version,
	}
}

const accountColumns = `account_id, user_name, name, password_hash, must_change, disabled_at, created_at, created_by, version`

const findAccount = `SELECT ` + accountColumns + ` FROM accounts WHERE account_id = $1`

// FindAccount finds an account by id.
func (s *Store) FindAccount(ctx context.Context, id contest.ID) (identity.Account, error) {
	return s.oneAccount(ctx, findAccount, uuid.UUID(id))
}

const findUser = `SELECT ` + accountColumns + ` FROM accounts WHERE user_name = $1`

// FindUser finds an account by user name.
func (s *Store) FindUser(ctx context.Context, user string) (identity.Account, error) {
	// What PostgreSQL cannot hold nobody is called.
	return s.oneAccount(ctx, findUser, strings.ToValidUTF8(strings.ReplaceAll(user, "\x00", "?"), "?"))
}

func (s *Store) oneAccount(ctx context.Context, query string, arg any) (identity.Account, error) {
	var r accountRow
	ok, err := s.get(ctx, "find an account", &r, query, arg)
	if err != nil {
		return identity.Account{}, err
	}
	if !ok {
		return identity.Account{}, fault.New(fault.Missing, "identity.account_missing")
	}
	list := []identity.Account{r.account()}
	err = s.fillGrants(ctx, list)
	return list[0], err
}

type grantRow struct {
	Account uuid.UUID    `db:"account_id"`
	Role    contest.Role `db:"role"`
	Contest uuid.UUID    `db:"contest_id"`
	Event   uuid.UUID    `db:"event_id"`
}

const listGrants = `SELECT account_id, role, contest_id, event_id FROM grants
WHERE account_id = ANY($1) ORDER BY account_id, role, contest_id, event_id`

// fillGrants reads the grants of all accounts in the list.
func (s *Store) fillGrants(ctx context.Context, list []identity.Account) error {
	at := make(map[contest.ID]*identity.Account, len(list))
	keys := make([]contest.ID, len(list))
	for i := range list {
		at[list[i].ID], keys[i] = &list[i], list[i].ID
	}
	var rows []grantRow
	if err := s.list(ctx, "list grants", &rows, listGrants, ids(keys)); err != nil {
		return err
	}
	for _, r := range rows {
		a := at[contest.ID(r.Account)]
		a.Grants = append(a.Grants, contest.Grant{Role: r.Role, Contest: contest.ID(r.Contest), Event: contest.ID(r.Event)})
	}
	return nil
}

const accountsThat = ` FROM accounts WHERE
($1::uuid[] IS NULL OR account_id IN (SELECT account_id FROM grants WHERE contest_id = ANY($1)))
AND ($2 = '' OR strpos(lower(user_name || ' ' || name), $2) > 0)`

const countAccounts = `SELECT count(*)` + accountsThat

const listAccounts = `SELECT ` + accountColumns + accountsThat + ` ORDER BY user_name LIMIT $3 OFFSET $4`

// ListAccounts lists accounts by user name, with their total.
func (s *Store) ListAccounts(ctx context.Context, f identity.AccountFilter) ([]identity.Account, int, error) {
	var contests any
	if f.Contests != nil {
		contests = ids(f.Contests)
	}
	query := strings.ToLower(f.Query)
	var total int
	if _, err := s.get(ctx, "count accounts", &total, countAccounts, contests, query); err != nil || f.Limit == 0 {
		return nil, total, err
	}
	var rows []accountRow
	if err := s.list(ctx, "list accounts", &rows, listAccounts, contests, query, f.Limit, f.Offset); err != nil {
		return nil, 0, err
	}
	list := make([]identity.Account, len(rows))
	for i, r := range rows {
		list[i] = r.account()
	}
	return list, total, s.fillGrants(ctx, list)
}

const insertAccount = `INSERT INTO accounts (` + accountColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)`

const updateAccount = `UPDATE accounts SET user_name = $2, name = $3, password_hash = $4, must_change = $5,
disabled_at = $6, version = version + 1 WHERE account_id = $1 AND version = $7`

// SaveAccount inserts or changes an account and its grants.
func (s *Store) SaveAccount(ctx context.Context, a identity.Account) error {
	if a.Version == 0 {
		_, err := s.exec(ctx, "create an account", insertAccount, uuid.UUID(a.ID), a.User, a.Name, a.Hash,
			a.MustChange, nullTime(a.DisabledAt), a.CreatedAt, uuid.UUID(a.CreatedBy))
		if err != nil {
			return err
		}
		return s.saveGrants(ctx, a)
	}
	n, err := s.exec(ctx, "change an account", updateAccount, uuid.UUID(a.ID), a.User, a.Name, a.Hash,
		a.MustChange, nullTime(a.DisabledAt), a.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Stale, "identity.account_stale")
	}
	return s.saveGrants(ctx, a)
}

const removeGrants = `DELETE FROM grants WHERE account_id = $1`

const insertGrants = `INSERT INTO grants (account_id, role, contest_id, event_id)
SELECT $1, g.role, g.contest_id, g.event_id FROM unnest($2::text[], $3::uuid[], $4::uuid[]) AS g (role, contest_id, event_id)`

// The account's row is held by now, so nobody else writes its grants.
func (s *Store) saveGrants(ctx context.Context, a identity.Account) error {
	if _, err := s.exec(ctx, "remove grants", removeGrants, uuid.UUID(a.ID)); err != nil {
		return err
	}
	roles, contests, events := make([]string, len(a.Grants)), make([]string, len(a.Grants)), make([]string, len(a.Grants))
	for i, g := range a.Grants {
		roles[i], contests[i], events[i] = string(g.Role), g.Contest.String(), g.Event.String()
	}
	_, err := s.exec(ctx, "write grants", insertGrants, uuid.UUID(a.ID), pq.Array(roles), pq.Array(contests), pq.Array(events))
	return err
}

// administratorsLock is the advisory lock under which administrators are
// counted; any number that no other room uses.
const administratorsLock = 0x6a74_6164_6d69_6e

const lockAdministrators = `SELECT pg_advisory_xact_lock($1)`

const countAdministrators = `SELECT count(*) FROM grants JOIN accounts USING (account_id)
WHERE role = 'administrator' AND disabled_at IS NULL AND account_id <> $1`

// OtherAdministrators counts administrators who may sign in, one transaction at
// a time.
func (s *Store) OtherAdministrators(ctx context.Context, except contest.ID) (int, error) {
	if _, err := s.exec(ctx, "lock administrators", lockAdministrators, int64(administratorsLock)); err != nil {
		return 0, err
	}
	var n int
	_, err := s.get(ctx, "count administrators", &n, countAdministrators, uuid.UUID(except))
	return n, err
}

const countAttempt = `INSERT INTO sign_in_attempts AS a (user_hash, tries, until) VALUES ($1, 1, $3)
ON CONFLICT (user_hash) DO UPDATE SET
tries = CASE WHEN a.until <= $2 THEN 1 ELSE least(a.tries + 1, 1000) END,
until = CASE WHEN a.until <= $2 OR a.tries + 1 = $4 THEN $3 ELSE a.until END
RETURNING tries, until`

// CountAttempt counts one guess, in one statement.
func (s *Store) CountAttempt(ctx context.Context, key identity.Hash, now time.Time) (int, time.Time, error) {
	var r struct {
		Tries int       `db:"tries"`
		Until time.Time `db:"until"`
	}
	_, err := s.get(ctx, "count a guess", &r, countAttempt, key[:], now, now.Add(identity.LockWindow), identity.MaxAttempts)
	return r.Tries, r.Until.UTC(), err
}

const forgetAttempts = `DELETE FROM sign_in_attempts WHERE user_hash = $1`

// ForgetAttempts forgets an account's guesses.
func (s *Store) ForgetAttempts(ctx context.Context, key identity.Hash) error {
	_, err := s.exec(ctx, "forget guesses", forgetAttempts, key[:])
	return err
}
