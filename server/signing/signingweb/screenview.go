package signingweb

import (
	"encoding/hex"
	"time"

	"jiangtai/server/signing"
	"jiangtai/server/signing/shown"
)

type inked struct {
	ID       string     `json:"id"`
	At       time.Time  `json:"at"`
	By       string     `json:"by"`
	Chair    int        `json:"chair,omitempty"`
	Digest   string     `json:"digest"`
	ClientAt *time.Time `json:"client_at,omitempty"`
}

func inkedOf(k *signing.Ink) *inked {
	if k == nil {
		return nil
	}
	out := &inked{ID: k.ID.String(), At: k.At, By: k.ByName, Chair: int(k.Chair), Digest: hex.EncodeToString(k.Shown[:])}
	if !k.ClientAt.IsZero() {
		out.ClientAt = &k.ClientAt
	}
	return out
}

// ownStep is a step as tablets see it: without what stands on its paper.
type ownStep struct {
	State  signing.State  `json:"state"`
	Reason signing.Reason `json:"reason,omitempty"`
	Number string         `json:"number,omitempty"`
	At     *time.Time     `json:"at,omitempty"`
	By     string         `json:"by,omitempty"` // who signed on a screen
	// Signature is the id of the signature on a screen; "" for one on paper.
	Signature string  `json:"signature,omitempty"`
	Digest    string  `json:"digest,omitempty"` // of what it signed
	Void      *voided `json:"void,omitempty"`
}

func ownStepOf(s signing.Step) ownStep {
	out := ownStep{State: s.State, Reason: s.Reason}
	doc := s.Document
	if doc == nil {
		return out
	}
	out.Number = doc.Number
	if at := doc.SignedAt(); !at.IsZero() {
		out.At = &at
	}
	if k := inkedOf(doc.Ink); k != nil {
		out.By, out.Signature, out.Digest = k.By, k.ID, k.Digest
	}
	if v := doc.Void; v != nil {
		out.Void = &voided{v.At, v.ByName, v.Reason}
	}
	return out
}

type ownView struct {
	Sheet   ownStep `json:"sheet"`
	Digest  string  `json:"digest"`
	Missing int     `json:"missing"`
	Mates   []mate  `json:"mates"`
	Summary ownStep `json:"summary"`
	Hinder  string  `json:"hinder,omitempty"`
	Locked  bool    `json:"locked"`
}

type mate struct {
	Chair int           `json:"chair"`
	Seat  int           `json:"seat"`
	Judge string        `json:"judge"`
	Chief bool          `json:"chief"`
	State signing.State `json:"state"`
}

func ownOf(o signing.Own) ownView {
	out := ownView{
		Sheet: ownStepOf(o.Sheet), Digest: hex.EncodeToString(o.Digest[:]), Missing: o.Missing, Mates: []mate{},
		Summary: ownStepOf(o.Summary), Locked: o.Locked,
	}
	for _, m := range o.Mates {
		out.Mates = append(out.Mates, mate{int(m.Chair.Number), m.Chair.Seat, m.Chair.Judge, m.Chair.IsChief, m.Step.State})
	}
	if o.Hinder != nil {
		out.Hinder = o.Hinder.Code
	}
	return out
}

type wholeView struct {
	Panel   string        `json:"panel"`
	Name    string        `json:"name"`
	Digest  string        `json:"digest"`
	Modules []wholeModule `json:"modules"`
}

type wholeModule struct {
	Criterion string     `json:"criterion"` // the sheets in the tablet's bundle say what it is
	Rows      []wholeRow `json:"rows"`
}

type wholeRow struct {
	Work  string        `json:"work"`
	Cells [][]wholeMark `json:"cells"` // by aspect, in the order of the sheet; each by attempt and seat
	Total string        `json:"total,omitempty"`
}

type wholeMark struct {
	Chair   int    `json:"chair"`
	Attempt int    `json:"attempt"`
	Kind    string `json:"kind"`
	Value   string `json:"value,omitempty"`
}

func wholeOf(w signing.Whole) wholeView {
	out := wholeView{Panel: w.Panel, Name: w.Name, Digest: hex.EncodeToString(w.Digest[:]), Modules: []wholeModule{}}
	for _, m := range w.Modules {
		module := wholeModule{Criterion: m.Sheet.Criterion.ID, Rows: []wholeRow{}}
		for _, r := range m.Rows {
			row := wholeRow{Work: r.Work, Cells: make([][]wholeMark, len(r.Cells)), Total: r.Total}
			for i, marks := range r.Cells {
				row.Cells[i] = marksOf(marks)
			}
			module.Rows = append(module.Rows, row)
		}
		out.Modules = append(out.Modules, module)
	}
	return out
}

func marksOf(marks []shown.Mark) []wholeMark {
	out := make([]wholeMark, len(marks))
	for i, m := range marks {
		out[i] = wholeMark{int(m.Chair), int(m.Attempt), m.Kind, m.Value}
	}
	return out
}

// receipt is what a tablet is told of its signature.
type receipt struct {
	SignatureID string       `json:"signature_id"`
	Kind        signing.Kind `json:"kind"`
	Number      string       `json:"number"`
	At          time.Time    `json:"at"`
	Digest      string       `json:"digest"`
	Void        *voided      `json:"void,omitempty"`
}

func receiptOf(doc signing.Document) receipt {
	k := inkedOf(doc.Ink)
	out := receipt{SignatureID: k.ID, Kind: doc.Of.Kind, Number: doc.Number, At: k.At, Digest: k.Digest}
	if v := doc.Void; v != nil {
		out.Void = &voided{v.At, v.ByName, v.Reason}
	}
	return out
}

// shownSheet is a paper as it stands, to be looked at before it is signed.
type shownSheet struct {
	Sheet  signing.Sheet `json:"sheet"`
	Digest string        `json:"digest"`
}
