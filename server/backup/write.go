package backup

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"
)

// piece is how large a part of a table grows before it is written.
const piece = 4 << 20

// Write makes a backup of a snapshot and files on w, closed with the lock. The
// caller names program, reason and time in h; what the database holds is filled
// in here.
func Write(ctx context.Context, w io.Writer, l Lock, h Head, files []File, from Source) (Head, Closing, error) {
	var done Closing
	err := from.Snapshot(ctx, func(ctx context.Context, s Snapshot) error {
		var err error
		if h.Catalogue, err = s.Describe(ctx); err != nil {
			return err
		}
		h.Format = format
		done, err = write(ctx, w, l, h, files, s)
		return err
	})
	return h, done, err
}

func write(ctx context.Context, w io.Writer, l Lock, h Head, files []File, s Snapshot) (Closing, error) {
	sealed, err := l.seal(w)
	if err != nil {
		return Closing{}, err
	}
	zipped, err := gzip.NewWriterLevel(sealed, gzip.BestSpeed)
	if err != nil {
		return Closing{}, fmt.Errorf("write the backup: %w", err)
	}
	a := &archive{tar: tar.NewWriter(zipped), at: h.TakenAt}
	if err := a.all(ctx, h, files, s); err != nil {
		return Closing{}, err
	}
	for _, c := range []io.Closer{a.tar, zipped, sealed} {
		if err := c.Close(); err != nil {
			return Closing{}, fmt.Errorf("write the backup: %w", err)
		}
	}
	return a.done, nil
}

// archive is a backup being written.
type archive struct {
	tar  *tar.Writer
	at   time.Time
	done Closing
	buf  []byte
}

func (a *archive) all(ctx context.Context, h Head, files []File, s Snapshot) error {
	head, err := json.MarshalIndent(h, "", " ")
	if err != nil {
		return fmt.Errorf("write the backup's head: %w", err)
	}
	a.done.Head = sum(head)
	if err := a.put(headEntry, head); err != nil {
		return err
	}
	for _, f := range files {
		a.done.Files = append(a.done.Files, FileTotals{f.Name, sum(f.Data)})
		if err := a.put(filePrefix+f.Name, f.Data); err != nil {
			return err
		}
	}
	for _, t := range h.Tables {
		if err := a.table(ctx, t, s); err != nil {
			return err
		}
	}
	closing, err := json.MarshalIndent(a.done, "", " ")
	if err != nil {
		return fmt.Errorf("write the backup's end: %w", err)
	}
	return a.put(closingEntry, closing)
}

// table writes a table in pieces.
func (a *archive) table(ctx context.Context, t Table, s Snapshot) error {
	n, count := 0, newTally(t.Name)
	flush := func() error {
		n++
		err := a.put(pieceName(t.Name, n), a.buf)
		a.buf = a.buf[:0]
		return err
	}
	a.buf = a.buf[:0]
	err := s.Rows(ctx, t, func(values [][]byte) error {
		start := len(a.buf)
		a.buf = appendRow(a.buf, values)
		count.row(a.buf[start:])
		if len(a.buf) < piece {
			return nil
		}
		return flush()
	})
	if err != nil {
		return fmt.Errorf("save the table %s: %w", t.Name, err)
	}
	if len(a.buf) > 0 {
		if err := flush(); err != nil {
			return err
		}
	}
	a.done.Tables = append(a.done.Tables, count.totals())
	return nil
}

func (a *archive) put(name string, data []byte) error {
	err := a.tar.WriteHeader(&tar.Header{
		Name: name, Mode: 0o600, Size: int64(len(data)), ModTime: a.at, Format: tar.FormatPAX,
	})
	if err == nil {
		_, err = a.tar.Write(data)
	}
	if err != nil {
		return fmt.Errorf("write %s of the backup: %w", name, err)
	}
	return nil
}

func pieceName(table string, n int) string {
	return tablePrefix + table + "/" + fmt.Sprintf("%06d", n) + ".copy"
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// tally counts a table.
type tally struct {
	out  TableTotals
	text interface {
		io.Writer
		Sum(b []byte) []byte
	}
	rows rowSum
}

func newTally(name string) *tally { return &tally{out: TableTotals{Name: name}, text: sha256.New()} }

func (t *tally) row(line []byte) {
	t.out.Rows++
	_, _ = t.text.Write(line) // of a hash: never fails
	t.rows.add(line)
}

func (t *tally) totals() TableTotals {
	t.out.SHA256 = hex.EncodeToString(t.text.Sum(nil))
	t.out.Sum = t.rows.String()
	return t.out
}

// String names the totals for a log.
func (t TableTotals) String() string { return t.Name + " " + strconv.FormatInt(t.Rows, 10) }
