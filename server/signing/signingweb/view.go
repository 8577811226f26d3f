package signingweb

import (
	"encoding/hex"
	"time"

	"jiangtai/server/signing"
)

type overview struct {
	Steps     []step     `json:"steps"`
	Documents []document `json:"documents"`
	CanPrint  bool       `json:"can_print"`
	CanVoid   bool       `json:"can_void"`
	CanRead   bool       `json:"can_read"`
	CanSign   bool       `json:"can_sign"`
}

type step struct {
	Kind     signing.Kind   `json:"kind"`
	Chair    int            `json:"chair,omitempty"`
	Panel    string         `json:"panel,omitempty"`
	State    signing.State  `json:"state"`
	Reason   signing.Reason `json:"reason,omitempty"`
	Document *document      `json:"document,omitempty"`
}

type document struct {
	Serial  int          `json:"serial"`
	Number  string       `json:"number"`
	Kind    signing.Kind `json:"kind"`
	Chair   int          `json:"chair,omitempty"`
	Panel   string       `json:"panel,omitempty"`
	Layer   string       `json:"layer,omitempty"`
	Seq     uint64       `json:"seq"`
	Head    string       `json:"head"`
	Content string       `json:"content"`
	Names   bool         `json:"names"`
	Pages   int          `json:"pages"`
	At      time.Time    `json:"at"`
	By      string       `json:"by"`
	Void    *voided      `json:"void,omitempty"`
	Scan    *scanned     `json:"scan,omitempty"`
	Ink     *inked       `json:"ink,omitempty"`
}

type voided struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Reason string    `json:"reason"`
}

type scanned struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Type   string    `json:"type"`
	Size   int       `json:"size"`
	Sha256 string    `json:"sha256"`
	Read   bool      `json:"read"`
}

func overviewOf(o signing.Overview) overview {
	out := overview{Steps: []step{}, Documents: []document{}, CanPrint: o.CanPrint, CanVoid: o.CanVoid, CanRead: o.CanRead, CanSign: o.CanSign}
	for _, s := range o.Steps {
		one := step{Kind: s.Of.Kind, Chair: int(s.Of.Chair), Panel: s.Of.Panel, State: s.State, Reason: s.Reason}
		if s.Document != nil {
			d := documentOf(*s.Document)
			one.Document = &d
		}
		out.Steps = append(out.Steps, one)
	}
	for _, d := range o.Documents {
		out.Documents = append(out.Documents, documentOf(d))
	}
	return out
}

func documentOf(d signing.Document) document {
	out := document{
		Serial: d.Serial, Number: d.Number, Kind: d.Of.Kind, Chair: int(d.Of.Chair), Panel: d.Of.Panel, Layer: d.Of.Layer,
		Seq: d.Seq, Head: d.Head, Content: hex.EncodeToString(d.Content[:]), Names: d.Names, Pages: d.Pages, At: d.At, By: d.ByName,
		Ink: inkedOf(d.Ink),
	}
	if v := d.Void; v != nil {
		out.Void = &voided{v.At, v.ByName, v.Reason}
	}
	if s := d.Scan; s != nil {
		out.Scan = &scanned{s.At, s.ByName, s.Type, s.Size, hex.EncodeToString(s.Sum[:]), s.IsRead}
	}
	return out
}
