package printing

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// press fails when the fonts are not there: `make test-go` copies them.
func press(t *testing.T) *Press {
	t.Helper()
	p, err := Open()
	if err != nil {
		t.Fatalf("%v: run the tests by make, which copies the fonts", err)
	}
	return p
}

// list is a result list with n rows.
func list(n int) Document {
	units := []string{"江城造船厂", "江城市轨道交通集团有限公司运营第三分公司车辆检修中心", "临港新区建筑安装工程总公司", "江城港务", "江城市第一人民医院"}
	rows := make([]Row, n)
	for i := range rows {
		rows[i] = Row{Cells: []string{fmt.Sprint(i + 1), fmt.Sprintf("%03d", i*7%997), "梁志远", units[i%len(units)], "94.60", "38.20", "56.40", "一等奖"}}
	}
	return Document{
		Title: "成绩汇总表", Subtitle: "焊接 · 决赛 · 职工组",
		Contest: "江城市第二十一届职工职业技能大赛", Event: "焊接（决赛，职工组）",
		Number: "HJ-26-0007", Code: "JT1:0123456789ABCDEF0123456789ABCDEF",
		Note: "台账 1284 · 9f2c41d07be3a5561c0d8e42", PrintedAt: time.Date(2026, 5, 12, 8, 30, 5, 0, time.UTC),
		Zone: time.FixedZone("CST", 8*3600), Initials: []string{"评分裁判", "裁判长", "监督"},
		Blocks: []Block{
			Facts{{"参赛", "40 人"}, {"评分标准", "第 3 版"}, {"承办单位", "江城市轨道交通集团有限公司运营第三分公司车辆检修中心工会委员会"}, {"地点", "江城市高级技工学校 2 号实训楼"}},
			Table{
				Columns: []Column{{Head: "名次", Min: 10, Share: 0.1, Align: Center}, {Head: "参赛号", Min: 14, Share: 0.1, Align: Center}, {Head: "姓名", Min: 18, Share: 0.5}, {Head: "单位", Share: 4}, {Head: "总分", Min: 15, Share: 0.1, Align: Right, Bold: true}, {Head: "理论", Min: 13, Share: 0.1, Align: Right}, {Head: "实操", Min: 13, Share: 0.1, Align: Right}, {Head: "奖项", Min: 15, Share: 0.1, Align: Center}},
				Rows:    rows,
			},
			Signatures{Text: "以上成绩经评分、核对、复核，真实无误。", Signers: []Signer{{Role: "评分裁判", Times: 3}, {Role: "裁判组长"}, {Role: "裁判长", Name: "周启明"}, {Role: "记分员"}, {Role: "监督"}}},
		},
	}
}

func labels(n int) Document {
	all := make(Labels, n)
	for i := range all {
		all[i] = Label{Code: fmt.Sprintf("K%03dX", i), Big: fmt.Sprintf("K%03d-X", i), Small: "焊接 决赛\n评审号"}
	}
	return Document{Title: "评审号标签", Contest: "江城市第二十一届职工职业技能大赛", Event: "焊接", Blocks: []Block{all}}
}

func lay(t *testing.T, d Document) []*page {
	t.Helper()
	pages, err := newLayout(press(t), &d).run()
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

func texts(p *page) string {
	var b strings.Builder
	for _, m := range p.marks {
		if m.kind == markText {
			b.WriteString(m.text + "\n")
		}
	}
	return b.String()
}

// Nothing may stand outside its page or on the foot, whatever the number of rows.
func TestEverythingStandsOnItsPage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rows, pages int
	}{{0, 1}, {1, 1}, {5, 1}, {40, 2}, {120, 5}} {
		d := list(c.rows)
		pages := lay(t, d)
		if len(pages) != c.pages {
			t.Errorf("%d rows: %d pages, want %d", c.rows, len(pages), c.pages)
		}
		for n, p := range pages {
			for _, m := range p.marks {
				if m.x < marginSide-0.01 || m.x+m.w > pageShort-marginSide+0.01 || m.y < marginTop || m.y+max(m.h, 0) > pageLong-marginBottom {
					t.Errorf("%d rows, page %d: %+v stands outside", c.rows, n+1, m)
				}
			}
			if !strings.Contains(texts(p), fmt.Sprintf("第 %d 页，共 %d 页", n+1, len(pages))) {
				t.Errorf("%d rows, page %d does not say which page it is", c.rows, n+1)
			}
		}
	}
}

func TestTheHeadOfATableStandsOnEveryPageWithRows(t *testing.T) {
	t.Parallel()
	for n, p := range lay(t, list(120)) {
		if got := texts(p); strings.Contains(got, "梁志远") && strings.Count(got, "参赛号\n") != 1 {
			t.Errorf("page %d has rows, and its head %d times", n+1, strings.Count(got, "参赛号\n"))
		}
	}
}

// A page with signatures and no row could be put to any other list.
func TestSignaturesNeverStandAlone(t *testing.T) {
	t.Parallel()
	for rows := 1; rows <= 60; rows++ {
		pages := lay(t, list(rows))
		for n, p := range pages {
			got := texts(p)
			signed := strings.Contains(got, "真实无误")
			if signed && !strings.Contains(got, "梁志远") {
				t.Errorf("%d rows: page %d has signatures and no row", rows, n+1)
			}
			if short := strings.Contains(got, "评分裁判\n裁判长\n监督\n"); signed == short {
				t.Errorf("%d rows: page %d has signatures %v and short lines %v", rows, n+1, signed, short)
			}
		}
	}
}

func TestARowTallerThanAPageGoesOn(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("焊缝表面不得有裂纹、气孔、夹渣、未熔合等缺陷。", 200)
	pages := lay(t, Document{Title: "长", Blocks: []Block{
		Table{Columns: []Column{{Head: "项"}, {Head: "内容"}}, Rows: []Row{{Cells: []string{"A1", long}}, {Cells: []string{"A2", "完"}}}},
	}})
	var all strings.Builder
	for _, p := range pages {
		for _, m := range p.marks {
			if m.kind == markText && strings.ContainsAny(m.text, "焊缝纹气孔夹渣熔陷") {
				all.WriteString(m.text)
			}
		}
	}
	if len(pages) < 3 || all.String() != long {
		t.Errorf("%d pages hold %d of %d bytes", len(pages), all.Len(), len(long))
	}
}

func TestAHeadingStaysWithWhatFollows(t *testing.T) {
	t.Parallel()
	for gap := 150.0; gap < 260; gap += 3 {
		pages := lay(t, Document{Title: "x", Blocks: []Block{Gap(gap), Heading("一、成绩"), list(3).Blocks[1]}})
		for _, p := range pages {
			if got := texts(p); strings.Contains(got, "一、成绩") && !strings.Contains(got, "梁志远") {
				t.Errorf("after %v mm the heading stands alone", gap)
			}
		}
	}
}

func TestAMissingGlyphIsAnErrorThatNamesIt(t *testing.T) {
	t.Parallel()
	p := press(t)
	d := list(3)
	d.Blocks = append(d.Blocks, Paragraph{Text: "张\U0001F6F8"})
	_, err := p.Print(d)
	var missing *MissingGlyph
	if !errors.As(err, &missing) || missing.Rune != '\U0001F6F8' {
		t.Fatalf("got %v", err)
	}
	// Names that real people have: the last two lie beyond what the PDF library knows.
	// A mark that chooses a variant is no character of its own.
	d.Blocks[len(d.Blocks)-1] = Paragraph{Text: "葛\U000E0101 梁志远 㛃 䴖 〇 𬭎 𣲗"}
	if _, err := p.Print(d); err != nil {
		t.Error(err)
	}
}

func TestWithoutFontsItSaysSo(t *testing.T) {
	t.Parallel()
	if _, err := open(fstest.MapFS{"fonts/README.md": {}}, nil); !errors.Is(err, ErrNoFonts) {
		t.Errorf("got %v", err)
	}
	if _, err := open(fstest.MapFS{fileRegular: {Data: []byte("no font")}, fileBold: {Data: []byte("no font")}}, nil); err == nil || errors.Is(err, ErrNoFonts) {
		t.Errorf("a damaged font: got %v", err)
	}
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	p := press(t)
	d := list(41)
	d.Title = "成绩 𬭎"
	first, err := p.Print(d)
	if err != nil {
		t.Fatal(err)
	}
	again, err := p.Print(d)
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("the second is different, %v", err)
	}
	if n := bytes.Count(first, []byte("/Type /Page\n")); n != 2 || !bytes.HasPrefix(first, []byte("%PDF-1.")) {
		t.Errorf("%d pages in %.8s", n, first)
	}
}

func TestRefusesWhatHasNoPlace(t *testing.T) {
	t.Parallel()
	p := press(t)
	for name, d := range map[string]Document{
		"more cells than columns": {Blocks: []Block{Table{Columns: []Column{{Head: "a"}}, Rows: []Row{{Cells: []string{"1", "2"}}}}}},
		"a code of 4000 letters":  {Code: strings.Repeat("a", 4000)},
	} {
		if _, err := p.Print(d); !errors.Is(err, ErrTooLong) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	p := press(t)
	s := style{size: 10}
	em := 10 * mmPerPoint
	for _, c := range []struct {
		text  string
		ems   float64
		lines string
	}{
		{"江城市轨道交通", 4, "江城市轨|道交通"},
		{"江城市轨，道交通", 4, "江城市|轨，道交|通"},
		{"江城（市轨）道", 3, "江城|（市|轨）道"},
		{"one two three", 4, "one two|three"},
		{"abcdefghijklmnop", 3, "abcde|fghijkl|mnop"},
		{"a\n\nb", 4, "a||b"},
		{"", 4, ""},
	} {
		got, err := p.wrap(c.text, s, c.ems*em)
		if err != nil || strings.Join(got, "|") != c.lines {
			t.Errorf("%q in %v ems: %q %v, want %q", c.text, c.ems, strings.Join(got, "|"), err, c.lines)
		}
		for _, line := range got {
			if w, _ := p.width(line, s); w > c.ems*em+0.01 {
				t.Errorf("%q is wider than %v ems", line, c.ems)
			}
		}
	}
}

// TestSamples writes what this package can do, to look at, when a folder is named.
func TestSamples(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if named := os.Getenv("PRINT_SAMPLES"); named != "" {
		folder = named
	}
	rare := list(12)
	rare.Landscape, rare.Mark = true, "演练"
	rare.Blocks = append([]Block{Paragraph{Text: "罕见字：𬭎 𣲗 㛃 㴒 䴖 · ① ② ≥ ℃", Size: 14}}, rare.Blocks...)
	for name, d := range map[string]Document{"list40": list(40), "list120": list(120), "labels": labels(25), "rare": rare} {
		raw, err := press(t).Print(d)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name+".pdf"), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
