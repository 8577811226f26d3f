package wiring

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"jiangtai/server/ledger"
)

// secretFile reads n secret bytes from a file of the data folder, and makes
// them the first time. The file is readable by its owner only.
func secretFile(path string, n int) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if err == nil {
		if len(raw) != n {
			return nil, fmt.Errorf("%s has %d bytes, want %d: %w", filepath.Base(path), len(raw), n, ErrDamaged)
		}
		return raw, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read %s: %w", filepath.Base(path), err)
	}
	raw = make([]byte, n)
	_, _ = rand.Read(raw) // never fails, says its doc
	// O_EXCL: two that start at once must not each believe in their own key.
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make %s: %w", filepath.Base(path), err)
	}
	_, err = f.Write(raw)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return raw, nil
}

// randomness is the source of the ledger key.
var randomness = rand.Reader

// ErrDamaged says that a file of secrets is not what it was.
var ErrDamaged = errors.New("the file is damaged: restore it from a backup")

func (a *Rooms) openKeys() (pairing []byte, key *ledger.Key, err error) {
	folder := filepath.Join(a.Data, "keys")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, nil, fmt.Errorf("folder of the keys: %w", err)
	}
	if pairing, err = secretFile(filepath.Join(folder, "pairing.key"), 32); err != nil {
		return nil, nil, err
	}
	if key, err = ledger.KeyFile(filepath.Join(folder, "ledger.key"), randomness); err != nil {
		return nil, nil, fmt.Errorf("key of the ledgers: %w", err)
	}
	return pairing, key, nil
}
