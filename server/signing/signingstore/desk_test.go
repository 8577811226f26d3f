package signingstore_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/signing"
)

var png = "\x89PNG\r\n\x1a\n a page"

func (r *rig) print(a contest.Actor, of signing.Of) signing.Document {
	r.T.Helper()
	doc, err := r.Desk.Print(r.T.Context(), a, event, of)
	if err != nil {
		r.T.Fatalf("print %+v: %v", of, err)
	}
	return doc
}

func (r *rig) sign(doc signing.Document) {
	r.T.Helper()
	r.Sees = []string{doc.Code()}
	if _, err := r.Scan(r.T.Context(), chief, event, doc.Serial, signing.Upload{File: []byte(png + doc.Number)}); err != nil {
		r.T.Fatalf("scan %s: %v", doc.Number, err)
	}
}

// steps writes the states of all steps: one word each, with the reason.
func (r *rig) steps() string {
	r.T.Helper()
	list, err := r.Steps(r.T.Context(), event)
	if err != nil {
		r.T.Fatal(err)
	}
	var out []string
	for _, s := range list {
		word := string(s.State)
		if s.Reason != "" {
			word += ":" + string(s.Reason)
		}
		out = append(out, word)
	}
	return strings.Join(out, "|")
}

var signed = []signing.Of{
	{Kind: signing.MarkSheet, Chair: 1},
	{Kind: signing.MarkSheet, Chair: 2},
	{Kind: signing.MarkSheet, Chair: 3},
	{Kind: signing.PanelSummary, Panel: "floor"},
	{Kind: signing.PanelSummary, Panel: "judges"},
	{Kind: signing.ResultList},
}

func (r *rig) refused(want string, err error) {
	r.T.Helper()
	if fault.Code(err) != want {
		r.T.Errorf("%v, want %s", err, want)
	}
}

// A day: three mark sheets, two summaries and the list are printed, signed and
// come back; the list that counts is the one with names.
func TestADayOfPapers(t *testing.T) {
	r := newRig(t)
	r.MarkAll()
	r.Write(scoring.Command{Kind: scoring.Lock})
	want := func(states string) {
		t.Helper()
		if got := r.steps(); got != states {
			t.Errorf("%s, want %s", got, states)
		}
	}
	want("missing|missing|missing|missing|missing|missing")
	var docs []signing.Document
	for _, of := range signed {
		docs = append(docs, r.print(host, of))
	}
	want("printed|printed|printed|printed|printed|printed")
	if docs[5].Number != "FITTER-26-0006" || docs[5].Seq != r.Board.Seq() {
		t.Errorf("%+v", docs[5])
	}
	for i, doc := range docs {
		r.sign(doc)
		if i == 3 {
			want("signed|signed|signed|signed|printed|printed")
		}
	}
	want("signed|signed|signed|signed|signed|signed")
	if _, ok, err := r.SignedList(t.Context(), event); ok || err != nil {
		t.Errorf("a list without names counts: %v", err)
	}
	r.Write(scoring.Command{Kind: scoring.Unseal})
	want("signed|signed|signed|signed|signed|void:content")
	list := r.print(host, signing.Of{Kind: signing.ResultList})
	want("signed|signed|signed|signed|signed|printed")
	r.sign(list)
	got, ok, err := r.SignedList(t.Context(), event)
	if err != nil || !ok || got.Number != list.Number || !got.Names {
		t.Errorf("%v %v %+v", err, ok, got)
	}
	r.Write(scoring.Command{Kind: scoring.Publish})
	want("signed|signed|signed|signed|signed|signed")
}

// Whatever changes below makes void what stands above.
func TestAChangeVoidsWhatStandsAbove(t *testing.T) {
	r := newRig(t)
	r.MarkAll()
	r.Write(scoring.Command{Kind: scoring.Lock})
	r.Write(scoring.Command{Kind: scoring.Unseal})
	for _, of := range signed {
		r.sign(r.print(chief, of))
	}
	r.Write(scoring.Command{Kind: scoring.Reopen})
	r.Write(scoring.Command{Kind: scoring.Mark, Chair: 2, Entry: 1, Aspect: "look", Value: "47"})
	r.Write(scoring.Command{Kind: scoring.Lock})
	if got := r.steps(); got != "signed|void:content|signed|signed|void:content|void:content" {
		t.Error(got)
	}
	list, err := r.Steps(t.Context(), event)
	if err != nil {
		t.Fatal(err)
	}
	_, err = r.Void(t.Context(), host, event, list[0].Document.Serial, "纸张破损")
	r.refused("signing.role", err)
	_, err = r.Void(t.Context(), chief, event, list[0].Document.Serial, " ")
	r.refused("signing.reason", err)
	if _, err = r.Void(t.Context(), chief, event, list[0].Document.Serial, "纸张破损"); err != nil {
		t.Fatal(err)
	}
	_, err = r.Void(t.Context(), chief, event, list[0].Document.Serial, "纸张破损")
	r.refused("signing.void", err)
	if got := r.steps(); got != "void:person|void:content|signed|void:below|void:content|void:content" {
		t.Error(got)
	}
	_, err = r.Scan(t.Context(), chief, event, list[0].Document.Serial, signing.Upload{File: []byte(png), IsSure: true})
	r.refused("signing.void", err)
}

// No name before unsealing, and never a seat number beside a work code.
func TestPapersKeepSecrets(t *testing.T) {
	r := newRig(t)
	r.MarkAll()
	r.Write(scoring.Command{Kind: scoring.Lock})
	for _, of := range append(slices.Clone(signed), signing.Of{Kind: signing.BlankSheet, Chair: 1}, signing.Of{Kind: signing.BlankSheet, Chair: 2}) {
		doc := r.print(chief, of)
		for _, p := range r.Printed[doc.Number].Parts {
			raw, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			text := string(raw)
			if strings.Contains(text, "选手") || strings.Contains(text, "江城造船厂") || strings.Contains(text, `"001"`) {
				t.Errorf("%s says whose: %s", doc.Number, text)
			}
		}
		raw, err := json.Marshal(r.Printed[doc.Number])
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), "S01") && strings.Contains(string(raw), "863K") {
			t.Errorf("%s joins seat and code", doc.Number)
		}
	}
	r.Write(scoring.Command{Kind: scoring.Unseal})
	doc := r.print(chief, signing.Of{Kind: signing.ResultList})
	if rows := r.Printed[doc.Number].Parts[0].Rows; rows[0][2] != "选手1" || rows[0][0] != "1" {
		t.Errorf("%v", rows[0])
	}
}

func TestScansOfOtherPapersAreRefused(t *testing.T) {
	r := newRig(t)
	r.MarkAll()
	r.Write(scoring.Command{Kind: scoring.Lock})
	one, other := r.print(chief, signed[0]), r.print(chief, signed[1])
	blank := r.print(chief, signing.Of{Kind: signing.BlankSheet, Chair: 1})
	scan := func(doc signing.Document, file string, sure bool, sees ...string) error {
		r.Sees = sees
		_, err := r.Scan(t.Context(), host, event, doc.Serial, signing.Upload{File: []byte(file), IsSure: sure})
		return err
	}
	r.refused("signing.other_document", scan(one, png, true, other.Code()))
	r.refused("signing.unread", scan(one, png, false))
	r.refused("signing.unread", scan(one, png, false, "https://example.org/"))
	r.refused("signing.file_type", scan(one, "MZ, a program", true))
	r.refused("signing.file_type", scan(one, "", true))
	r.refused("signing.file_type", scan(one, "<svg onload=alert(1)>", true))
	r.refused("signing.too_large", scan(one, png+strings.Repeat("x", signing.MaxFile), true, one.Code()))
	r.refused("signing.not_signed", scan(blank, png, true, blank.Code()))
	if got := r.steps(); !strings.HasPrefix(got, "printed|printed") {
		t.Errorf("after refusals: %s", got)
	}
	for range 2 {
		if err := scan(one, "%PDF-1.7 scanned", true); err != nil {
			t.Fatal(err)
		}
	}
	o, err := r.Overview(t.Context(), host, event)
	if err != nil || o.Steps[0].Document.Scan == nil || o.Steps[0].Document.Scan.IsRead || o.Steps[0].Document.Scan.Type != "application/pdf" {
		t.Errorf("%v %+v", err, o.Steps[0])
	}
	_, file, err := r.ScanFile(t.Context(), host, event, one.Serial)
	if err != nil || string(file) != "%PDF-1.7 scanned" {
		t.Errorf("%q %v", file, err)
	}
	_, _, err = r.ScanFile(t.Context(), host, event, other.Serial)
	r.refused("signing.missing", err)
}

func TestWhoMayPrint(t *testing.T) {
	r := newRig(t)
	of := signing.Of{Kind: signing.MarkSheet, Chair: 1}
	try := func(a contest.Actor, of signing.Of) error {
		_, err := r.Desk.Print(t.Context(), a, event, of)
		return err
	}
	r.refused("signing.too_early", try(host, of))
	r.refused("signing.missing", try(stranger, of))
	r.refused("signing.missing", try(contest.Actor{}, of))
	r.refused("signing.missing", try(visitor, of))
	r.refused("signing.role", try(coder, of))
	r.refused("signing.no_such_chair", try(chief, signing.Of{Kind: signing.MarkSheet, Chair: 9}))
	r.refused("signing.no_such_panel", try(chief, signing.Of{Kind: signing.PanelSummary, Panel: "nobody"}))
	r.refused("signing.unknown_kind", try(chief, signing.Of{Kind: "poem"}))
	r.refused("blind.missing", try(chief, signing.Of{Kind: signing.Labels, Layer: "code"}))
	labels := r.print(coder, signing.Of{Kind: signing.Labels, Layer: "code"})
	record := r.print(coder, signing.Of{Kind: signing.DrawRecord, Layer: "code"})
	for _, doc := range []signing.Document{labels, record} {
		if _, _, err := r.PDF(t.Context(), coder, event, doc.Serial); err != nil {
			t.Error(err)
		}
		_, _, err := r.PDF(t.Context(), chief, event, doc.Serial)
		r.refused("signing.missing", err)
	}
	// The coding judge's copy for the envelope has the pairs; what is kept has not.
	_, whole, err := r.PDF(t.Context(), coder, event, record.Serial)
	if err != nil || !strings.Contains(string(whole), "863K") {
		t.Errorf("%s, %v", whole, err)
	}
	if kept, err := r.kept.PDF(t.Context(), record.ID); err != nil || strings.Contains(string(kept), "863K") || len(kept) == 0 {
		t.Errorf("kept: %s, %v", kept, err)
	}
	sheet := r.print(chief, of)
	_, _, err = r.PDF(t.Context(), host, event, sheet.Serial)
	r.refused("signing.missing", err)
	r.MarkAll()
	r.Write(scoring.Command{Kind: scoring.Lock})
	if _, pdf, err := r.PDF(t.Context(), host, event, sheet.Serial); err != nil || len(pdf) == 0 {
		t.Errorf("%d bytes, %v", len(pdf), err)
	}
	_, _, err = r.PDF(t.Context(), chief, event, 99)
	r.refused("signing.missing", err)
	if _, err := r.Overview(t.Context(), stranger, event); fault.Code(err) != "signing.missing" {
		t.Error(err)
	}
}

// Sixty-four people print at one moment: every number is there once.
func TestNumbersHaveNoHoles(t *testing.T) {
	r := newRig(t)
	var group sync.WaitGroup
	errs := make([]error, 64)
	for i := range errs {
		group.Go(func() {
			_, errs[i] = r.Desk.Print(t.Context(), chief, event, signing.Of{Kind: signing.BlankSheet, Chair: scoring.ChairID(i%4 + 1)})
		})
	}
	group.Wait()
	refused := 0
	for _, err := range errs {
		if err != nil {
			r.refused("signing.no_such_chair", err)
			refused++
		}
	}
	o, err := r.Overview(t.Context(), chief, event)
	if err != nil || refused != 16 || len(o.Documents) != 48 {
		t.Fatalf("%d documents, %d refused, %v", len(o.Documents), refused, err)
	}
	for i, doc := range o.Documents {
		if doc.Serial != 48-i || doc.Number != fmt.Sprintf("FITTER-26-%04d", 48-i) {
			t.Errorf("%d is %s", i, doc.Number)
		}
	}
}
