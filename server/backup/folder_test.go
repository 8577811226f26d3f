package backup

import (
	"os"
	"path/filepath"
	"testing"

	"jiangtai/server/fault"
)

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestKeysTravel(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	for _, name := range []string{"keys/ledger.key", "keys/registration.key", "heads.txt", "postgres/PG_VERSION", "keys/folder/x"} {
		put(t, filepath.Join(from, name), name)
	}
	files, err := Carry(from)
	if err != nil || len(files) != 3 {
		t.Fatalf("carried are %v, %v", files, err)
	}
	if err := Place(to, files); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"keys/ledger.key", "keys/registration.key", "heads.txt"} {
		path := filepath.Join(to, name)
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(path)
		if err != nil || string(raw) != name || info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %q, %v, %v", name, raw, info.Mode(), err)
		}
	}
	if err := Place(to, files); err == nil {
		t.Error("keys were overwritten")
	}
	if err := Place(to, []File{{"../outside", nil}}); err == nil {
		t.Error("it was written outside")
	}
	if files, err := Carry(t.TempDir()); err != nil || len(files) != 0 {
		t.Errorf("of an empty folder: %v, %v", files, err)
	}
}

func TestOnlyAnEmptyFolderIsTaken(t *testing.T) {
	dir := t.TempDir()
	if err := CheckFolder(filepath.Join(dir, "none")); err != nil {
		t.Errorf("a folder to be made: %v", err)
	}
	put(t, filepath.Join(dir, "lost+found", "x"), "")
	if err := CheckFolder(dir); err != nil {
		t.Errorf("a new disk: %v", err)
	}
	put(t, filepath.Join(dir, "keys", "ledger.key"), "")
	put(t, filepath.Join(dir, "postgres", "PG_VERSION"), "")
	put(t, filepath.Join(dir, "notes"), "")
	if err := CheckFolder(dir); fault.Code(err) != "backup.folder" || IsHalf(dir) {
		t.Errorf("a used one: %v", err)
	}
	put(t, filepath.Join(dir, Marker), "")
	if err := CheckFolder(dir); err != nil || !IsHalf(dir) {
		t.Errorf("a half restored one: %v", err)
	}
	if err := Clear(dir); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 3 {
		t.Errorf("left are %v, %v", left, err)
	}
}
