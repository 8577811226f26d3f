package drill

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"
)

// panel is how many judges mark one event's works.
const panel = 7

// works are an event's entries.
const works = 60

// aspectsFor gives as many aspects as judges at this pace need, and half as many
// again: nobody is to run out of work.
func aspectsFor(length time.Duration, pace Pace) int {
	marks := int(length/pace.mean()) * 3 / 2
	return min(max(4, (marks+works-1)/works), 200)
}

// Package is the package (.zip) of an invented contest of events with 60 works each
// and seats for so many judges, seven at an event, who give so many marks a work.
func Package(code string, judges, aspects int, on time.Time) ([]byte, error) {
	day := on.Format(time.DateOnly)
	about, err := json.MarshalIndent(map[string]any{
		"code": code, "name": "系统演练 " + on.Format("01-02 15:04"), "name_en": "Rehearsal " + on.Format("01-02 15:04"),
		"kind": "rehearsal", "organiser": "演练（虚构）", "starts_on": day, "ends_on": day,
	}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write contest.json: %w", err)
	}
	files := map[string][]byte{"contest.json": about}
	tables := map[string][][]string{
		"events":  {{"code", "trade", "trade_en", "scheme"}},
		"entries": {{"event", "entry_no", "name", "unit"}},
		"judges":  {{"event", "panel", "judge"}},
		"units":   {{"code", "name", "short"}},
	}
	for i := range 12 {
		tables["units"] = append(tables["units"], []string{"U" + two(i+1), "演练单位" + two(i+1), "演练" + two(i+1)})
	}
	for e, left := 1, judges; left > 0; e++ {
		event, seats := fmt.Sprintf("r%03d", e), min(panel, left)
		scheme := "panel-" + strconv.Itoa(seats)
		left -= seats
		tables["events"] = append(tables["events"], []string{event, fmt.Sprintf("演练赛项 %03d", e), fmt.Sprintf("Rehearsed event %03d", e), scheme})
		for n := range works {
			tables["entries"] = append(tables["entries"], []string{event, fmt.Sprintf("%03d", n+1), fmt.Sprintf("选手%03d-%s", e, two(n+1)), "U" + two(n%12+1)})
		}
		for n := range seats {
			tables["judges"] = append(tables["judges"], []string{event, "j", fmt.Sprintf("裁判%03d-%d", e, n+1)})
		}
		if files["schemes/"+scheme+".json"], err = schemeOf(seats, aspects); err != nil {
			return nil, err
		}
	}
	for name, rows := range tables {
		var out bytes.Buffer
		if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
			return nil, fmt.Errorf("write %s.csv: %w", name, err)
		}
		files[name+".csv"] = out.Bytes()
	}
	return zipped(files)
}

func two(n int) string { return fmt.Sprintf("%02d", n) }

// schemeOf has so many judges give so many marks for each work.
func schemeOf(chairs, aspects int) ([]byte, error) {
	type texts map[string]string
	list := make([]map[string]any, aspects)
	for i := range list {
		list[i] = map[string]any{
			"id": "a" + strconv.Itoa(i+1), "name": texts{"zh": "评分项 " + strconv.Itoa(i+1)}, "kind": "panel", "panel": "j", "max": "10", "step": "0.5",
		}
	}
	scheme := map[string]any{
		"format": "jiangtai.scheme/1", "name": texts{"zh": "演练评分表"},
		"panels":   []any{map[string]any{"id": "j", "name": texts{"zh": "评分组"}, "chairs": chairs}},
		"rounding": map[string]any{"total": map[string]any{"places": 2}},
		"components": []any{map[string]any{
			"id": "p", "name": texts{"zh": "实操"}, "weight": "1",
			"criteria": []any{map[string]any{
				"id": "w", "name": texts{"zh": "作品"},
				"subs": []any{map[string]any{"id": "s", "name": texts{"zh": "作品"}, "aspects": list}},
			}},
		}},
	}
	raw, err := json.MarshalIndent(scheme, "", " ")
	if err != nil {
		return nil, fmt.Errorf("write the scheme: %w", err)
	}
	return raw, nil
}

func zipped(files map[string][]byte) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.Create(name)
		if err != nil {
			return nil, fmt.Errorf("pack %s: %w", name, err)
		}
		if _, err := f.Write(files[name]); err != nil {
			return nil, fmt.Errorf("pack %s: %w", name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pack the rehearsal: %w", err)
	}
	return out.Bytes(), nil
}
