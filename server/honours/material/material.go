package material

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// MaxSize is the most bytes of a file, and MaxFiles the most files of a
// nomination.
const (
	MaxSize  = 20 << 20
	MaxFiles = 50
)

// File (材料) is a paper of a nomination, without its bytes.
type File struct {
	Nomination contest.ID
	Sum        string // SHA-256, in hexadecimal
	Name       string
	Type       string // application/pdf, image/png or image/jpeg
	Size       int
	By         contest.ID
	At         time.Time
}

// Config is what the desk needs; all of it.
type Config struct {
	Files    Files
	Work     Work
	Audit    Audit
	Nominees Nominees
	Now      func() time.Time
}

// Desk (材料室) is the door to the papers. It is safe for concurrent use.
type Desk struct{ Config }

// New makes the desk.
func New(cfg Config) *Desk { return &Desk{cfg} }

// starts are the first bytes of what is kept.
var starts = []struct{ kind, first string }{
	{"application/pdf", "%PDF-"}, {"image/png", "\x89PNG\r\n\x1a\n"}, {"image/jpeg", "\xff\xd8\xff"},
}

// Keep keeps a file with a nomination that the actor sees and has a part in:
// its union, the county above, the office. The same file again is the same one.
func (d *Desk) Keep(ctx context.Context, a contest.Actor, nomination contest.ID, name string, body []byte) (File, error) {
	f := File{Nomination: nomination, Name: clean(name), Size: len(body), By: a.Who(), At: d.Now().UTC().Truncate(time.Microsecond)}
	at := slices.IndexFunc(starts, func(s struct{ kind, first string }) bool { return bytes.HasPrefix(body, []byte(s.first)) })
	switch {
	case !a.Has(contest.ID{}, contest.ID{}, contest.UnitSteward, contest.CountyReviewer, contest.UnionOffice):
		if _, err := d.Nominees.See(ctx, a, nomination); err != nil {
			return f, err
		}
		return f, fault.New(fault.Forbidden, "honours.forbidden")
	case f.Name == "":
		return f, fault.New(fault.Refused, "honours.invalid", fault.At("/name", "honours.needed", ""))
	case at < 0 || len(body) > MaxSize:
		return f, fault.New(fault.Refused, "honours.file_kind", fault.At("/", "honours.file_kind", f.Name))
	}
	f.Type = starts[at].kind
	sum := sha256.Sum256(body)
	f.Sum = hex.EncodeToString(sum[:])
	err := d.Work.Do(ctx, func(ctx context.Context) error {
		if _, err := d.Nominees.See(ctx, a, nomination); err != nil {
			return err
		}
		list, err := d.Files.ListFiles(ctx, nomination)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(list, func(o File) bool { return o.Sum == f.Sum }); i >= 0 {
			f = list[i]
			return nil
		}
		if len(list) >= MaxFiles {
			return fault.New(fault.Stale, "honours.file_many")
		}
		if err := d.Files.CreateFile(ctx, f, body); err != nil {
			return err
		}
		return d.Audit.Record(ctx, a, "honours.file.kept", "nomination/"+nomination.String(), map[string]string{"sum": f.Sum, "type": f.Type})
	})
	return f, err
}

// clean is a file's name without folders and without what cannot be seen.
func clean(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), "\\", "/"))
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, name)
	for utf8.RuneCountInString(name) > 120 {
		_, n := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-n]
	}
	if name == "." || name == "/" {
		return ""
	}
	return strings.TrimSpace(name)
}

// List gives a nomination's files, in the order they came, to whoever sees it.
func (d *Desk) List(ctx context.Context, a contest.Actor, nomination contest.ID) ([]File, error) {
	if _, err := d.Nominees.See(ctx, a, nomination); err != nil {
		return nil, err
	}
	return d.Files.ListFiles(ctx, nomination)
}

// Open gives a file with its bytes, to whoever sees the nomination.
func (d *Desk) Open(ctx context.Context, a contest.Actor, nomination contest.ID, sum string) (File, []byte, error) {
	if _, err := d.Nominees.See(ctx, a, nomination); err != nil {
		return File{}, nil, err
	}
	return d.Files.FindFile(ctx, nomination, sum)
}
