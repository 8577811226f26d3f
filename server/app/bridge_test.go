package app

import (
	"context"

	"jiangtai/server/contest"
	"jiangtai/server/identity"
	"jiangtai/server/judging"
	"jiangtai/server/store"
	"jiangtai/server/web"
)

// What tests of the whole program need to see from inside.

// DB is the program's connection.
func (a *App) DB() *store.DB { return a.db }

// Ledgers is the storage of the ledgers.
func (a *App) Ledgers() judging.Ledgers { return a.ledgers }

// PostgresPid is the program's own PostgreSQL, 0 while there is none.
func (a *App) PostgresPid() int {
	if a.postgres == nil {
		return 0
	}
	return a.postgres.Pid()
}

// Routes are all addresses of the running program.
func (a *App) Routes() []web.Route { return web.Routes(a.web) }

// NewAccount makes an account by the use case, as the operator at the machine.
func (a *App) NewAccount(ctx context.Context, user, password string, grants ...contest.Grant) error {
	_, _, err := a.Identity.CreateAccount(ctx, identity.Operator(), identity.NewAccount{
		User: user, Name: user, Password: password, Grants: grants, Keep: true,
	})
	return err
}

// LedgerOf is the ledger of an event.
func (a *App) LedgerOf(ctx context.Context, event contest.ID) (contest.ID, error) {
	e, err := a.Directory.Event(ctx, event)
	return e.Ledger, err
}
