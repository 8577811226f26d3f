package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"jiangtai/server/backup"
	"jiangtai/server/backup/backupstore"
	"jiangtai/server/fault"
	"jiangtai/server/identity"
	"jiangtai/server/identity/identitystore"
	"jiangtai/server/localpg"
	"jiangtai/server/store"
)

type backupCommand struct {
	File           string `arg:"" optional:"" type:"path" help:"The file to write; without it one in the folder backups of the data folder."`
	PassphraseFile string `type:"existingfile" help:"A file with the passphrase that closes the backup; default: --backup-passphrase-file."`
	Plain          bool   `help:"Leave it open: whoever has the file has the keys and everybody's data."`
	Verify         bool   `help:"Restore it into a database beside, check that, and drop it again."`
}

// Run saves the whole installation, whether a server is running on it or not.
func (c backupCommand) Run(ctx context.Context, inv Invocation, cfg Config) error {
	lock, key, err := c.lock(cfg)
	if err != nil {
		return err
	}
	a := &App{cfg: cfg, log: logger(inv.Stderr, cfg), joins: true}
	// Without migrating: a backup is what one makes before a new version does.
	if err := a.open(ctx, a.openData, a.openSaved); err != nil {
		return err
	}
	return errors.Join(c.save(ctx, inv.Stdout, a, lock, key), a.Close())
}

func (c backupCommand) lock(cfg Config) (backup.Lock, backup.Key, error) {
	path := c.PassphraseFile
	if path == "" {
		path = cfg.BackupPassphrase
	}
	if c.Plain {
		return backup.Lock{}, backup.Key{}, nil
	}
	if path == "" {
		return backup.Lock{}, backup.Key{}, fault.New(fault.Refused, "backup.no_lock")
	}
	return passphraseFile(path)
}

func (c backupCommand) save(ctx context.Context, out io.Writer, a *App, l backup.Lock, k backup.Key) error {
	start, path := clock(), c.File
	if path == "" {
		if err := os.MkdirAll(a.backupFolder(), 0o700); err != nil {
			return fmt.Errorf("make the folder of backups: %w", err)
		}
		path = filepath.Join(a.backupFolder(), backup.FileName(start, backup.Manual, l))
	}
	var head backup.Head
	var done backup.Closing
	err := backup.WriteFile(path, func(w io.Writer) error {
		var err error
		head, done, err = a.saveTo(ctx, w, l, backup.Manual, start)
		return err
	})
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("look at the backup: %w", err)
	}
	fmt.Fprintf(out, "%s\n%d tables, %d rows, %.1f MB in %s\n", path, len(head.Tables), done.Rows(), float64(info.Size())/1e6, since(start))
	if !c.Verify {
		return nil
	}
	return verifyBeside(ctx, out, a, path, k)
}

func since(start time.Time) time.Duration { return clock().Sub(start).Round(100 * time.Millisecond) }

// verifyBeside restores a backup into a database that is then dropped.
func verifyBeside(ctx context.Context, out io.Writer, a *App, path string, k backup.Key) error {
	start := clock()
	f, content, err := inspect(ctx, path, k)
	if err != nil {
		return err
	}
	defer f.Close()
	return a.saved.Scratch(ctx, fmt.Sprintf("jiangtai_verify_%d", start.UnixMilli()), func(d *backupstore.Database) error {
		got, err := backup.Restore(ctx, f, k, content, d, start.Unix())
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "restored beside and read back: %d rows, %d records of ledgers, all as they were written, in %s\n", got.Rows, got.Records, since(start))
		return err //nolint:wrapcheck // of the terminal: it speaks for itself
	})
}

// inspect reads a whole backup and gives its file, at the beginning again.
func inspect(ctx context.Context, path string, k backup.Key) (*os.File, *backup.Content, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("open the backup: %w", err)
	}
	content, err := backup.Inspect(ctx, f, k)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return f, content, nil
}

type restoreCommand struct {
	File           string `arg:"" type:"existingfile" help:"A backup."`
	PassphraseFile string `type:"existingfile" help:"A file with its passphrase; default: --backup-passphrase-file."`
	Key            string `type:"existingfile" help:"Instead, for backups that the server made by itself: keys/backup.key of that server."`
}

// Run puts a backup into an empty data folder and an empty database.
func (c restoreCommand) Run(ctx context.Context, inv Invocation, cfg Config) error {
	if err := cfg.Check(); err != nil {
		return err
	}
	key, err := c.key(cfg)
	if err != nil {
		return err
	}
	f, content, err := inspect(ctx, c.File, key)
	if err != nil {
		return err
	}
	defer f.Close()
	fmt.Fprintf(inv.Stdout, "a backup of %s by version %s: %d tables, %d rows\n",
		content.Head.TakenAt.Format(time.RFC3339), content.Head.Program, len(content.Head.Tables), content.Closing.Rows())
	a := &App{cfg: cfg, log: logger(inv.Stderr, cfg), restores: true}
	marked, err := claimFolder(cfg.Data)
	if err != nil {
		return err
	}
	start := clock()
	got, err := a.restore(ctx, f, key, content)
	if err = errors.Join(err, a.Close()); err != nil {
		return errors.Join(err, backup.Clear(cfg.Data), marked.Close())
	}
	if err := marked.Close(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(inv.Stdout, "restored: %d rows, %d records of ledgers, all as they were written; epoch %d; in %s\n", got.Rows, got.Records, got.Epoch, since(start))
	return err
}

func (c restoreCommand) key(cfg Config) (backup.Key, error) {
	if c.Key != "" {
		text, err := os.ReadFile(c.Key)
		if err != nil {
			return backup.Key{}, fmt.Errorf("read the key: %w", err)
		}
		_, key, err := backup.ParseMachineKey(string(text))
		return key, err
	}
	path := c.PassphraseFile
	if path == "" {
		path = cfg.BackupPassphrase
	}
	if path == "" {
		return backup.Key{}, nil
	}
	_, key, err := passphraseFile(path)
	return key, err
}

// marker is the file that says a restore is at work, locked while it is.
type marker struct {
	path string
	held io.Closer
}

// Close takes the file away: the folder is whole, or empty again.
func (m marker) Close() error { return errors.Join(os.Remove(m.path), m.held.Close()) }

// claimFolder takes an empty data folder, or one that a restore left half done,
// for this process.
func claimFolder(data string) (marker, error) {
	if err := backup.CheckFolder(data); err != nil {
		return marker{}, err
	}
	if err := os.MkdirAll(data, 0o711); err != nil {
		return marker{}, fault.Wrap(err, fault.Refused, "server.data_folder")
	}
	m := marker{path: filepath.Join(data, backup.Marker)}
	var err error
	if m.held, err = localpg.Lock(m.path); errors.Is(err, localpg.ErrInUse) {
		return marker{}, fault.Wrap(err, fault.Busy, "backup.restoring")
	}
	if err != nil {
		return marker{}, fmt.Errorf("mark the data folder: %w", err)
	}
	if err := backup.Clear(data); err != nil {
		return marker{}, errors.Join(err, m.held.Close())
	}
	return m, nil
}

// restore fills the database and places the files; the audit tells of it.
func (a *App) restore(ctx context.Context, from io.Reader, k backup.Key, content *backup.Content) (backup.Restored, error) {
	if err := a.open(ctx, a.openData, a.openSaved); err != nil {
		return backup.Restored{}, err
	}
	got, err := backup.Restore(ctx, from, k, content, a.saved, clock().Unix())
	if err != nil {
		return got, err
	}
	if err := backup.Place(a.data, content.Files); err != nil {
		return got, err
	}
	if a.db, err = store.Open(ctx, a.url, store.Options{Connections: 1}); err != nil {
		return got, fmt.Errorf("open what was restored: %w", err)
	}
	audit := identity.NewAudit(a.db, identitystore.New(a.db), clock)
	err = audit.Record(ctx, identity.Operator(), "backup.restored", "backup", map[string]string{
		"taken_at": content.Head.TakenAt.Format(time.RFC3339), "by_version": content.Head.Program, "epoch": fmt.Sprint(got.Epoch),
	})
	a.log.Warn("a backup was restored: every ledger begins a new epoch", "taken_at", content.Head.TakenAt, "epoch", got.Epoch, "records", got.Records)
	return got, err
}
