package signingweb_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"
	"time"

	"jiangtai/server/fault"
	"jiangtai/server/signing"
	"jiangtai/server/signing/signingweb"
)

// fix writes the checksum of a PNG's header, which was changed.
func fix(file []byte) {
	binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
}

func sheet(rows int) signing.Sheet {
	s := signing.Sheet{
		Title: "成绩单", Contest: "江城市职工职业技能大赛", Event: "钳工 · 决赛", Mark: "演练", Text: "以上成绩真实无误。",
		Facts:    []signing.Fact{{Name: "参赛", Value: fmt.Sprint(rows)}},
		Signers:  []signing.Signer{{Role: "评分裁判", Times: 3}, {Role: "裁判长", Name: "周启明"}},
		Initials: []string{"裁判长"}, Notes: []string{"更正：号码读错"},
		Parts: []signing.Part{{Heading: "A 制作", Columns: []signing.Column{{Head: "名次", Number: true}, {Head: "姓名", Weight: 2}, {Head: "总分", Number: true, Bold: true}}}},
	}
	for i := range rows {
		s.Parts[0].Rows = append(s.Parts[0].Rows, []string{fmt.Sprint(i + 1), "梁志远", "94.60"})
	}
	return s
}

var stamp = signing.Stamp{Number: "FITTER-26-0001", Code: mine, Note: "账本第 531 条", At: time.Date(2026, 5, 12, 8, 0, 0, 0, time.UTC)}

func TestPressPrints(t *testing.T) {
	p := signingweb.NewPress()
	for rows, pages := range map[int]int{0: 1, 5: 1, 120: 4} {
		pdf, got, err := p.Print(sheet(rows), stamp)
		if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			t.Fatalf("%d rows: %v (run the tests by make, which copies the fonts)", rows, err)
		}
		if got != pages {
			t.Errorf("%d rows: %d pages, want %d", rows, got, pages)
		}
	}
	labels := signing.Sheet{Title: "标签", Labels: []signing.Label{{Code: "863K", Big: "863K", Small: "钳工"}}}
	if _, got, err := p.Print(labels, stamp); err != nil || got != 1 {
		t.Errorf("%d pages of labels, %v", got, err)
	}
}

// A name is spelled rightly or not printed at all, and the refusal says which
// character.
func TestPressSaysWhichCharacterItLacks(t *testing.T) {
	s := sheet(1)
	s.Parts[0].Rows[0][1] = "王\U0003FFFD"
	_, _, err := signingweb.NewPress().Print(s, stamp)
	f := fault.Of(err)
	if f.Code != "signing.glyph" || len(f.Fields) != 1 || !strings.Contains(f.Fields[0].Hint, "U+3FFFD") {
		t.Errorf("%v %+v", err, f)
	}
}
