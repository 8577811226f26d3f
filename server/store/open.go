package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"syscall"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jiangtai/server/fault"
)

// Options of Open. The zero value is right for the program.
type Options struct {
	// Name is shown in pg_stat_activity after "jiangtai", such as "marks".
	Name string
	// Connections is the size of the pool; 0 means 16. Ways that must not wait
	// for others get a pool of their own.
	Connections int
	// StatementTimeout and LockTimeout end what takes too long; 0 means 5 s and
	// 2 s, negative means none.
	StatementTimeout, LockTimeout time.Duration
	// AllowVolatile accepts a server that may lose data. For tests only.
	AllowVolatile bool

	// silence is how long beyond the statement timeout an answer may be awaited.
	silence time.Duration
}

const (
	defaultConnections      = 16
	defaultStatementTimeout = 5 * time.Second
	defaultLockTimeout      = 2 * time.Second
	connectTimeout          = 5 * time.Second
	silence                 = 10 * time.Second // beyond the statement timeout, until the network counts as dead
	oldestServer            = 140000
)

// DB is a pool of connections. It is safe for concurrent use.
type DB struct {
	pool   *sqlx.DB
	cfg    pq.Config
	opts   Options
	limits limits
}

// Open connects to the PostgreSQL that url names (URL or key=value form) and
// checks the server. Faults: Unavailable when it cannot be reached, Refused with
// store.volatile when its settings lose data, store.old_server before version 14.
func Open(ctx context.Context, url string, opts Options) (*DB, error) {
	cfg, err := pq.NewConfig(url)
	if err != nil {
		return nil, fault.Wrap(err, fault.Malformed, "store.url")
	}
	if opts.Connections == 0 {
		opts.Connections = defaultConnections
	}
	d := &DB{cfg: cfg, opts: opts, limits: limits{
		statement: orDefault(opts.StatementTimeout, defaultStatementTimeout),
		lock:      orDefault(opts.LockTimeout, defaultLockTimeout),
		silence:   orDefault(opts.silence, silence),
	}}
	d.pool = sqlx.NewDb(sql.OpenDB(d.connector(d.limits)), "postgres")
	d.pool.SetMaxOpenConns(opts.Connections)
	d.pool.SetMaxIdleConns(opts.Connections)
	d.pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := d.Ping(ctx); err != nil {
		_ = d.pool.Close()
		return nil, err
	}
	return d, nil
}

func orDefault(d, otherwise time.Duration) time.Duration {
	switch {
	case d == 0:
		return otherwise
	case d < 0:
		return 0
	}
	return d
}

// Ping says whether the database answers now, as Open does.
func (d *DB) Ping(ctx context.Context) error {
	var one int
	return Fault(d.pool.GetContext(ctx, &one, "SELECT 1"), "ask the database")
}

// Stats are the pool's figures, for metrics.
func (d *DB) Stats() sql.DBStats { return d.pool.Stats() }

// Close waits for queries under way and closes all connections. One that the server has
// ended, as at its own restart, is closed already and no error.
func (d *DB) Close() error {
	err := d.pool.Close()
	if errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET) {
		return nil
	}
	return err
}

// limits of one connection; 0 means none.
type limits struct {
	statement, lock, silence time.Duration
}

// connector makes connections that carry the limits.
func (d *DB) connector(l limits) *connector {
	cfg := d.cfg.Clone()
	cfg.ApplicationName = "jiangtai"
	if d.opts.Name != "" {
		cfg.ApplicationName += " " + d.opts.Name
	}
	if cfg.ConnectTimeout == 0 {
		cfg.ConnectTimeout = connectTimeout
	}
	cfg.TZ = "UTC"
	if cfg.Runtime == nil {
		cfg.Runtime = map[string]string{}
	}
	cfg.Runtime["statement_timeout"] = strconv.FormatInt(l.statement.Milliseconds(), 10)
	cfg.Runtime["lock_timeout"] = strconv.FormatInt(l.lock.Milliseconds(), 10)
	c := &connector{cfg: cfg, allowVolatile: d.opts.AllowVolatile}
	if l.silence > 0 && l.statement > 0 {
		c.silence = l.statement + l.silence
	}
	return c
}

// checkServer refuses settings that lose what was acknowledged.
func checkServer(s serverSettings) error {
	if s.version < oldestServer {
		return fault.New(fault.Refused, "store.old_server", fault.At("server_version_num", "store.old_server", strconv.Itoa(s.version)))
	}
	var off []fault.Field
	for _, one := range []struct{ name, value string }{
		{"fsync", s.fsync}, {"synchronous_commit", s.synchronousCommit}, {"full_page_writes", s.fullPageWrites},
	} {
		if one.value == "off" {
			off = append(off, fault.At(one.name, "store.volatile", one.value))
		}
	}
	if len(off) > 0 {
		return fault.Wrap(errors.New("the server would lose acknowledged data"), fault.Refused, "store.volatile", off...)
	}
	return nil
}

type serverSettings struct {
	fsync, synchronousCommit, fullPageWrites string
	version                                  int
}

func (s *serverSettings) read(text []string) error {
	if len(text) != 4 {
		return fmt.Errorf("the server answered %d settings instead of 4", len(text))
	}
	s.fsync, s.synchronousCommit, s.fullPageWrites = text[0], text[1], text[2]
	var err error
	s.version, err = strconv.Atoi(text[3])
	return err
}
