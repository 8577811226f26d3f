package floorweb

import (
	"strings"
	"testing"
	"time"

	"jiangtai/server/floor"
	"jiangtai/server/paper/printing"
)

func moment(seconds int) *time.Time {
	at := time.Date(2026, 10, 20, 1, 0, seconds, 0, time.UTC)
	return &at
}

func TestRow(t *testing.T) {
	s := floor.Session{
		Work: "07", State: "handed_in", Started: moment(0), Ended: moment(3600), Since: moment(3600), Net: 3540, Added: 300,
		Pauses:     []floor.Pause{{Why: "equipment", From: *moment(60), To: moment(120), Seconds: 60}, {Why: "rule", From: *moment(130)}},
		Additions:  []floor.Addition{{Seconds: 300, Why: "设备故障，已修复"}},
		Violations: []floor.Note{{At: *moment(140), Text: "与他人交谈"}},
		Signature:  &floor.Signature{Kind: "refused", At: *moment(3650), Text: "见证人：林海涛"},
	}
	want := []string{
		"07", "已交件", "09:00:00", "10:00:00", "设备故障 09:01:00–09:02:00（0:01:00）\n裁判判罚 09:02:10–", "0:05:00 设备故障，已修复", "0:59:00",
		"09:02:20 与他人交谈", "拒签 10:00:50\n见证人：林海涛",
	}
	if got := row(&s, *moment(9000)).Cells; strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("%q", got)
	}
	empty := row(&floor.Session{Work: "08", State: "absent"}, *moment(0)).Cells
	if strings.Join(empty, "|") != "08|缺席|||||||" {
		t.Errorf("%q", empty)
	}
}

func TestDocument(t *testing.T) {
	b, c := floor.Module{ID: "B", Code: "B", Name: "操作过程"}, floor.Module{ID: "C", Name: "答辩"}
	d := document(floor.Paper{Head: floor.Head{Event: "焊工", Mark: "演练"}, Sessions: []floor.Session{{Work: "1", Module: b}, {Work: "2", Module: b}, {Work: "1", Module: c}}})
	var heads []string
	rows := 0
	for _, block := range d.Blocks {
		switch block := block.(type) {
		case printing.Heading:
			heads = append(heads, string(block))
		case printing.Table:
			rows += len(block.Rows)
		}
	}
	if strings.Join(heads, "|") != "B 操作过程|答辩" || rows != 3 || d.Mark != "演练" {
		t.Errorf("%q with %d rows", heads, rows)
	}
	last, ok := d.Blocks[len(d.Blocks)-1].(printing.Signatures)
	if !ok || len(last.Signers) != 3 {
		t.Errorf("nobody signs: %+v", d.Blocks)
	}
}
