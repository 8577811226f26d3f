package backupstore

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/lib/pq"

	"jiangtai/server/fault"
	"jiangtai/server/store"
)

// Scratch makes an empty database beside, on the same server, calls fn with it,
// and drops it whatever comes. Refused backup.no_scratch when the role may make
// none.
func (d *Database) Scratch(ctx context.Context, name string, fn func(*Database) error) (err error) {
	address, err := beside(d.url, name)
	if err != nil {
		return err
	}
	if _, err := d.pool.ExecContext(ctx, "CREATE DATABASE "+pq.QuoteIdentifier(name)+" TEMPLATE template0 ENCODING 'UTF8'"); err != nil {
		return fault.Wrap(err, fault.Refused, "backup.no_scratch")
	}
	defer func() {
		_, dropErr := d.pool.ExecContext(context.WithoutCancel(ctx), "DROP DATABASE "+pq.QuoteIdentifier(name)+" WITH (FORCE)")
		err = errors.Join(err, store.Fault(dropErr, "drop the scratch database"))
	}()
	other, err := Open(address, d.opts)
	if err != nil {
		return err
	}
	return errors.Join(fn(other), other.Close())
}

// beside is the address of another database on the same server.
func beside(address, name string) (string, error) {
	if !strings.HasPrefix(address, "postgres://") && !strings.HasPrefix(address, "postgresql://") {
		return address + " dbname=" + name, nil // of two the last one holds
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", fault.Wrap(err, fault.Malformed, "store.url")
	}
	u.Path = "/" + name
	q := u.Query()
	q.Del("dbname")
	u.RawQuery = q.Encode()
	return u.String(), nil
}
