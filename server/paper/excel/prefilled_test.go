package excel_test

import (
	"testing"

	"jiangtai/server/paper/excel"
)

func TestAPrefilledTemplateReadsBack(t *testing.T) {
	l := excel.Layout{Sheet: "录分表", Columns: []excel.Column{
		{Key: "work", Title: "评审号", Required: true},
		{Key: "a", Title: excel.Tidy("A１.1  表面 质量\u200b")},
		{Key: "b", Title: "A1.2 通过", Kind: excel.Choice, Options: []excel.Option{{Value: "1", Word: "是"}, {Value: "0", Word: "否"}}},
	}}
	data, err := excel.Prefilled(l, [][]string{{"007K", "-0.5", "是"}, {"128M", "", ""}})
	if err != nil {
		t.Fatal(err)
	}
	b, err := excel.Open(t.Context(), data, excel.Usual())
	if err != nil {
		t.Fatal(err)
	}
	got, err := b.Read(t.Context(), l)
	if err != nil || len(got.Faults) > 0 || len(got.Rows) != 2 {
		t.Fatalf("%d rows, faults %v, %v", len(got.Rows), got.Faults, err)
	}
	first, second := got.Rows[0].Values, got.Rows[1].Values
	if first["work"] != "007K" || first["a"] != "-0.5" || first["b"] != "1" || second["work"] != "128M" || second["a"] != "" {
		t.Errorf("%v %v", first, second)
	}
	if place := got.Place(1, "b"); place != "录分表:3:D" {
		t.Errorf("the last cell stands at %s", place)
	}
}
