package plan

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// The bounds of documents.
const (
	MaxFile  = 20 << 20 // bytes of one
	maxFiles = 40       // of an event
	maxName  = 120
)

// needsOf are the documents that an application must have, and what answers them:
// the event's own scheme and named judges stand for their files.
func needsOf(files []File, outfit Outfit) []Need {
	has := func(kind FileKind) Need {
		return Need{kind, slices.ContainsFunc(files, func(f File) bool { return f.Kind == kind }), "files"}
	}
	scheme, judges := has(SchemeFile), has(JudgesFile)
	if outfit.SchemeVersion > 0 {
		scheme.Have, scheme.From = true, "scheme"
	}
	if outfit.Judges > 0 {
		judges.Have, judges.From = true, "chairs"
	}
	return []Need{has(TechnicalFile), scheme, judges}
}

// digestOf is over what an event is applied with, so that a later change shows.
func digestOf(f Filing, files []File, outfit Outfit) string {
	var list []string
	for _, x := range files {
		if x.Kind != ListFile { // comes after the filing
			list = append(list, string(x.Kind)+" "+hex.EncodeToString(x.Sum[:]))
		}
	}
	slices.Sort(list)
	text, err := json.Marshal(struct {
		Class, Scheme string
		Judges        int
		Files         []string
	}{f.Class, outfit.SchemeSum, outfit.Judges, list})
	if err != nil {
		panic(err) // strings and a number
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// media are the kinds of document that are taken, by their first bytes. Old and
// new office files are archives of their own; what is in them nobody here opens.
var media = []struct{ head, name string }{
	{"%PDF-", "application/pdf"},
	{"\x89PNG\r\n\x1a\n", "image/png"},
	{"\xff\xd8\xff", "image/jpeg"},
	{"PK\x03\x04", "application/zip"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"},
}

// MediaOf finds what a document is; "" for what is not taken.
func MediaOf(body []byte) string {
	for _, m := range media {
		if bytes.HasPrefix(body, []byte(m.head)) {
			return m.name
		}
	}
	return ""
}

// CanAttach answers whether the actor may add a document of the kind there now,
// before its bytes are read.
func (d *Desk) CanAttach(ctx context.Context, a contest.Actor, id contest.ID, kind FileKind) error {
	e, err := d.eventFor(ctx, a, id)
	if err != nil {
		return err
	}
	if !mayWrite(a, e) {
		return forbidden()
	}
	f, err := d.filingOf(ctx, e)
	if err != nil {
		return err
	}
	return attachable(f, kind)
}

// attachable says whether documents of a kind may come and go now: an
// application's while it is put together, the signed list until it is accepted.
func attachable(f Filing, kind FileKind) error {
	if !slices.Contains(FileKinds(), kind) {
		return refused("/kind", "plan.kind_unknown", string(kind))
	}
	if kind == ListFile && (f.State == Filed || f.State == SentBack) || kind != ListFile && f.isOpen() {
		return nil
	}
	return stepRefused(f.State)
}

// Attach adds a document by the event's host or office. The same bytes of the
// same kind again are answered again.
func (d *Desk) Attach(ctx context.Context, a contest.Actor, id contest.ID, kind FileKind, name string, body []byte) (File, error) {
	if err := d.CanAttach(ctx, a, id, kind); err != nil {
		return File{}, err
	}
	made := File{
		ID: newID(), Event: id, Kind: kind, Name: fileName(name), Media: MediaOf(body), Size: len(body), Sum: sha256.Sum256(body),
		By: a.Who(), ByName: a.Name, At: d.now(), Body: body,
	}
	switch {
	case made.Media == "":
		return File{}, fault.New(fault.Unsupported, "plan.file_type", fault.At("", "plan.file_type", "PDF, PNG, JPEG, DOCX, XLSX, DOC, XLS, ZIP"))
	case len(body) > MaxFile:
		return File{}, fault.New(fault.TooLarge, "plan.file_large", fault.At("", "plan.file_large", strconv.Itoa(MaxFile>>20)+" MB"))
	case made.Name == "":
		return File{}, refused("/name", "plan.empty", "")
	}
	err := d.Work.Do(ctx, func(ctx context.Context) error {
		if err := d.Store.HoldFiling(ctx, id); err != nil {
			return err
		}
		if err := d.CanAttach(ctx, a, id, kind); err != nil {
			return err // it was applied for in between
		}
		list, err := d.Store.ListFiles(ctx, id)
		if err != nil {
			return err
		}
		for _, f := range list {
			if f.Kind == kind && f.Sum == made.Sum {
				made = f
				return nil
			}
		}
		if len(list) >= maxFiles {
			return fault.New(fault.Refused, "plan.too_many_files", fault.At("", "plan.too_many_files", strconv.Itoa(maxFiles)))
		}
		if err := d.Store.AddFile(ctx, made); err != nil {
			return err
		}
		return d.Audit.Record(ctx, a, "plan.file_added", "event/"+id.String(), detailOf(made))
	})
	made.Body = nil
	return made, err
}

// fileName is a name without a folder, and without what cannot be seen.
func fileName(s string) string {
	s = s[strings.LastIndexAny(s, `/\`)+1:]
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.Is(unicode.C, r) || strings.ContainsRune(`"<>|:*?`, r) {
			return -1
		}
		return r
	}, s))
	if r := []rune(s); len(r) > maxName {
		return string(r[len(r)-maxName:]) // the ending says what it is
	}
	return s
}

// detailOf is what the audit keeps of a document.
func detailOf(f File) map[string]string {
	return map[string]string{"kind": string(f.Kind), "file": f.ID.String(), "sha256": hex.EncodeToString(f.Sum[:])}
}

// Detach takes a document away, while documents of its kind may go.
func (d *Desk) Detach(ctx context.Context, a contest.Actor, id, file contest.ID) error {
	return d.Work.Do(ctx, func(ctx context.Context) error {
		e, err := d.eventFor(ctx, a, id)
		if err != nil {
			return err
		}
		if !mayWrite(a, e) {
			return forbidden()
		}
		if err := d.Store.HoldFiling(ctx, id); err != nil {
			return err
		}
		found, err := d.Store.FindFile(ctx, id, file)
		if err != nil {
			return err
		}
		f, err := d.filingOf(ctx, e)
		if err != nil {
			return err
		}
		if err := attachable(f, found.Kind); err != nil {
			return err
		}
		if err := d.Store.RemoveFile(ctx, id, file); err != nil {
			return err
		}
		return d.Audit.Record(ctx, a, "plan.file_removed", "event/"+id.String(), detailOf(found))
	})
}

// Document gives one document with its bytes to who may see the filing.
func (d *Desk) Document(ctx context.Context, a contest.Actor, id, file contest.ID) (File, error) {
	if _, err := d.eventFor(ctx, a, id); err != nil {
		return File{}, err
	}
	return d.Store.FindFile(ctx, id, file)
}
