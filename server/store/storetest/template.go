package storetest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"jiangtai/schemas"
	"jiangtai/server/localpg"
	"jiangtai/server/store"
)

const (
	runPrefix      = "run-"
	templatePrefix = "template-"
	lockSuffix     = ".lock"
)

// workplace is a folder with a migrated cluster that belongs to this process
// alone; tidy removes it.
func workplace(ctx context.Context) (dir string, tidy func(), err error) {
	base := filepath.Join(os.TempDir(), fmt.Sprintf("jiangtai-storetest-%d", os.Getuid()))
	if err := openBase(base); err != nil {
		return "", nil, err
	}
	sweep(base, runPrefix, "")
	if dir, err = os.MkdirTemp(base, runPrefix); err != nil {
		return "", nil, err
	}
	held, err := localpg.Lock(dir + lockSuffix)
	if err != nil {
		return "", nil, err
	}
	tidy = func() {
		_ = os.RemoveAll(dir)
		_ = os.Remove(dir + lockSuffix)
		_ = held.Close()
	}
	if err := copyTemplate(ctx, base, dir); err != nil {
		tidy()
		return "", nil, err
	}
	return dir, tidy, nil
}

// openBase has base exist and be ours: in a shared directory anybody could have
// made it.
func openBase(base string) error {
	if err := os.Mkdir(base, 0o711); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(base)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is no folder", base)
	}
	return os.Chmod(base, 0o711) // fails for a folder of somebody else
}

// sweep removes the folders of a kind that no process holds, but one.
func sweep(base, prefix, keep string) {
	locks, err := filepath.Glob(filepath.Join(base, prefix+"*"+lockSuffix))
	if err != nil {
		return
	}
	for _, l := range locks {
		dir := strings.TrimSuffix(l, lockSuffix)
		if dir == keep {
			continue
		}
		if held, err := localpg.Lock(l); err == nil {
			_ = os.RemoveAll(dir)
			_ = os.Remove(l)
			_ = held.Close()
		}
	}
}

// copyTemplate copies the cluster for the present migrations into dir, making it
// first if nobody has.
func copyTemplate(ctx context.Context, base, dir string) error {
	key, err := templateKey(ctx, base)
	if err != nil {
		return err
	}
	template := filepath.Join(base, templatePrefix+key)
	held, err := await(ctx, template+lockSuffix)
	if err != nil {
		return err
	}
	defer held.Close()
	if _, err := os.Stat(template); errors.Is(err, fs.ErrNotExist) {
		if err := buildTemplate(ctx, template); err != nil {
			return err
		}
		sweep(base, templatePrefix, template)
	}
	return os.CopyFS(dir, os.DirFS(template))
}

// templateKey changes with the migrations and with PostgreSQL.
func templateKey(ctx context.Context, base string) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(schemas.Migrations, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(schemas.Migrations, path)
		fmt.Fprintf(sum, "%s %d\n%s", path, len(raw), raw)
		return err
	})
	bin, version, findErr := localpg.Find(ctx, localpg.Config{Data: base})
	if findErr != nil && !errors.Is(findErr, localpg.ErrNoBinaries) { // without any, Start fetches one
		return "", findErr
	}
	fmt.Fprintln(sum, bin, version)
	return hex.EncodeToString(sum.Sum(nil)[:8]), err
}

// await takes a lock that another test binary may hold for some seconds.
func await(ctx context.Context, path string) (io.Closer, error) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		held, err := localpg.Lock(path)
		if err == nil || !errors.Is(err, localpg.ErrInUse) {
			return held, err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil, err
		}
	}
}

// buildTemplate makes it beside and renames it.
func buildTemplate(ctx context.Context, template string) error {
	fresh := template + ".new"
	if err := os.RemoveAll(fresh); err != nil {
		return err
	}
	if err := migrateInto(ctx, fresh); err != nil {
		return errors.Join(err, os.RemoveAll(fresh))
	}
	return os.Rename(fresh, template)
}

func migrateInto(ctx context.Context, dir string) (err error) {
	server, err := localpg.Start(ctx, localpg.Config{Data: dir, Volatile: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	db, err := store.Open(ctx, server.URL(), store.Options{AllowVolatile: true, Connections: 2})
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Migrate(ctx)
}
