package printing

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Plan (版位) says where things stand on the pages of an anchored document, in millimetres from the upper left corner.
// It is written into the PDF, so that a page that was photographed can be cut by what the document itself says.
type Plan struct {
	Width  float64 `json:"w"`
	Height float64 `json:"h"`
	Anchor float64 `json:"a"` // the side of an anchor
	// Corners are the middles of the anchors: upper left, upper right, lower right, lower left.
	Corners [4][2]float64 `json:"c"`
	// Code is the QR code's square with its margin: x, y, side; Modules is how many it has without the margin.
	Code    [3]float64 `json:"q"`
	Modules int        `json:"m"`
	Says    string     `json:"s"` // what the code says, but for the page
	Pages   int        `json:"n"`
	Fields  []Field    `json:"f"`
}

// Field (格) is a cell to be written in, by the name that its row gave it.
type Field struct {
	Page int        `json:"p"` // 1 and up
	Box  [4]float64 `json:"b"` // x, y, width, height
	Name string     `json:"n"`
}

const (
	anchorSide  = 5.0
	anchorInset = 8.5 // from the edges of the page to an anchor's middle: what every printer still prints
	quiet       = 4   // modules of a code's margin
)

// ErrNoPlan says that a PDF has no plan, or one that nobody can read.
var ErrNoPlan = errors.New("printing: the PDF has no plan of its pages")

// corners are the middles of the anchors.
func (l *layout) corners() [4][2]float64 {
	const in = anchorInset
	return [4][2]float64{{in, in}, {l.width - in, in}, {l.width - in, l.height - in}, {in, l.height - in}}
}

// anchors puts the four corner marks on the page in hand.
func (l *layout) anchors() {
	for _, c := range l.corners() {
		l.add(mark{kind: markAnchor, x: c[0] - anchorSide/2, y: c[1] - anchorSide/2, w: anchorSide, h: anchorSide})
	}
}

// codeOf is what the code of page n says: of an anchored document also which page it is, always in as many digits, so
// that all pages have a code of one size.
func (l *layout) codeOf(n int) string {
	if !l.doc.Anchored {
		return l.doc.Code
	}
	return fmt.Sprintf("%s:%02d", l.doc.Code, n)
}

// plan is where things stand.
func (l *layout) plan() (Plan, error) {
	rows, err := modules(l.codeOf(1))
	if err != nil {
		return Plan{}, err
	}
	p := Plan{
		Width: l.width, Height: l.height, Anchor: anchorSide, Corners: l.corners(), Pages: len(l.pages), Fields: []Field{}, Says: l.doc.Code,
		Code: [3]float64{l.right() - codeSize, marginTop, codeSize}, Modules: len(rows),
	}
	for n, page := range l.pages {
		for _, f := range page.fields {
			f.Page = n + 1
			p.Fields = append(p.Fields, f)
		}
	}
	return p, nil
}

// Plan tells where things will stand on the document's pages.
func (p *Press) Plan(d Document) (Plan, error) {
	l := newLayout(p, &d)
	if _, err := l.run(); err != nil {
		return Plan{}, err
	}
	return l.plan()
}

const (
	planOpens, planCloses = "<jt:plan>", "</jt:plan>"
	xmpOpens              = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">` +
		`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:jt="urn:jiangtai:plan:1">`
	xmpCloses = `</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`
)

// maxPlan is the largest plan that is read: some 50,000 cells.
const maxPlan = 4 << 20

// packet is the plan as the PDF carries it.
func (p Plan) packet() ([]byte, error) {
	raw, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("write a plan: %w", err)
	}
	var small bytes.Buffer
	z := gzip.NewWriter(&small)
	if _, err = z.Write(raw); err == nil {
		err = z.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("write a plan: %w", err)
	}
	return []byte(xmpOpens + planOpens + base64.StdEncoding.EncodeToString(small.Bytes()) + planCloses + xmpCloses), nil
}

// PlanOf reads the plan out of a PDF that Print has made. ErrNoPlan.
func PlanOf(pdf []byte) (Plan, error) {
	var p Plan
	_, rest, found := bytes.Cut(pdf, []byte(planOpens))
	text, _, closed := bytes.Cut(rest, []byte(planCloses))
	if !found || !closed {
		return p, ErrNoPlan
	}
	z, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, bytes.NewReader(text)))
	if err != nil {
		return p, ErrNoPlan
	}
	raw, err := io.ReadAll(io.LimitReader(z, maxPlan+1))
	if err != nil || len(raw) > maxPlan || json.Unmarshal(raw, &p) != nil {
		return Plan{}, ErrNoPlan
	}
	return p, nil
}
