package printing

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// form is a blank sheet of so many works with three cells each.
func form(works int) Document {
	t := Table{Columns: []Column{{Head: "评审号"}, {Head: "A1.1（10）", Share: 2}, {Head: "A1.2（5）", Share: 2}, {Head: "备注", Share: 3}}, Height: 9}
	for i := range works {
		label := fmt.Sprintf("%03dK", i)
		t.Rows = append(t.Rows, Row{Cells: []string{label}, Names: []string{"", label + "/a", label + "/b"}})
	}
	return Document{
		Title: "评分表（空白）", Contest: "江城市第二十一届职工职业技能大赛", Event: "焊接", Number: "WELDER-26-0001",
		Code: "JT1:0123456789ABCDEF0123456789ABCDEF", Anchored: true, Initials: []string{"评分裁判"}, Blocks: []Block{t},
	}
}

func TestThePDFKnowsWhereItsCellsAre(t *testing.T) {
	t.Parallel()
	p, d := press(t), form(70)
	plan, err := p.Plan(d)
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := p.Print(d)
	if err != nil {
		t.Fatal(err)
	}
	read, err := PlanOf(pdf)
	if diff := cmp.Diff(plan, read); err != nil || diff != "" {
		t.Fatalf("%v %s", err, diff)
	}
	if plan.Pages != 3 || len(plan.Fields) != 140 {
		t.Errorf("%d pages with %d cells", plan.Pages, len(plan.Fields))
	}
	seen := map[string]bool{}
	for i, f := range plan.Fields {
		if f.Page < 1 || f.Page > plan.Pages || f.Box[0] < marginSide || f.Box[0]+f.Box[2] > pageShort-marginSide+0.01 || f.Box[1]+f.Box[3] > pageLong-marginBottom-footHeight {
			t.Errorf("%+v is not on a page", f)
		}
		if seen[f.Name] {
			t.Errorf("%s is there twice", f.Name)
		}
		seen[f.Name] = true
		for _, o := range plan.Fields[:i] {
			if o.Page == f.Page && o.Box[0] < f.Box[0]+f.Box[2]-0.01 && f.Box[0] < o.Box[0]+o.Box[2]-0.01 && o.Box[1] < f.Box[1]+f.Box[3]-0.01 && f.Box[1] < o.Box[1]+o.Box[3]-0.01 {
				t.Fatalf("%+v lies over %+v", f, o)
			}
		}
	}
}

func TestOnlyAnchoredDocumentsHaveAPlan(t *testing.T) {
	t.Parallel()
	d := form(3)
	d.Anchored = false
	pdf, err := press(t).Print(d)
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string][]byte{
		"a plain document": pdf, "nothing": nil, "no base64": []byte(planOpens + "~" + planCloses), "no end": []byte(planOpens + "H4sI"),
		"no plan": []byte(planOpens + "SGVsbG8=" + planCloses),
	} {
		if _, err := PlanOf(raw); err != ErrNoPlan { //nolint:errorlint // it is this one
			t.Errorf("%s: %v", name, err)
		}
	}
}

// An anchor stands alone in its corner: nothing touches it, on any page.
func TestAnchorsStandAlone(t *testing.T) {
	t.Parallel()
	for _, wide := range []bool{false, true} {
		d := form(40)
		d.Landscape = wide
		for n, page := range lay(t, d) {
			var corners []mark
			for _, m := range page.marks {
				if m.kind == markAnchor {
					corners = append(corners, m)
				}
			}
			if len(corners) != 4 {
				t.Fatalf("page %d has %d anchors", n+1, len(corners))
			}
			for _, m := range page.marks {
				for _, c := range corners {
					if m.kind != markAnchor && m.x < c.x+c.w+2 && m.x+m.w > c.x-2 && m.y-max(0, 4-m.h) < c.y+c.h+1 && m.y+m.h > c.y-1 {
						t.Errorf("page %d: %+v is too near to an anchor", n+1, m)
					}
				}
			}
		}
	}
}

func TestAPictureSaysWhatThePageSays(t *testing.T) {
	t.Parallel()
	p, d := press(t), form(40)
	for n := 1; n <= 2; n++ {
		img, err := p.Picture(d, n, 6)
		if err != nil {
			t.Fatal(err)
		}
		bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
		if err != nil {
			t.Fatal(err)
		}
		got, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
		if err != nil || got.GetText() != fmt.Sprintf("%s:%02d", d.Code, n) {
			t.Errorf("page %d says %v, %v", n, got, err)
		}
		dark := 0
		for _, v := range img.Pix {
			if v < 128 {
				dark++
			}
		}
		if share := float64(dark) / float64(len(img.Pix)); share < 0.01 || share > 0.2 {
			t.Errorf("page %d: %.3f of it is ink", n, share)
		}
	}
	for _, wrong := range []func() error{
		func() error { _, err := p.Picture(d, 0, 6); return err },
		func() error { _, err := p.Picture(d, 9, 6); return err },
		func() error { _, err := p.Picture(d, 1, 600); return err },
	} {
		if wrong() == nil {
			t.Error("a page that is not was drawn")
		}
	}
}

// Only what is asked for changes: papers that nobody photographs are as they were.
func TestAPlainDocumentHasItsOldCode(t *testing.T) {
	t.Parallel()
	d := form(3)
	d.Anchored = false
	page := lay(t, d)[0]
	if !slices.ContainsFunc(page.marks, func(m mark) bool { return m.kind == markCode && m.text == d.Code }) || len(page.fields) != 6 {
		t.Error("its code is another one")
	}
	if strings.Contains(texts(page), "JT1") {
		t.Error("the code stands in words")
	}
}
