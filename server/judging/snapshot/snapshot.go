package snapshot

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
)

// Format is raised when the files or what is in them change.
const Format = 2

// Audiences is how many numbers Told has.
const Audiences = 4

// Snapshot (快照) is a ledger up to record Seq.
type Snapshot struct {
	Ledger  [16]byte
	Epoch   uint64
	Seq     uint64
	Hash    [32]byte          // of record Seq
	Digests [32]byte          // of the digests of all records but the recent ones
	Told    [Audiences]uint64 // how often each audience was told
	Parts   [Parts][]byte
}

// The parts.
const (
	Lines   = iota // what the clerk keeps of a record, one behind the other
	Recent         // what he keeps of the last ones beside it
	Peaks          // of the tree over all others
	Senders        // who they came from
	Cells          // what was given for cells, briefly
	Words          // the texts in it
	Others         // bodies of the other records
	Parts
)

// The reasons for which a file is not used.
var (
	// ErrNone says that there is no file.
	ErrNone = errors.New("snapshot: there is none")
	// ErrFormat says that another version of the program wrote it.
	ErrFormat = errors.New("snapshot: of another format")
	// ErrForeign says that it is another ledger's.
	ErrForeign = errors.New("snapshot: of another ledger")
	// ErrDamaged says that it is not as it was written.
	ErrDamaged = errors.New("snapshot: damaged")
)

var (
	magic = [8]byte{'j', 'i', 'a', 'n', 'g', 's', 'n', 'p'}
	table = crc32.MakeTable(crc32.Castagnoli)
)

// head is the beginning of a file.
type head struct {
	Magic  [8]byte
	Format uint32
	Build  [16]byte
	Ledger [16]byte
	Epoch  uint64
	Seq    uint64
	Hash   [32]byte
	Digest [32]byte
	Told   [Audiences]uint64
	Sizes  [Parts]uint64
	Sums   [Parts]uint32
}

var headSize = binary.Size(head{})

// build is the program that this is, as far as it knows: where it was built, of which
// revision.
var build = sync.OnceValue(func() [16]byte {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return [16]byte{}
	}
	sum := sha256.Sum256([]byte(info.String()))
	return [16]byte(sum[:16])
})

// Folder is where the files are. Its methods are safe for concurrent use, but not
// two Writes of one ledger.
type Folder struct{ path string }

// In is the folder of that path; Write makes it.
func In(path string) Folder { return Folder{path} }

func (f Folder) file(ledger [16]byte) string {
	return filepath.Join(f.path, hex.EncodeToString(ledger[:])+".snapshot")
}

// Read gives a ledger's snapshot.
func (f Folder) Read(ledger [16]byte) (*Snapshot, error) {
	file, err := os.Open(f.file(ledger))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNone
	}
	if err != nil {
		return nil, fmt.Errorf("snapshot: %w", err)
	}
	defer file.Close()
	begin := make([]byte, headSize+4)
	if _, err := io.ReadFull(file, begin); err != nil {
		return nil, ErrDamaged
	}
	var h head
	if _, err := binary.Decode(begin, binary.LittleEndian, &h); err != nil {
		return nil, ErrDamaged
	}
	switch {
	case h.Magic != magic:
		return nil, ErrDamaged
	case h.Format != Format:
		return nil, ErrFormat
	case crc32.Checksum(begin[:headSize], table) != binary.LittleEndian.Uint32(begin[headSize:]):
		return nil, ErrDamaged
	case h.Build != build():
		return nil, ErrFormat
	case h.Ledger != ledger:
		return nil, ErrForeign
	}
	s := &Snapshot{Ledger: h.Ledger, Epoch: h.Epoch, Seq: h.Seq, Hash: h.Hash, Digests: h.Digest, Told: h.Told}
	return s, s.read(file, &h)
}

func (s *Snapshot) read(file *os.File, h *head) error {
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	left := uint64(info.Size()) - uint64(headSize+4)
	for i := range s.Parts {
		if h.Sizes[i] > left {
			return ErrDamaged
		}
		left -= h.Sizes[i]
		s.Parts[i] = make([]byte, h.Sizes[i])
		if _, err := io.ReadFull(file, s.Parts[i]); err != nil || crc32.Checksum(s.Parts[i], table) != h.Sums[i] {
			return ErrDamaged
		}
	}
	if left != 0 {
		return ErrDamaged
	}
	return nil
}

// Write puts a snapshot in the place of the ledger's last one.
func (f Folder) Write(s *Snapshot) error {
	if err := os.MkdirAll(f.path, 0o700); err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	h := head{Magic: magic, Format: Format, Build: build(), Ledger: s.Ledger, Epoch: s.Epoch, Seq: s.Seq, Hash: s.Hash, Digest: s.Digests, Told: s.Told}
	for i := range s.Parts {
		h.Sizes[i], h.Sums[i] = uint64(len(s.Parts[i])), crc32.Checksum(s.Parts[i], table)
	}
	begin, err := binary.Append(nil, binary.LittleEndian, &h)
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	begin = binary.LittleEndian.AppendUint32(begin, crc32.Checksum(begin, table))
	path := f.file(s.Ledger)
	file, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	_, err = file.Write(begin)
	for i := 0; i < Parts && err == nil; i++ {
		_, err = file.Write(s.Parts[i])
	}
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	return nil
}
