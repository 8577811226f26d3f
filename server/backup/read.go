package backup

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"jiangtai/server/fault"
)

// largest entry that is read: a row with a scanned document of 20 MB is twice
// that as text, and ends a piece.
const maxEntry = 256 << 20

// maxTrailer is how much of nothing a tar may end with.
const maxTrailer = 64 << 10

// Content is what a backup holds, every sum of it checked.
type Content struct {
	Head    Head
	Closing Closing
	Files   []File
}

// Key is the text of the file keys/NAME, empty when it is not there.
func (c *Content) Key(name string) string {
	for _, f := range c.Files {
		if f.Name == keysFolder+"/"+name {
			return string(f.Data)
		}
	}
	return ""
}

// Inspect reads a whole backup and checks it as far as that goes without a
// database. Faults: those of opening it (backup.sealed, backup.wrong_key,
// backup.format), Malformed backup.half for one that ends too early and
// backup.damaged with the entry in question.
func Inspect(ctx context.Context, r io.Reader, k Key) (*Content, error) {
	return walk(ctx, r, k, func(Table, []byte) error { return nil })
}

// walk reads a backup and gives every piece of a table to each.
func walk(ctx context.Context, r io.Reader, k Key, each func(t Table, rows []byte) error) (*Content, error) {
	plain, err := k.unseal(r)
	if err != nil {
		return nil, err
	}
	stream := bufio.NewReaderSize(plain, 64<<10) // what follows the last entry stays in it
	zipped, err := gzip.NewReader(stream)
	if err != nil {
		return nil, unreadable(err)
	}
	zipped.Multistream(false)
	w := &walker{tar: tar.NewReader(zipped), each: each}
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		isLast, err := w.entry()
		if err != nil {
			return nil, err
		}
		if isLast {
			break
		}
	}
	// To the end: gzip's own sum, and that age's last chunk is there.
	return &w.out, errors.Join(ends(zipped, maxTrailer), ends(stream, 0))
}

// ends reads what is left, at most so much of it.
func ends(r io.Reader, most int64) error {
	switch _, err := io.CopyN(io.Discard, r, most+1); {
	case err == nil:
		return unreadable(errLonger)
	case !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return unreadable(err)
	}
	return nil
}

var errLonger = errors.New("something follows its last entry")

// unreadable says why a backup cannot be read on.
func unreadable(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return fault.Wrap(err, fault.Malformed, "backup.half")
	}
	return fault.Wrap(err, fault.Malformed, "backup.damaged")
}

func damaged(name string) error {
	return fault.New(fault.Malformed, "backup.damaged", fault.At(name, "backup.damaged", ""))
}

// walker reads the entries in their order: head, files, tables, closing.
type walker struct {
	tar  *tar.Reader
	each func(t Table, rows []byte) error

	out     Content
	headSum string
	isBegun bool
	counts  []*tally
	table   int // the one whose pieces are coming
	pieces  int
}

func (w *walker) entry() (isLast bool, err error) {
	header, err := w.tar.Next()
	if err != nil {
		return false, unreadable(err)
	}
	if header.Size > maxEntry {
		return false, damaged(header.Name)
	}
	data := make([]byte, header.Size)
	if _, err := io.ReadFull(w.tar, data); err != nil {
		return false, unreadable(err)
	}
	switch {
	case !w.isBegun:
		return false, w.head(header.Name, data)
	case header.Name == closingEntry:
		return true, w.close(data)
	case strings.HasPrefix(header.Name, filePrefix):
		return false, w.file(strings.TrimPrefix(header.Name, filePrefix), data)
	default:
		return false, w.rows(header.Name, data)
	}
}

func (w *walker) head(name string, data []byte) error {
	if name != headEntry {
		return fault.New(fault.Malformed, "backup.format")
	}
	if err := json.Unmarshal(data, &w.out.Head); err != nil {
		return fault.Wrap(err, fault.Malformed, "backup.format")
	}
	if w.out.Head.Format != format {
		return fault.New(fault.Refused, "backup.newer", fault.At(headEntry, "backup.newer", strconv.Itoa(w.out.Head.Format)))
	}
	w.isBegun, w.headSum = true, sum(data)
	for _, t := range w.out.Head.Tables {
		w.counts = append(w.counts, newTally(t.Name))
	}
	return nil
}

func (w *walker) file(name string, data []byte) error {
	if name != path.Clean(name) || path.IsAbs(name) || strings.HasPrefix(name, "..") || strings.Contains(name, `\`) {
		return damaged(filePrefix + name) // it would be written elsewhere
	}
	w.out.Files = append(w.out.Files, File{name, data})
	return nil
}

// rows takes a piece: the next one of this table or the first of a later one.
func (w *walker) rows(name string, data []byte) error {
	tables := w.out.Head.Tables
	for w.table < len(tables) && name != pieceName(tables[w.table].Name, w.pieces+1) {
		w.table, w.pieces = w.table+1, 0
	}
	if w.table == len(tables) || len(data) == 0 || data[len(data)-1] != '\n' {
		return damaged(name)
	}
	w.pieces++
	for rest := data; len(rest) > 0; {
		end := bytes.IndexByte(rest, '\n') + 1
		w.counts[w.table].row(rest[:end])
		rest = rest[end:]
	}
	return w.each(tables[w.table], data)
}

// close holds what came against what was written.
func (w *walker) close(data []byte) error {
	c := &w.out.Closing
	if err := json.Unmarshal(data, c); err != nil {
		return fault.Wrap(err, fault.Malformed, "backup.damaged")
	}
	if c.Head != w.headSum {
		return damaged(headEntry)
	}
	files := make([]FileTotals, 0, len(w.out.Files))
	for _, f := range w.out.Files {
		files = append(files, FileTotals{f.Name, sum(f.Data)})
	}
	if !slices.Equal(files, c.Files) {
		return damaged(filePrefix)
	}
	got := make([]TableTotals, 0, len(w.counts))
	for _, t := range w.counts {
		got = append(got, t.totals())
	}
	if name, ok := differ(got, c.Tables); ok {
		return damaged(tablePrefix + name)
	}
	return nil
}

// differ names the first table whose totals are not the same.
func differ(got, want []TableTotals) (string, bool) {
	if len(got) != len(want) {
		return fmt.Sprintf("(%d)", len(want)), true
	}
	for i := range got {
		if got[i] != want[i] {
			return want[i].Name, true
		}
	}
	return "", false
}
