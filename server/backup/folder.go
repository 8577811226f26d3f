package backup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"jiangtai/server/fault"
)

// What travels beside the database, below the data folder.
const (
	keysFolder = "keys"
	headsFile  = "heads.txt"
)

// Marker is the file that stands in a data folder while a backup is put back
// into it; whoever finds it there with nobody at work has half an installation.
const Marker = "restoring"

// made are the names that a restore brings forth in a data folder.
var made = []string{
	keysFolder, headsFile, "database.url", "postgres", "postgres.new", "postgres.password",
	"postgres.log", "postgres.log.1", "postgres.lock", "postgres.run",
}

// largestFile of those that travel along.
const largestFile = 16 << 20

// Carry reads the keys and the heads told by the ledgers. It is asked before the
// snapshot is taken: heads that are older than the ledgers are no alarm, heads
// that are newer are.
func Carry(data string) ([]File, error) {
	root, err := os.OpenRoot(data)
	if err != nil {
		return nil, fmt.Errorf("open the data folder: %w", err)
	}
	defer root.Close()
	names := []string{headsFile}
	entries, err := fs.ReadDir(root.FS(), keysFolder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list the keys: %w", err)
	}
	for _, e := range entries {
		if e.Type().IsRegular() {
			names = append(names, path.Join(keysFolder, e.Name()))
		}
	}
	var out []File
	for _, name := range names {
		info, err := root.Stat(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // no ledger has told a head yet
		}
		if err == nil && info.Size() > largestFile {
			err = errTooLarge
		}
		if err != nil {
			return nil, fmt.Errorf("look at %s: %w", name, err)
		}
		raw, err := root.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		out = append(out, File{name, raw})
	}
	return out, nil
}

var errTooLarge = errors.New("too large to be what its name says")

// Place writes files into the data folder, readable by their owner only. A file
// that is there is an error: nothing is overwritten.
func Place(data string, files []File) error {
	root, err := os.OpenRoot(data)
	if err != nil {
		return fmt.Errorf("open the data folder: %w", err)
	}
	defer root.Close()
	for _, f := range files {
		if dir := path.Dir(f.Name); dir != "." {
			if err := root.MkdirAll(dir, 0o700); err != nil {
				return fmt.Errorf("make the folder %s: %w", dir, err)
			}
		}
		out, err := root.OpenFile(f.Name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return fmt.Errorf("make %s: %w", f.Name, err)
		}
		_, err = out.Write(f.Data)
		if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
			return fmt.Errorf("write %s: %w", f.Name, err)
		}
	}
	return nil
}

// CheckFolder refuses with backup.folder a data folder that holds anything, but
// for one that a restore left half done.
func CheckFolder(data string) error {
	if IsHalf(data) {
		return nil
	}
	entries, err := os.ReadDir(data)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look into the data folder: %w", err)
	}
	for _, e := range entries {
		// A disk of its own has this folder from its making.
		if e.Name() != "lost+found" {
			return fault.New(fault.Refused, "backup.folder", fault.At(filepath.Join(data, e.Name()), "backup.folder", ""))
		}
	}
	return nil
}

// IsHalf says that a restore into the folder has begun and not ended.
func IsHalf(data string) bool {
	_, err := os.Lstat(filepath.Join(data, Marker))
	return err == nil
}

// Clear removes what a restore has made in a folder that CheckFolder had let
// pass. Its Marker stays: the caller takes it away last.
func Clear(data string) error {
	var errs []error
	for _, name := range made {
		errs = append(errs, os.RemoveAll(filepath.Join(data, name)))
	}
	return errors.Join(errs...)
}
