package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jiangtai/server/app/capacity"
	"jiangtai/server/app/wiring"
	"jiangtai/server/backup"
	"jiangtai/server/backup/backupstore"
	"jiangtai/server/fault"
	"jiangtai/server/judging/judgingstore"
	"jiangtai/server/localpg"
	"jiangtai/server/store"
	"jiangtai/server/venue"
	"jiangtai/server/web"
)

// App is the whole program, opened and not yet listening.
type App struct {
	cfg  Config
	log  *slog.Logger
	data string
	// joins lets a command use the PostgreSQL of a server that is running on the
	// same data; a second server must not.
	joins bool
	// restores lets a command work in a folder that is half restored.
	restores bool
	url      string // of the database

	postgres *localpg.Server // nil with a PostgreSQL of one's own
	db       *store.DB       // everything but appends
	marks    *store.DB       // appends alone: a spectator's query must not take their connection
	ledgers  *judgingstore.Store
	*wiring.Rooms

	certificate *venue.Keeper // nil without TLS

	web     *web.App
	metrics *prometheus.Registry

	saved   *backupstore.Database // the database as a whole
	keeper  *backup.Keeper
	backups *backup.Desk

	state lifecycle
}

// clock is the one clock of the program.
func clock() time.Time { return time.Now() }

// New opens everything but the listener: the database (migrated), the keys, all
// rooms, plugged into each other. Close it when done, also after Run.
func New(ctx context.Context, cfg Config, log *slog.Logger) (*App, error) {
	a := &App{cfg: cfg, log: log, metrics: newCounts()}
	return a, a.open(ctx, a.openData, a.openCertificate, a.openDatabase, a.openRooms, a.openBackup, a.startDesk, a.openTransport)
}

// openTool opens what a command needs beside a server that may be running.
func openTool(ctx context.Context, cfg Config, log *slog.Logger) (*App, error) {
	a := &App{cfg: cfg, log: log, joins: true, metrics: newCounts()}
	return a, a.open(ctx, a.openData, a.openDatabase, a.openRooms)
}

// openRooms opens all rooms, plugged into each other.
func (a *App) openRooms(ctx context.Context) error {
	a.Rooms = wiring.New(wiring.Config{
		DB: a.db, Ledgers: a.ledgers, Data: a.data, Public: a.cfg.Public(), Sockets: capacity.Room(capacity.Files()), Now: clock, Log: a.log,
		Metrics: a.metrics,
	})
	return a.Rooms.Open(ctx)
}

// startDesk has the rooms ready; Run opens the ledgers of all events.
func (a *App) startDesk(ctx context.Context) error {
	easeMemory()
	return a.Rooms.Start(ctx)
}

func (a *App) open(ctx context.Context, steps ...func(context.Context) error) error {
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return errors.Join(err, a.Close())
		}
	}
	return nil
}

func (a *App) openData(context.Context) error {
	if err := a.cfg.Check(); err != nil {
		return err
	}
	var err error
	if a.data, err = filepath.Abs(a.cfg.Data); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	// 0711: the unprivileged user that PostgreSQL runs as must get through.
	if err := os.MkdirAll(a.data, 0o711); err != nil {
		return fault.Wrap(err, fault.Refused, "server.data_folder")
	}
	return a.errHalf()
}

func (a *App) openDatabase(ctx context.Context) error {
	url, err := a.databaseURL(ctx)
	if err != nil {
		return err
	}
	if a.db, err = store.Open(ctx, url, store.Options{}); err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	if a.marks, err = store.Open(ctx, url, store.Options{Name: "marks", Connections: 4}); err != nil {
		return fmt.Errorf("open the database for marks: %w", err)
	}
	if err := a.db.Migrate(ctx); err != nil {
		return fmt.Errorf("migrate the database: %w", err)
	}
	if a.ledgers, err = judgingstore.Open(ctx, a.marks, a.db); err != nil {
		return fmt.Errorf("open the ledgers: %w", err)
	}
	return nil
}

// databaseURL is the configured database, or the program's own, started here.
// While another process of ours runs it, that one's is used.
func (a *App) databaseURL(ctx context.Context) (url string, err error) {
	defer func() { a.url = url }()
	if a.cfg.DatabaseURL != "" {
		return a.cfg.DatabaseURL, nil
	}
	server, err := localpg.Start(ctx, localpg.Config{Data: a.data, Mirror: a.cfg.Mirror, Log: a.log})
	if errors.Is(err, localpg.ErrInUse) {
		return a.joinDatabase(err)
	}
	if err != nil {
		return "", fault.Wrap(err, fault.Unavailable, "server.postgres")
	}
	a.postgres = server
	if err := os.WriteFile(a.addressFile(), []byte(server.URL()), 0o600); err != nil {
		return "", fmt.Errorf("note the database's address: %w", err)
	}
	return server.URL(), nil
}

// joinDatabase is the address that the running server noted.
func (a *App) joinDatabase(inUse error) (string, error) {
	if a.joins {
		if url, err := os.ReadFile(a.addressFile()); err == nil {
			return string(url), nil
		}
	}
	return "", fault.Wrap(inUse, fault.Busy, "server.data_in_use")
}

// addressFile holds the address, with its password, of the program's own
// PostgreSQL while that runs.
func (a *App) addressFile() string { return filepath.Join(a.data, "database.url") }
