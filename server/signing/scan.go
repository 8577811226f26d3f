package signing

import (
	"bytes"
	"context"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// MaxFile is the largest scan, in bytes.
const MaxFile = 20 << 20

// MaxText is how many characters a reason may have.
const MaxText = 500

var errVoid = fault.New(fault.Refused, "signing.void")

// Upload is a signed paper as it came in.
type Upload struct {
	File []byte
	// IsSure says that a person has held the paper against the document: needed
	// where no QR code can be read.
	IsSure bool
}

// Scan keeps a signed paper's scan; with it the document is signed. Kinds: Missing,
// Forbidden, TooLarge, Unsupported, Refused when a page of it is another document's,
// when it is the file that was printed and nobody's signature can be on it, or when
// nothing says whose it is and nobody vouches.
func (d *Desk) Scan(ctx context.Context, a contest.Actor, event contest.ID, serial int, up Upload) (Document, error) {
	doc, err := d.find(ctx, a, event, serial)
	if err != nil {
		return doc, err
	}
	if err := d.read(ctx, a, event, roles(doc.Of.Kind), func(Reading) error { return nil }); err != nil {
		return doc, err
	}
	if doc.Void != nil {
		return doc, errVoid
	}
	s, err := d.look(ctx, doc, up)
	if err != nil {
		return doc, err
	}
	s.ID, s.At, s.By, s.ByName = newID(), d.now(), a.Who(), a.Name
	err = d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		now, err := d.cfg.Store.FindDocument(ctx, event, serial)
		switch {
		case err != nil:
			return err
		case now.Void != nil:
			return errVoid
		case now.Scan != nil && now.Scan.Sum == s.Sum:
			s = *now.Scan // the same file again: nothing is done
			return nil
		}
		if err := d.cfg.Store.CreateScan(ctx, doc.ID, s, up.File); err != nil {
			return err
		}
		return d.cfg.Audit.Record(ctx, a, "document.scanned", "event/"+event.String(), map[string]string{
			"number": doc.Number, "read": strconv.FormatBool(s.IsRead),
		})
	})
	doc.Scan = &s
	return doc, err
}

// look tells what a file is and whose document it shows.
func (d *Desk) look(ctx context.Context, doc Document, up Upload) (Scan, error) {
	s := Scan{Type: typeOf(up.File), Size: len(up.File), Sum: sha256.Sum256(up.File)}
	switch {
	case !doc.Of.Kind.IsSigned():
		return s, fault.New(fault.Refused, "signing.not_signed")
	case len(up.File) > MaxFile:
		return s, fault.New(fault.TooLarge, "signing.too_large")
	case s.Type == "":
		return s, fault.New(fault.Unsupported, "signing.file_type")
	}
	printed, err := d.cfg.Store.PDF(ctx, doc.ID)
	switch {
	case err != nil:
		return s, err
	case bytes.Equal(printed, up.File):
		return s, fault.New(fault.Refused, "signing.own_print")
	}
	codes, err := d.cfg.Eyes.Codes(up.File, s.Type)
	if err != nil {
		return s, err
	}
	ours := slices.DeleteFunc(codes, func(c string) bool { return !strings.HasPrefix(c, "JT1:") })
	for i, c := range ours {
		ours[i] = c[:min(len(c), len(doc.Code()))] // a form's code also says which page it is
	}
	s.IsRead = slices.Contains(ours, doc.Code())
	switch {
	case slices.ContainsFunc(ours, func(c string) bool { return c != doc.Code() }):
		return s, fault.New(fault.Refused, "signing.other_document")
	case !s.IsRead && !up.IsSure:
		return s, fault.New(fault.Refused, "signing.unread")
	}
	return s, nil
}

// typeOf tells by the first bytes what a file is; "" for what is not taken.
func typeOf(file []byte) string {
	head := string(file[:min(16, len(file))])
	switch {
	case strings.HasPrefix(head, "%PDF-"):
		return "application/pdf"
	case strings.HasPrefix(head, "\x89PNG\r\n\x1a\n"):
		return "image/png"
	case strings.HasPrefix(head, "\xff\xd8\xff"):
		return "image/jpeg"
	}
	return ""
}

// ScanFile gives the newest scan of a document.
func (d *Desk) ScanFile(ctx context.Context, a contest.Actor, event contest.ID, serial int) (Document, []byte, error) {
	doc, err := d.find(ctx, a, event, serial)
	if err != nil {
		return doc, nil, err
	}
	if doc.Scan == nil {
		return doc, nil, errMissing
	}
	file, err := d.cfg.Store.ScanFile(ctx, doc.ID)
	return doc, file, err
}

// Void declares a document void, with a reason, for good.
func (d *Desk) Void(ctx context.Context, a contest.Actor, event contest.ID, serial int, reason string) (Document, error) {
	if err := d.read(ctx, a, event, heads, func(Reading) error { return nil }); err != nil {
		return Document{}, err
	}
	reason, err := readReason(reason)
	if err != nil {
		return Document{}, err
	}
	var doc Document
	err = d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		var err error
		if doc, err = d.cfg.Store.FindDocument(ctx, event, serial); err != nil {
			return err
		}
		if doc.Void != nil {
			return fault.New(fault.Stale, "signing.void")
		}
		return d.declareVoid(ctx, a, &doc, reason)
	})
	return doc, err
}

// readReason reads why a document is void. Refused.
func readReason(reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case reason == "":
		return "", fault.New(fault.Refused, "signing.reason", fault.At("/reason", "signing.reason", ""))
	case utf8.RuneCountInString(reason) > MaxText:
		return "", fault.New(fault.Refused, "signing.text_length", fault.At("/reason", "signing.text_length", strconv.Itoa(MaxText)))
	}
	return reason, nil
}

// declareVoid writes it down, inside a transaction.
func (d *Desk) declareVoid(ctx context.Context, a contest.Actor, doc *Document, reason string) error {
	doc.Void = &Void{At: d.now(), By: a.Who(), ByName: a.Name, Reason: reason}
	if err := d.cfg.Store.VoidDocument(ctx, doc.ID, *doc.Void); err != nil {
		return err
	}
	return d.cfg.Audit.Record(ctx, a, "document.voided", "event/"+doc.Event.String(), map[string]string{"number": doc.Number, "reason": reason})
}
