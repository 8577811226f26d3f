package signingstore_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/signing"
	"jiangtai/server/signing/signingtest"
)

// own is what a tablet is told.
func (r *rig) own(a contest.Actor) signing.Own {
	r.T.Helper()
	o, err := r.Own(r.T.Context(), a)
	if err != nil {
		r.T.Fatalf("own of %s: %v", a.Name, err)
	}
	return o
}

func hand(kind signing.Kind, shown signing.Sum) signing.Hand {
	return signing.Hand{ID: contest.ID(uuid.New()), Of: signing.Of{Kind: kind}, Shown: shown, Strokes: signingtest.Strokes}
}

// inkSheet signs a chair's mark sheet on its tablet.
func (r *rig) inkSheet(a contest.Actor) signing.Document {
	r.T.Helper()
	doc, err := r.SignOnTablet(r.T.Context(), a, hand(signing.MarkSheet, r.own(a).Digest))
	if err != nil {
		r.T.Fatalf("%s signs: %v", a.Name, err)
	}
	return doc
}

// check is the group check of a panel.
func (r *rig) check(a contest.Actor) (signing.Document, error) {
	r.T.Helper()
	whole, err := r.Whole(r.T.Context(), a)
	if err != nil {
		return signing.Document{}, err
	}
	return r.SignOnTablet(r.T.Context(), a, hand(signing.PanelSummary, whole.Digest))
}

// confirm is the chief judge's signature.
func (r *rig) confirm(a contest.Actor, of signing.Of) error {
	r.T.Helper()
	_, sum, err := r.Preview(r.T.Context(), chief, event, of)
	if err != nil {
		return err
	}
	h := hand(of.Kind, sum)
	h.Of = of
	_, err = r.SignOnConsole(r.T.Context(), a, event, h)
	return err
}

func (r *rig) want(states string) {
	r.T.Helper()
	if got := r.steps(); got != states {
		r.T.Errorf("%s, want %s", got, states)
	}
}

func (r *rig) must(err error) {
	r.T.Helper()
	if err != nil {
		r.T.Fatal(err)
	}
}

// A day without paper: three judges, one group check, the chief judge twice.
func TestADayOfSignatures(t *testing.T) {
	r := newRig(t)
	_, err := r.SignOnTablet(t.Context(), signingtest.Floor, hand(signing.MarkSheet, r.own(signingtest.Floor).Digest))
	r.refused("signing.incomplete", err)
	if f := fault.Of(err); len(f.Fields) != 1 || f.Fields[0].Hint != "4" {
		t.Errorf("%+v", f.Fields)
	}
	r.MarkAll()
	_, err = r.check(signingtest.First)
	r.refused("signing.below", err)
	if f := fault.Of(err); len(f.Fields) != 2 || f.Fields[0].Path != "/chairs/2" {
		t.Errorf("%+v", f.Fields)
	}
	doc := r.inkSheet(signingtest.First)
	if doc.Ink == nil || doc.Ink.ByName != "周启明" || doc.Of.Panel != "judges" || doc.Of.Chair != 2 {
		t.Errorf("%+v", doc)
	}
	r.want("missing|signed|missing|missing|missing|missing")
	r.refused("signing.below", r.confirm(chief, signing.Of{Kind: signing.PanelSummary, Panel: "judges"}))
	r.inkSheet(signingtest.Second)
	_, err = r.check(signingtest.Second)
	r.must(err)
	r.want("missing|signed|signed|missing|signed|missing")
	r.inkSheet(signingtest.Floor)
	// One judge alone would check himself: the chief judge signs that summary.
	_, err = r.check(signingtest.Floor)
	r.refused("signing.second_person", err)
	r.refused("signing.role", r.confirm(host, signing.Of{Kind: signing.PanelSummary, Panel: "floor"}))
	r.must(r.confirm(chief, signing.Of{Kind: signing.PanelSummary, Panel: "floor"}))
	r.refused("signing.not_locked", r.confirm(chief, signing.Of{Kind: signing.ResultList}))
	r.Write(scoring.Command{Kind: scoring.Lock})
	r.must(r.confirm(chief, signing.Of{Kind: signing.ResultList}))
	r.want("signed|signed|signed|signed|signed|signed")
	r.Write(scoring.Command{Kind: scoring.Unseal})
	r.want("signed|signed|signed|signed|signed|void:content")
	r.must(r.confirm(chief, signing.Of{Kind: signing.ResultList}))
	list, ok, err := r.SignedList(t.Context(), event)
	if err != nil || !ok || !list.Names || list.SignedAt().IsZero() || list.Scan != nil {
		t.Errorf("%v %v %+v", err, ok, list)
	}
	lists, err := r.SignedLists(t.Context())
	if err != nil || lists[event].Number != list.Number {
		t.Errorf("%v %+v", err, lists)
	}
}

// Anything that changes below takes away what was signed above, and a correction
// that is taken back gives it again: tablets and paper side by side.
func TestAChangeVoidsSignaturesAbove(t *testing.T) {
	r := newRig(t)
	r.MarkAll()
	r.inkSheet(signingtest.First)
	r.inkSheet(signingtest.Second)
	r.sign(r.print(chief, signed[0]))
	_, err := r.check(signingtest.First)
	r.must(err)
	r.must(r.confirm(chief, signing.Of{Kind: signing.PanelSummary, Panel: "floor"}))
	r.Write(scoring.Command{Kind: scoring.Lock})
	r.must(r.confirm(chief, signing.Of{Kind: signing.ResultList}))
	r.want("signed|signed|signed|signed|signed|signed")
	correct := func(value string) {
		r.Write(scoring.Command{Kind: scoring.Reopen})
		r.Write(scoring.Command{Kind: scoring.Mark, Chair: 2, Entry: 1, Aspect: "look", Value: value})
		r.Write(scoring.Command{Kind: scoring.Lock})
	}
	correct("40")
	r.want("signed|void:content|signed|signed|void:content|void:content")
	if o := r.own(signingtest.First); o.Sheet.State != signing.Voided || o.Sheet.Reason != signing.ContentChanged || o.Hinder == nil {
		t.Errorf("%+v", o)
	}
	r.refused("signing.below", r.confirm(chief, signing.Of{Kind: signing.ResultList}))
	correct("49")
	r.want("signed|signed|signed|signed|signed|signed")
	correct("41")
	r.inkSheet(signingtest.First)
	r.want("signed|signed|signed|signed|void:content|void:content")
	_, err = r.check(signingtest.Second)
	r.must(err)
	r.must(r.confirm(chief, signing.Of{Kind: signing.ResultList}))
	r.want("signed|signed|signed|signed|signed|signed")
	// A copy that somebody prints later takes no signature away.
	r.print(chief, signed[1])
	r.want("signed|signed|signed|signed|signed|signed")
}

// A judge takes his signature back with a reason while marking runs; afterwards it stays.
func TestASheetIsReopened(t *testing.T) {
	r := newRig(t)
	r.MarkAll()
	doc := r.inkSheet(signingtest.First)
	r.inkSheet(signingtest.Second)
	_, err := r.check(signingtest.Second)
	r.must(err)
	r.want("missing|signed|signed|missing|signed|missing")
	_, err = r.Reopen(t.Context(), signingtest.Second, doc.Ink.ID, "看错了")
	r.refused("signing.missing", err)
	_, err = r.Reopen(t.Context(), signingtest.First, doc.Ink.ID, " ")
	r.refused("signing.reason", err)
	_, err = r.Reopen(t.Context(), signingtest.First, contest.ID(uuid.New()), "看错了")
	r.refused("signing.missing", err)
	for range 2 { // the answer got lost, and it comes once more
		void, err := r.Reopen(t.Context(), signingtest.First, doc.Ink.ID, "看错了")
		if err != nil || void.Void == nil || void.Void.Reason != "看错了" || void.Void.ByName != "周启明" {
			t.Errorf("%v %+v", err, void.Void)
		}
	}
	r.want("missing|void:person|signed|missing|void:below|missing")
	again := r.inkSheet(signingtest.First)
	r.want("missing|signed|signed|missing|signed|missing")
	r.Write(scoring.Command{Kind: scoring.Lock})
	_, err = r.Reopen(t.Context(), signingtest.First, again.Ink.ID, "想改")
	r.refused("signing.locked", err)
	if !r.own(signingtest.First).Locked {
		t.Error("a tablet is not told that marking is over")
	}
}

// The same signature twice, also at one moment, is one; its id for another is refused.
func TestTheSameSignatureTwice(t *testing.T) {
	r := newRig(t)
	r.MarkAll()
	h := hand(signing.MarkSheet, r.own(signingtest.First).Digest)
	h.ClientAt = time.Date(2031, 1, 1, 0, 0, 0, 123e6, time.UTC)
	docs := make([]signing.Document, 8)
	errs := make([]error, len(docs))
	var group sync.WaitGroup
	for i := range docs {
		group.Go(func() { docs[i], errs[i] = r.SignOnTablet(t.Context(), signingtest.First, h) })
	}
	group.Wait()
	for i := range docs {
		if errs[i] != nil || docs[i].Number != docs[0].Number || !docs[i].Ink.ClientAt.Equal(h.ClientAt) {
			t.Errorf("%v %+v", errs[i], docs[i])
		}
	}
	o, err := r.Overview(t.Context(), chief, event)
	if err != nil || len(o.Documents) != 1 || !o.CanSign {
		t.Errorf("%v %d documents", err, len(o.Documents))
	}
	// After the mark was changed the first answer still stands, and another signature must be of what is there.
	r.Write(scoring.Command{Kind: scoring.Mark, Chair: 2, Entry: 1, Aspect: "look", Value: "40"})
	doc, err := r.SignOnTablet(t.Context(), signingtest.First, h)
	if err != nil || doc.Number != docs[0].Number {
		t.Errorf("%v %+v", err, doc)
	}
	other := h
	other.ID = contest.ID(uuid.New())
	_, err = r.SignOnTablet(t.Context(), signingtest.First, other)
	r.refused("signing.content_changed", err)
	_, err = r.SignOnTablet(t.Context(), signingtest.Second, h)
	r.refused("signing.signature_taken", err)
	other = h
	other.Shown[0]++
	_, err = r.SignOnTablet(t.Context(), signingtest.First, other)
	r.refused("signing.signature_taken", err)
}

// Who may sign what, and with which strokes.
func TestWhoMaySign(t *testing.T) {
	r := newRig(t)
	r.MarkAll()
	good := hand(signing.MarkSheet, r.own(signingtest.First).Digest)
	try := func(a contest.Actor, change func(h *signing.Hand)) error {
		h := good
		change(&h)
		_, err := r.SignOnTablet(t.Context(), a, h)
		return err
	}
	as := func(*signing.Hand) {}
	r.refused("signing.role", try(chief, as))
	r.refused("signing.role", try(contest.Actor{}, as))
	r.refused("signing.missing", try(signingtest.Tablet(9, "谁"), as))
	r.refused("signing.content_changed", try(signingtest.Second, as)) // another chair's marks
	r.refused("signing.unknown_kind", try(signingtest.First, func(h *signing.Hand) { h.Of.Kind = signing.ResultList }))
	for code, text := range map[string]string{
		"signing.strokes_empty": "600 240", "signing.strokes_form": "600 240;1,2", "signing.strokes_bounds": "600 240;601,1,1",
		"signing.strokes_length": strings.Repeat("1", 16_385),
	} {
		r.refused(code, try(signingtest.First, func(h *signing.Hand) { h.Strokes = text }))
	}
	r.want("missing|missing|missing|missing|missing|missing")
	// Who sits as a judge below does not confirm above.
	r.inkSheet(signingtest.Floor)
	judge := signingtest.Person(7, contest.ChiefJudge)
	judge.Name = "方 志明"
	of := signing.Of{Kind: signing.PanelSummary, Panel: "floor"}
	r.refused("signing.same_person", r.confirm(judge, of))
	r.refused("signing.missing", r.confirm(stranger, of))
	r.refused("signing.role", r.confirm(signingtest.Supervisor, of))
	stale := hand(of.Kind, signing.Sum{})
	stale.Of = of
	_, err := r.SignOnConsole(t.Context(), chief, event, stale)
	r.refused("signing.content_changed", err)
	stale.Of = signing.Of{Kind: signing.MarkSheet, Chair: 1}
	_, err = r.SignOnConsole(t.Context(), chief, event, stale)
	r.refused("signing.unknown_kind", err)
	_, _, err = r.Preview(t.Context(), host, event, of)
	r.refused("signing.too_early", err)
	r.must(r.confirm(chief, of))
	notOpen := newRigOf(t, signingtest.Options{NotOpen: true})
	_, err = notOpen.Own(t.Context(), signingtest.First)
	notOpen.refused("signing.not_open", err)
}

// What a panel's tablet sees: codes only, every judge's own marks, and no aggregate
// before the unsealing.
func TestTheGroupCheckShowsNoMoreThanTheRulesAllow(t *testing.T) {
	r := newRig(t)
	r.MarkAll()
	r.inkSheet(signingtest.First)
	r.inkSheet(signingtest.Second)
	look := func() string {
		whole, err := r.Whole(t.Context(), signingtest.First)
		r.must(err)
		raw, err := json.Marshal(whole)
		r.must(err)
		if row := whole.Modules[0].Rows[3]; row.Work != "863K" || len(row.Cells[0]) != 2 || row.Cells[0][0].Value != "49" {
			t.Errorf("%+v", row)
		}
		return string(raw)
	}
	sealed := look()
	for _, secret := range []string{"选手", "江城造船厂", "S01", `"001"`, "方志明", "48.50", "49.00"} {
		if strings.Contains(sealed, secret) {
			t.Errorf("the tablet is told %s: %s", secret, sealed)
		}
	}
	if strings.Contains(sealed, `"Total":"4`) {
		t.Errorf("an aggregate before the unsealing: %s", sealed)
	}
	r.Write(scoring.Command{Kind: scoring.Lock})
	r.Write(scoring.Command{Kind: scoring.Unseal})
	if open := look(); !strings.Contains(open, `"Total":"49.00"`) && !strings.Contains(open, `"Total":"49"`) {
		t.Errorf("%s", open)
	}
}

// The pages that are kept hold the strokes and whose they are.
func TestTheSignatureIsOnThePages(t *testing.T) {
	r := newRig(t)
	r.MarkAll()
	doc := r.inkSheet(signingtest.First)
	ink := r.Inked[doc.Number]
	if ink == nil || ink.Name != "周启明" || ink.Place != "评分裁判组 第 1 席" || len(ink.Strokes.Lines) != 2 || ink.Shown != doc.Ink.Shown || ink.At.IsZero() {
		t.Errorf("%+v", ink)
	}
	if got := r.Audited(); !strings.Contains(got[len(got)-1], "document.signed") {
		t.Errorf("%v", got)
	}
}
