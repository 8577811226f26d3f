package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"net"
	"time"

	"github.com/lib/pq"

	"jiangtai/server/conduit"
)

// connector opens lib/pq connections that check the server, begin plainly and
// notice a silent network.
type connector struct {
	cfg           pq.Config
	allowVolatile bool
	silence       time.Duration
}

// Connect opens one connection.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	inner, err := pq.NewConnectorConfig(c.cfg)
	if err != nil {
		return nil, err
	}
	if c.silence > 0 {
		inner.Dialer(watchfulDialer{silence: c.silence})
	}
	raw, err := inner.Connect(ctx)
	if err != nil {
		return nil, err
	}
	full, ok := raw.(pqConn)
	if !ok {
		_ = raw.Close()
		return nil, fmt.Errorf("%T is not the connection of lib/pq that was expected", raw)
	}
	if err := c.check(ctx, full); err != nil {
		_ = raw.Close()
		return nil, err
	}
	return conn{full}, nil
}

// Driver is for database/sql, which asks no more of it than its type.
func (c *connector) Driver() driver.Driver { return &pq.Driver{} }

const settingsSQL = `SELECT current_setting('fsync'), current_setting('synchronous_commit'),
       current_setting('full_page_writes'), current_setting('server_version_num')`

func (c *connector) check(ctx context.Context, conn pqConn) error {
	if c.allowVolatile {
		return nil
	}
	rows, err := conn.QueryContext(ctx, settingsSQL, nil)
	if err != nil {
		return err
	}
	defer rows.Close()
	row := make([]driver.Value, 4)
	if err := rows.Next(row); err != nil {
		return err
	}
	text := make([]string, len(row))
	for i, v := range row {
		if b, ok := v.([]byte); ok {
			text[i] = string(b)
		} else {
			text[i] = fmt.Sprint(v)
		}
	}
	var s serverSettings
	if err := s.read(text); err != nil {
		return err
	}
	return checkServer(s)
}

// pqConn is all that database/sql may ask of a connection of lib/pq.
type pqConn interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
	driver.NamedValueChecker
}

type conn struct{ pqConn }

// BeginTx sends BEGIN and no mode, so that the database's own default holds; a
// mode other than the default is passed on.
func (c conn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	if opts.ReadOnly || opts.Isolation != 0 {
		return c.pqConn.BeginTx(ctx, opts)
	}
	return c.pqConn.Begin() // the other form always adds READ WRITE
}

// watchfulDialer makes connections that close when an answer does not come: a
// statement timeout is the server's, and a black hole has no server.
type watchfulDialer struct {
	d       net.Dialer
	silence time.Duration
}

func (w watchfulDialer) Dial(network, address string) (net.Conn, error) {
	return w.DialContext(context.Background(), network, address)
}

func (w watchfulDialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return w.DialContext(ctx, network, address)
}

func (w watchfulDialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := w.d.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	watched := &watchedConn{Conn: conduit.Direct(c), silence: w.silence}
	watched.timer = time.AfterFunc(w.silence, func() { _ = c.Close() })
	watched.timer.Stop()
	return watched, nil
}

// watchedConn closes itself when one Read or Write takes longer than silence.
// lib/pq reads only when it expects an answer.
type watchedConn struct {
	net.Conn
	silence time.Duration
	timer   *time.Timer
}

func (w *watchedConn) Read(b []byte) (int, error) {
	w.timer.Reset(w.silence)
	defer w.timer.Stop()
	return w.Conn.Read(b)
}

func (w *watchedConn) Write(b []byte) (int, error) {
	w.timer.Reset(w.silence)
	defer w.timer.Stop()
	return w.Conn.Write(b)
}
