package entering_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging/entering"
	. "jiangtai/server/judging/judgingtest"
)

func gb(t *testing.T, text string) []byte {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What a measuring machine writes is read in any of its ways, whole or not at all, with every fault at its place.
func TestAFileOfMeasuredNumbers(t *testing.T) {
	w, d := desk(t, contest.Paper, "coded")
	one, two, three := WorkCode(1), WorkCode(2), WorkCode(3)
	sheet, err := d.Sheet(t.Context(), clerk, ID('e', 1), first)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, file string
		gb         bool
		want       string
	}{
		{"with headings", "评审号,评分点,数值\n" + one + ",B1.1,8\n" + one + ",B1.2,1\n", false, "2 marks"},
		{"in GB18030", "评审号,评分点,数值\n" + one + ",B1.1,未做\n", true, "1 marks"},
		{"with a mark of its order", "\xef\xbb\xbf" + one + ";face;8.5\r\n" + two + ";b1.1;7\r\n\r\n", false, "2 marks"},
		{"tabs", one + "\tface\t 8.5 \n", false, "1 marks"},
		{
			"faults", strings.Join([]string{"work,aspect,value", one + ",B1.1,8.3", one + ",B9.9,1", ",B1.1,1", two + ",B1.1,", "999X,B1.1,3", three + ",B1.1,7", three + ",face,7", three + ",B1.2,1,x"}, "\n"), false,
			"CSV:3:B judging.csv_aspect B9.9; CSV:4:A judging.no_such_entry ; CSV:5:C judging.csv_empty ; CSV:8:B judging.csv_twice 7; CSV:9:D judging.malformed_value 1; CSV:2:C judging.off_step 0.5; CSV:6:A judging.no_such_entry 999X",
		},
		{"nothing", "", false, "judging.csv"},
		{"headings only", "work,aspect,value\n", false, "judging.csv"},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\xff\xfe", false, "judging.csv"},
		{"an open quote", one + ",\"B1.1,3\n", false, "judging.csv"},
	} {
		file := []byte(c.file)
		if c.gb {
			file = gb(t, c.file)
		}
		list, faults, err := entering.ReadCSV(file, &sheet)
		if err != nil {
			if fault.Code(err) != c.want {
				t.Errorf("%s: %v, want %s", c.name, err, c.want)
			}
			continue
		}
		list.IsPreview = true
		got, err := d.Import(t.Context(), clerk, ID('e', 1), first, list)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		said := fmt.Sprintf("%d marks", got.Marks)
		var places []string
		for _, f := range append(faults, got.Faults...) {
			places = append(places, f.Path+" "+f.Code+" "+f.Hint)
		}
		if len(places) > 0 {
			said = strings.Join(places, "; ")
		}
		if said != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, said, c.want)
		}
	}
	list, _, err := entering.ReadCSV([]byte(one+",B1.1,8\n"+two+",B1.1,7.5\n"), &sheet)
	if err != nil {
		t.Fatal(err)
	}
	before := len(w.Memory.Lines(ID('l', 1)))
	if got, err := d.Import(t.Context(), clerk, ID('e', 1), first, list); err != nil || got.Marks != 2 || len(w.Memory.Lines(ID('l', 1))) != before+2 {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := d.Import(t.Context(), clerk, ID('e', 1), first, list); err != nil || !got.IsRepeat {
		t.Errorf("once more: %+v, %v", got, err)
	}
	if _, _, err := entering.ReadCSV([]byte(strings.Repeat("x,face,1\n", entering.MaxMarks+2)), &sheet); fault.Code(err) != "judging.sheet_too_large" {
		t.Errorf("a file without end: %v", err)
	}
}
