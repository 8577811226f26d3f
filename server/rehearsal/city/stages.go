package city

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
)

// The two stages of the trade whose preliminary is over: their codes.
const (
	Preliminary = "vision-preliminary"
	Final       = "vision-final"
)

// inStages is how many take part in the preliminary, and goOn how many of them go
// on; a tie at the cut takes more.
const (
	inStages = 18
	goOn     = 8
)

// Stages invents a second contest of the seed's city, with one trade in two
// stages: a preliminary with its entries, and a final that has none yet and
// carries the preliminary's total over.
func Stages(seed uint64) ([]byte, error) {
	c := maker{r: rand.New(rand.NewPCG(seed, 0x737461676573)), taken: map[string]bool{}, files: map[string][]byte{}}
	c.units = units(c.r, 12)
	about, err := json.Marshal(map[string]any{
		"code": "demo-stages-" + strconv.FormatUint(seed, 10), "name": "匠城市新职业技能选拔赛（演示）",
		"name_en": "Jiangcheng Selection in New Trades (demonstration)", "kind": "demo", "organiser": "匠城市总工会（虚构）",
		"starts_on": "2026-11-01", "ends_on": "2026-11-30",
	})
	if err != nil {
		return nil, fmt.Errorf("write contest.json: %w", err)
	}
	c.files["contest.json"] = about
	entries := [][]string{{"event", "entry_no", "name", "unit"}}
	for i := range inStages {
		entries = append(entries, []string{Preliminary, fmt.Sprintf("%03d", i+1), person(c.r, c.taken), c.units[c.r.IntN(len(c.units))].code})
	}
	unitRows := [][]string{{"code", "name", "short", "kind"}}
	for _, u := range c.units {
		unitRows = append(unitRows, []string{u.code, u.name, u.short, u.kind})
	}
	const trade, tradeEn = "工业视觉系统运维员", "Industrial Vision Systems"
	for name, rows := range map[string][][]string{
		"entries.csv": entries, "units.csv": unitRows,
		"events.csv": {
			{"code", "trade", "trade_en", "stage", "group", "depth", "chain", "scheme"},
			{Preliminary, trade, tradeEn, "preliminary", "职工组", "results", "light", "preliminary"},
			{Final, trade, tradeEn, "final", "职工组", "results", "light", "final"},
		},
		"judges.csv": {{"event", "panel", "seat", "judge", "chief"}},
	} {
		var out bytes.Buffer
		if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
			return nil, fmt.Errorf("write %s: %w", name, err)
		}
		c.files[name] = out.Bytes()
	}
	c.files["schemes/preliminary.json"] = fmt.Appendf(nil, stageScheme, "初赛", "Preliminary", fmt.Sprintf(`"advance":{"first":%d},`, goOn), "0.7", "")
	c.files["schemes/final.json"] = fmt.Appendf(nil, stageScheme, "决赛", "Final", "", "0.5", carriedComponent)
	return packed(c.files)
}

// A theory paper and a practical test, both from outside; the final has the
// preliminary's total beside them.
const (
	stageScheme = `{"format":"jiangtai.scheme/1","name":{"zh":%q,"en":%q},"panels":[],"rounding":{"total":{"places":2}},%s
 "components":[
  {"id":"theory","name":{"zh":"理论","en":"Theory"},"weight":"0.3","criteria":[{"id":"theory-paper","name":{"zh":"理论考试","en":"Theory paper"},"subs":[
   {"id":"theory-1","name":{"zh":"机考","en":"By computer"},"aspects":[
    {"id":"theory-mark","name":{"zh":"理论成绩","en":"Theory mark"},"kind":"external","max":"100","step":"0.5"}]}]}]},
  {"id":"practical","name":{"zh":"实操","en":"Practical"},"weight":%q,"criteria":[{"id":"practical-test","name":{"zh":"实操考核","en":"Practical test"},"subs":[
   {"id":"practical-1","name":{"zh":"汇总","en":"Summed"},"aspects":[
    {"id":"practical-mark","name":{"zh":"实操成绩","en":"Practical mark"},"kind":"external","max":"100","step":"0.01"}]}]}]}%s]}`

	carriedComponent = `,
  {"id":"before","name":{"zh":"初赛","en":"Preliminary"},"weight":"0.2","criteria":[{"id":"before-total","name":{"zh":"初赛成绩","en":"Preliminary result"},"subs":[
   {"id":"before-1","name":{"zh":"带入","en":"Carried over"},"aspects":[
    {"id":"before-mark","name":{"zh":"初赛总成绩","en":"Total of the preliminary"},"kind":"external","max":"100","step":"0.01","carried":"total"}]}]}]}`
)

// packed is a package's files as .zip.
func packed(files map[string][]byte) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, body := range files {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write(body)
		}
		if err != nil {
			return nil, fmt.Errorf("pack %s: %w", name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pack the stages: %w", err)
	}
	return out.Bytes(), nil
}
