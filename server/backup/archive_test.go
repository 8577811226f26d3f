package backup

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"jiangtai/server/fault"
)

var taken = time.Date(2026, 11, 22, 10, 30, 0, 0, time.UTC)

// small is a database of two tables in memory.
type small struct{ rows map[string][][][]byte }

func (s small) Snapshot(ctx context.Context, fn func(context.Context, Snapshot) error) error {
	return fn(ctx, s)
}

func (s small) Describe(context.Context) (Catalogue, error) {
	two := []Column{{"a", "text"}, {"b", "bytea"}}
	return Catalogue{Schema: 5, Tables: []Table{{"empty", two}, {"first", two}, {"second", two[:1]}}, Sequences: []Sequence{{"s", 3, true}}}, nil
}

func (s small) Rows(_ context.Context, t Table, each func([][]byte) error) error {
	for _, r := range s.rows[t.Name] {
		if err := each(r); err != nil {
			return err
		}
	}
	return nil
}

func world() small {
	chance := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, piece)
	for i := range noise {
		noise[i] = 'a' + byte(chance.Uint32()%26)
	}
	return small{map[string][][][]byte{
		"first": {
			{[]byte("tab\tand\\line\n\r\v\f\b"), nil}, {[]byte(""), []byte(`\x00`)}, {[]byte("x"), noise}, {[]byte("y"), noise[:100]},
		},
		"second": {{[]byte(`\.`)}, {nil}, {[]byte("中文 👩‍🏭")}},
	}}
}

func saved(t testing.TB, l Lock, w small) []byte {
	t.Helper()
	var b bytes.Buffer
	files := []File{{"heads.txt", []byte("told")}, {"keys/ledger.key", []byte("secret")}}
	_, done, err := Write(t.Context(), &b, l, Head{Program: "v1", Reason: Manual, TakenAt: taken}, files, w)
	if err != nil {
		t.Fatal(err)
	}
	if done.Rows() != 7 {
		t.Errorf("%d rows", done.Rows())
	}
	return b.Bytes()
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	lock, key, err := Passphrase(" correct horse battery\n")
	if err != nil {
		t.Fatal(err)
	}
	text, err := NewMachineKey()
	if err != nil {
		t.Fatal(err)
	}
	own, ownKey, err := ParseMachineKey(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, one := range map[string]struct {
		lock Lock
		key  Key
	}{"open": {}, "passphrase": {lock, key}, "machine": {own, ownKey}, "open, with a key": {Lock{}, key}} {
		raw := saved(t, one.lock, world())
		if isClear := bytes.Contains(raw, []byte("age-encryption.org")); isClear == one.lock.IsOpen() {
			t.Errorf("%s: it is not as its lock says", name)
		}
		var pieces []string
		got, err := walk(t.Context(), bytes.NewReader(raw), one.key, func(table Table, rows []byte) error {
			pieces = append(pieces, fmt.Sprint(table.Name, len(rows)))
			return nil
		})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got.Head.Schema != 5 || got.Head.Program != "v1" || !got.Head.TakenAt.Equal(taken) || len(got.Head.Tables) != 3 || got.Key("ledger.key") != "secret" || got.Key("none") != "" {
			t.Errorf("%s: got %+v", name, got.Head)
		}
		if len(pieces) != 3 { // the noise, as bytes that COPY escapes, is more than one piece
			t.Errorf("%s: pieces %v", name, pieces)
		}
	}
}

// rewritten is a backup in the clear whose entries were changed.
func rewritten(t testing.TB, raw []byte, change func(name string, data []byte) ([]byte, bool)) []byte {
	t.Helper()
	zipped, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	from, to := tar.NewReader(zipped), tar.NewWriter(z)
	for {
		h, err := from.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		data, isKept := change(h.Name, data)
		if !isKept {
			continue
		}
		h.Size = int64(len(data))
		if err := to.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(to.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAChangedBackupIsNoticed(t *testing.T) {
	raw := saved(t, Lock{}, world())
	for name, one := range map[string]struct {
		code   string
		change func(string, []byte) ([]byte, bool)
	}{
		"nothing": {"", func(_ string, d []byte) ([]byte, bool) { return d, true }},
		"a value": {"backup.damaged", func(n string, d []byte) ([]byte, bool) {
			return bytes.Replace(d, []byte("中文"), []byte("中国"), 1), true
		}},
		"a key": {"backup.damaged", func(n string, d []byte) ([]byte, bool) {
			return bytes.Replace(d, []byte("secret"), []byte("forged"), 1), true
		}},
		"the head": {"backup.damaged", func(n string, d []byte) ([]byte, bool) {
			return bytes.Replace(d, []byte(`"v1"`), []byte(`"v2"`), 1), true
		}},
		"a piece gone": {"backup.damaged", func(n string, d []byte) ([]byte, bool) { return d, n != pieceName("first", 2) }},
		"a table gone": {"backup.damaged", func(n string, d []byte) ([]byte, bool) { return d, !strings.HasPrefix(n, tablePrefix+"second") }},
		"a file gone":  {"backup.damaged", func(n string, d []byte) ([]byte, bool) { return d, n != "files/heads.txt" }},
		"no end":       {"backup.half", func(n string, d []byte) ([]byte, bool) { return d, n != closingEntry }},
		"no head":      {"backup.format", func(n string, d []byte) ([]byte, bool) { return d, n != headEntry }},
		"a later format": {"backup.newer", func(n string, d []byte) ([]byte, bool) {
			return bytes.Replace(d, []byte(`"format": 1`), []byte(`"format": 2`), 1), true
		}},
		"an end of nothing": {"backup.damaged", func(n string, d []byte) ([]byte, bool) {
			if n == closingEntry {
				d = []byte("{}")
			}
			return d, true
		}},
		"a row without end": {"backup.damaged", func(n string, d []byte) ([]byte, bool) {
			if n == pieceName("second", 1) {
				d = d[:len(d)-1]
			}
			return d, true
		}},
	} {
		_, err := Inspect(t.Context(), bytes.NewReader(rewritten(t, raw, one.change)), Key{})
		if one.code == "" && err != nil || one.code != "" && fault.Code(err) != one.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, path := range []string{"../outside", "/etc/passwd", "keys/../../x", `keys\x`} {
		if err := new(walker).file(path, nil); fault.Code(err) != "backup.damaged" {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// Wherever a file is cut and whichever bit is turned, it is noticed.
func TestHalfAndDamagedFilesAreTold(t *testing.T) {
	text, err := NewMachineKey()
	if err != nil {
		t.Fatal(err)
	}
	lock, key, err := ParseMachineKey(text)
	if err != nil {
		t.Fatal(err)
	}
	tiny := small{map[string][][][]byte{"first": world().rows["first"][:2], "second": world().rows["second"]}}
	write := func(l Lock) []byte {
		var b bytes.Buffer
		if _, _, err := Write(t.Context(), &b, l, Head{TakenAt: taken}, nil, tiny); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	plain, sealed := write(Lock{}), write(lock)
	for end := range plain {
		if _, err := Inspect(t.Context(), bytes.NewReader(plain[:end]), Key{}); fault.Code(err) != "backup.half" {
			t.Fatalf("cut at %d of %d: %v", end, len(plain), err)
		}
	}
	for _, end := range []int{0, 5, 30, 200, len(sealed) / 2, len(sealed) - 1} {
		if _, err := Inspect(t.Context(), bytes.NewReader(sealed[:end]), key); !slices.Contains([]string{"backup.half", "backup.damaged"}, fault.Code(err)) {
			t.Errorf("sealed, cut at %d of %d: %v", end, len(sealed), err)
		}
	}
	for at := range plain {
		if at < 10 {
			continue // gzip's own head: its time and system mean nothing
		}
		bad := slices.Clone(plain)
		bad[at] ^= 1
		if _, err := Inspect(t.Context(), bytes.NewReader(bad), Key{}); err == nil && !bytes.Equal(unzipped(t, bad), unzipped(t, plain)) {
			t.Fatalf("a turned bit at %d of %d went unnoticed", at, len(plain))
		}
	}
	for _, at := range []int{len(sealed) - 1, len(sealed) / 2, len(sealed) - 300} {
		bad := slices.Clone(sealed)
		bad[at] ^= 1
		if _, err := Inspect(t.Context(), bytes.NewReader(bad), key); fault.Code(err) != "backup.damaged" {
			t.Errorf("sealed, bit at %d: %v", at, err)
		}
	}
	if _, err := Inspect(t.Context(), bytes.NewReader(append(slices.Clone(plain), plain...)), Key{}); err == nil {
		t.Error("two backups in one file are one")
	}
}

func TestKeysAreToldApart(t *testing.T) {
	lock, _, err := Passphrase("correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	_, other, err := Passphrase("another passphrase")
	if err != nil {
		t.Fatal(err)
	}
	text, err := NewMachineKey()
	if err != nil {
		t.Fatal(err)
	}
	_, machine, err := ParseMachineKey(text)
	if err != nil {
		t.Fatal(err)
	}
	raw := saved(t, lock, world())
	for name, one := range map[string]struct {
		raw  []byte
		key  Key
		code string
	}{
		"another passphrase": {raw, other, "backup.wrong_key"},
		"a machine's key":    {raw, machine, "backup.wrong_key"},
		"no key":             {raw, Key{}, "backup.sealed"},
		"no backup":          {[]byte("%PDF-1.7 some other file"), Key{}, "backup.format"},
		"another gzip":       {gzipped(t, "text"), Key{}, "backup.half"},
		"nothing":            {nil, Key{}, "backup.half"},
	} {
		if _, err := Inspect(t.Context(), bytes.NewReader(one.raw), one.key); fault.Code(err) != one.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := Passphrase("short      "); fault.Code(err) != "backup.short_passphrase" {
		t.Errorf("a short one: %v", err)
	}
	if _, _, err := ParseMachineKey("AGE-SECRET-KEY-1AAAA"); fault.Code(err) != "backup.key" || strings.Contains(err.Error(), "1AAAA") {
		t.Errorf("a bad key: %v", err)
	}
}

func gzipped(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := io.WriteString(z, text)
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func unzipped(t testing.TB, raw []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRowsAddUpInAnyOrder(t *testing.T) {
	var a, b, c rowSum
	a.add([]byte("one"))
	a.add([]byte("two"))
	a.add([]byte("two"))
	b.add([]byte("two"))
	b.add([]byte("one"))
	b.add([]byte("two"))
	c.add([]byte("one"))
	c.add([]byte("one"))
	c.add([]byte("two"))
	if a != b || a == c || len(a.String()) != 64 {
		t.Errorf("%s, %s, %s", a.String(), b.String(), c.String())
	}
	carry := rowSum{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}
	was := carry
	carry.add([]byte("x"))
	if carry == was {
		t.Error("nothing was added")
	}
}
