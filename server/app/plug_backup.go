package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"jiangtai/server/backup"
	"jiangtai/server/backup/backupstore"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/store"
)

// gatePatience is how long an act waits for its backup: less than a request has,
// so that the act itself still has time.
const gatePatience = 10 * time.Second

// openSaved opens the database as a whole, to be saved.
func (a *App) openSaved(ctx context.Context) error {
	url, err := a.databaseURL(ctx)
	if err != nil {
		return err
	}
	a.saved, err = backupstore.Open(url, store.Options{})
	return err
}

// openBackup makes the room of backups. Its gate is added last of all, so that
// nothing is saved for an act that another room refuses.
func (a *App) openBackup(context.Context) error {
	var err error
	if a.saved, err = backupstore.Open(a.url, store.Options{}); err != nil {
		return err
	}
	lock, err := a.ownLock()
	if err != nil {
		return err
	}
	a.keeper, err = backup.NewKeeper(backup.KeeperConfig{
		Folder: a.backupFolder(), Lock: lock, Make: a.writeBackup, Now: clock, Log: a.log,
	})
	if err != nil {
		return err
	}
	a.backups = backup.NewDesk(a.keeper, a.Audit)
	a.Gates.Add(a.saveBefore)
	return nil
}

func (a *App) backupFolder() string { return filepath.Join(a.data, "backups") }

// ownLock closes what the server makes by itself: with the passphrase that is
// configured, else for the key that lies with the others.
func (a *App) ownLock() (backup.Lock, error) {
	if a.cfg.BackupPassphrase != "" {
		lock, _, err := passphraseFile(a.cfg.BackupPassphrase)
		return lock, err
	}
	path := filepath.Join(a.data, "keys", "backup.key")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = newMachineKey(path)
	}
	if err != nil {
		return backup.Lock{}, fmt.Errorf("key of the backups: %w", err)
	}
	lock, _, err := backup.ParseMachineKey(string(text))
	return lock, err
}

func newMachineKey(path string) ([]byte, error) {
	text, err := backup.NewMachineKey()
	if err != nil {
		return nil, err
	}
	return []byte(text), backup.WriteFile(path, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err //nolint:wrapcheck // WriteFile's caller says what was written
	})
}

// passphraseFile reads lock and key from a file with a passphrase.
func passphraseFile(path string) (backup.Lock, backup.Key, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return backup.Lock{}, backup.Key{}, fmt.Errorf("read the passphrase: %w", err)
	}
	return backup.Passphrase(string(text))
}

// writeBackup writes the whole installation. The heads are read before the
// snapshot: see backup.Carry.
func (a *App) writeBackup(ctx context.Context, w io.Writer, l backup.Lock, reason backup.Reason, at time.Time) error {
	_, _, err := a.saveTo(ctx, w, l, reason, at)
	return err
}

func (a *App) saveTo(ctx context.Context, w io.Writer, l backup.Lock, reason backup.Reason, at time.Time) (backup.Head, backup.Closing, error) {
	files, err := backup.Carry(a.data)
	if err != nil {
		return backup.Head{}, backup.Closing{}, err
	}
	return backup.Write(ctx, w, l, backup.Head{Program: a.cfg.Version, Reason: reason, TakenAt: at.UTC()}, files, a.saved)
}

// reasons are the acts before which the database is saved.
var reasons = map[judging.ActKind]backup.Reason{
	judging.ActLock: backup.BeforeLock, judging.ActUnseal: backup.BeforeUnseal, judging.ActPublish: backup.BeforePublish,
}

// saveBefore is the gate of backups.
func (a *App) saveBefore(ctx context.Context, _ contest.Actor, s *judging.Setup, act judging.ActKind) error {
	reason, isSaved := reasons[act]
	if before := a.cfg.before(); !isSaved || before == "none" || before == "real" && s.Kind != contest.Real {
		return nil
	}
	within, cancel := context.WithTimeout(ctx, gatePatience)
	defer cancel()
	return a.keeper.Before(within, reason)
}

// errHalf refuses a data folder in which a restore has not ended.
func (a *App) errHalf() error {
	if a.restores || !backup.IsHalf(a.data) {
		return nil
	}
	return fault.New(fault.Closed, "backup.half_restored", fault.At(a.data, "backup.half_restored", ""))
}
