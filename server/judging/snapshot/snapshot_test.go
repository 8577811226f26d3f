package snapshot_test

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jiangtai/server/judging/snapshot"
)

func draw(t *rapid.T) *snapshot.Snapshot {
	s := &snapshot.Snapshot{Ledger: [16]byte{1, 2}, Epoch: rapid.Uint64().Draw(t, "epoch"), Seq: rapid.Uint64().Draw(t, "seq")}
	s.Hash[5], s.Told[2] = rapid.Byte().Draw(t, "hash"), rapid.Uint64().Draw(t, "told")
	s.Digests[7] = rapid.Byte().Draw(t, "digests")
	for i := range s.Parts {
		s.Parts[i] = rapid.SliceOfN(rapid.Byte(), 0, 90).Draw(t, "part")
	}
	return s
}

// TestWhatIsReadWasWritten: the same comes back, and nothing of a file in which
// anything is changed, cut or added.
func TestWhatIsReadWasWritten(t *testing.T) {
	path := t.TempDir()
	folder := snapshot.In(path)
	if _, err := folder.Read([16]byte{1, 2}); !errors.Is(err, snapshot.ErrNone) {
		t.Fatalf("an empty folder: %v", err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := draw(rt)
		if err := folder.Write(s); err != nil {
			rt.Fatal(err)
		}
		got, err := folder.Read(s.Ledger)
		if d := cmp.Diff(s, got); err != nil || d != "" {
			rt.Fatalf("%v %s", err, d)
		}
		files, _ := filepath.Glob(path + "/*")
		if len(files) != 1 {
			rt.Fatalf("files %v", files)
		}
		raw, err := os.ReadFile(files[0])
		if err != nil {
			rt.Fatal(err)
		}
		at := rapid.IntRange(0, len(raw)-1).Draw(rt, "at")
		for _, bad := range [][]byte{
			raw[:at], append(raw[:len(raw):len(raw)], 0),
			append(append(raw[:at:at], raw[at]^1<<rapid.IntRange(0, 7).Draw(rt, "bit")), raw[at+1:]...),
		} {
			if err := os.WriteFile(files[0], bad, 0o600); err != nil {
				rt.Fatal(err)
			}
			_, err := folder.Read(s.Ledger)
			if !errors.Is(err, snapshot.ErrDamaged) && !errors.Is(err, snapshot.ErrFormat) {
				rt.Fatalf("changed at %d of %d: %v", at, len(raw), err)
			}
		}
	})
}

func TestForeignAndOld(t *testing.T) {
	path := t.TempDir()
	folder := snapshot.In(path)
	if err := folder.Write(&snapshot.Snapshot{Ledger: [16]byte{1}}); err != nil {
		t.Fatal(err)
	}
	mine := filepath.Join(path, "01000000000000000000000000000000.snapshot")
	raw, err := os.ReadFile(mine)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(path, "02000000000000000000000000000000.snapshot"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := folder.Read([16]byte{2}); !errors.Is(err, snapshot.ErrForeign) {
		t.Errorf("another ledger's: %v", err)
	}
	format := slices.Clone(raw)
	format[8]++
	build := slices.Clone(raw)
	build[12]++
	head := len(raw) - 4 // its parts are empty
	binary.LittleEndian.PutUint32(build[head:], crc32.Checksum(build[:head], crc32.MakeTable(crc32.Castagnoli)))
	for what, other := range map[string][]byte{"format": format, "build": build} {
		if err := os.WriteFile(mine, other, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := folder.Read([16]byte{1}); !errors.Is(err, snapshot.ErrFormat) {
			t.Errorf("another %s: %v", what, err)
		}
	}
}
