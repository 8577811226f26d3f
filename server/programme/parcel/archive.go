package parcel

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The limits of a package. They hold while unpacking.
const (
	MaxZip     = 20 << 20  // bytes of the .zip
	MaxEntries = 2000      // files and folders in it
	MaxBytes   = 256 << 20 // bytes unpacked, all files
	MaxRatio   = 100       // unpacked : packed, per file and over all
	MaxRows    = 200_000   // rows of all tables
)

// ratioFloor is where the ratio begins to matter: a short file of spaces packs
// better than 100 : 1 and harms nobody.
const ratioFloor = 1 << 20

// Files are a package's files by their name in it, with forward slashes.
type Files map[string][]byte

// OpenZip unpacks a .zip in memory. When it is not fit to be read, the files
// are nil and the faults say why.
func OpenZip(data []byte) (Files, *Faults) {
	faults := &Faults{}
	if len(data) > MaxZip {
		faults.Add("", "package.too_large", strconv.Itoa(len(data)))
		return nil, faults
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		faults.Add("", "package.archive_broken", "")
		return nil, faults
	}
	if len(r.File) > MaxEntries {
		faults.Add("", "package.too_many_files", strconv.Itoa(len(r.File)))
		return nil, faults
	}
	u := unpacking{files: Files{}, faults: faults, seen: map[string]bool{}, packed: len(data)}
	for _, f := range r.File {
		if !u.take(f) {
			break
		}
	}
	if faults.Any() {
		return nil, faults
	}
	return withoutTop(u.files), faults
}

// unpacking is the state while a .zip is read.
type unpacking struct {
	files  Files
	faults *Faults
	seen   map[string]bool // lower-cased names: two that differ in case only would be one file elsewhere
	packed int             // bytes of the whole .zip
	total  int             // bytes unpacked so far
}

// take reads one file of the archive; false means that reading on is pointless.
func (u *unpacking) take(f *zip.File) bool {
	name := f.Name
	if litter(name) {
		return true
	}
	if strings.HasSuffix(name, "/") {
		if !fs.ValidPath(strings.TrimSuffix(name, "/")) {
			u.faults.Add(name, "package.name_unsafe", "")
		}
		return true
	}
	if code := unfit(f); code != "" {
		u.faults.Add(name, code, "")
		return true
	}
	key := strings.ToLower(name)
	if u.seen[key] {
		u.faults.Add(name, "package.name_duplicate", "")
		return true
	}
	u.seen[key] = true
	data, code := u.read(f)
	if code != "" {
		u.faults.Add(name, code, "")
		return code == "package.archive_broken"
	}
	if nested(name, data) {
		u.faults.Add(name, "package.nested", "")
		return true
	}
	u.files[name] = data
	return true
}

// unfit says what is wrong with a file before its bytes are looked at.
func unfit(f *zip.File) string {
	const encrypted = 0x1
	switch {
	case !fs.ValidPath(f.Name) || strings.ContainsAny(f.Name, "\\:\x00") || !utf8.ValidString(f.Name):
		return "package.name_unsafe"
	case !f.Mode().IsRegular():
		return "package.not_a_file"
	case f.Flags&encrypted != 0:
		return "package.encrypted"
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return "package.archive_broken"
	}
	return ""
}

// read unpacks one file. The sizes that the archive declares are not believed.
func (u *unpacking) read(f *zip.File) ([]byte, string) {
	r, err := f.Open()
	if err != nil {
		return nil, "package.archive_broken"
	}
	defer r.Close()
	room := MaxBytes - u.total
	if most := max(ratioFloor, MaxRatio*u.packed-u.total); most < room {
		room = most
	}
	if f.CompressedSize64 < uint64(room) {
		room = min(room, max(ratioFloor, MaxRatio*int(f.CompressedSize64)))
	}
	data, err := io.ReadAll(io.LimitReader(r, int64(room)+1))
	if err != nil {
		return nil, "package.archive_broken"
	}
	if len(data) > room {
		return nil, "package.bomb"
	}
	u.total += len(data)
	return data, ""
}

// nested says that a file is itself an archive, by name or by its first bytes.
func nested(name string, data []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".zip", ".gz", ".tgz", ".rar", ".7z", ".xz", ".bz2", ".tar":
		return true
	}
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("\x1f\x8b"))
}

// litter says that a file is what desktops leave behind unasked.
func litter(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(name, "__MACOSX/") || base == ".DS_Store" || base == "Thumbs.db" || base == "desktop.ini"
}

// withoutTop drops the one folder that all files are in: people pack the folder
// and not what is in it.
func withoutTop(files Files) Files {
	if _, ok := files["contest.json"]; ok {
		return files
	}
	top := ""
	for name := range files {
		dir, _, ok := strings.Cut(name, "/")
		if !ok || (top != "" && dir != top) {
			return files
		}
		top = dir
	}
	out := make(Files, len(files))
	for name, data := range files {
		out[strings.TrimPrefix(name, top+"/")] = data
	}
	return out
}

// OpenFolder reads a package that lies as a folder, with the same limits. An
// error is one of the file system; what is wrong with the package is in the
// faults.
func OpenFolder(fsys fs.FS) (Files, *Faults, error) {
	files, faults, total, count := Files{}, &Faults{}, 0, 0
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() || litter(name) {
			return nil
		}
		if count++; count > MaxEntries {
			faults.Add("", "package.too_many_files", strconv.Itoa(count))
			return fs.SkipAll
		}
		if !d.Type().IsRegular() {
			faults.Add(name, "package.not_a_file", "")
			return nil
		}
		data, err := readSome(fsys, name, MaxBytes-total)
		if err != nil {
			return err
		}
		if total += len(data); total > MaxBytes {
			faults.Add("", "package.too_large", "")
			return fs.SkipAll
		}
		if nested(name, data) {
			faults.Add(name, "package.nested", "")
			return nil
		}
		files[name] = data
		return nil
	})
	if err != nil || faults.Any() {
		return nil, faults, err
	}
	return files, faults, nil
}

// readSome reads a file, at most one byte more than room.
func readSome(fsys fs.FS, name string, room int) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, int64(room)+1))
}
