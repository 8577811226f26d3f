package blindweb

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/blind"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/paper/printing"
	"jiangtai/server/web"
)

// press opens the fonts when somebody prints for the first time. A program that
// was built without them runs, and says so then.
var press = sync.OnceValues(printing.Open)

func (h *rooms) recordPaper(c *fiber.Ctx) error {
	p, err := placeOf(c)
	if err != nil {
		return err
	}
	r, err := h.desk.Record(web.Context(c), p.actor, p.event, p.layer)
	if err != nil {
		return err
	}
	return h.print(c, "draw-record", paperOfRecord(r))
}

func (h *rooms) labelsPaper(c *fiber.Ctx) error {
	p, err := placeOf(c)
	if err != nil {
		return err
	}
	s, err := h.desk.LabelSheet(web.Context(c), p.actor, p.event, p.layer)
	if err != nil {
		return err
	}
	return h.print(c, "labels", paperOfLabels(s))
}

// print answers with a PDF that is kept nowhere: it may hold pairs.
func (h *rooms) print(c *fiber.Ctx, name string, doc printing.Document) error {
	kit, err := press()
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "blind.no_fonts")
	}
	doc.PrintedAt, doc.Zone = h.desk.Now(), contest.Zone
	pdf, err := kit.Print(doc)
	if err != nil {
		return paperFault(err)
	}
	c.Set("Content-Type", "application/pdf")
	c.Set("Content-Disposition", `attachment; filename="`+name+`.pdf"`)
	return secretly(c).Send(pdf)
}

func paperFault(err error) error {
	var missing *printing.MissingGlyph
	if errors.As(err, &missing) {
		return fault.New(fault.Refused, "blind.glyph", fault.At("/", "blind.glyph", fmt.Sprintf("%c U+%04X", missing.Rune, missing.Rune)))
	}
	return fmt.Errorf("print a paper of the coding desk: %w", err)
}

// head is what stands at the top of every paper of the desk.
func head(title string, e blind.Event) printing.Document {
	doc := printing.Document{Title: title, Contest: e.ContestName, Event: e.Trade}
	if e.Title != "" {
		doc.Event += " " + e.Title
	}
	switch e.Kind {
	case contest.Rehearsal:
		doc.Mark = "演练"
	case contest.Demo:
		doc.Mark = "演示"
	}
	return doc
}

func layerName(l blind.Layer) string {
	if l == blind.Seats {
		return "赛位号"
	}
	return "评审号"
}

func fromName(l blind.Layer) string {
	if l == blind.Seats {
		return "赛位号"
	}
	return "参赛号"
}

func clockTime(t time.Time) string { return t.In(contest.Zone).Format("2006-01-02 15:04:05") }

func paperOfRecord(r blind.Record) printing.Document {
	d := r.Draw
	doc := head("抽签记录", r.Event)
	doc.Subtitle = fromName(r.From) + " → " + layerName(d.Layer)
	facts := printing.Facts{
		{Name: "方式", Value: map[blind.Method]string{blind.ByHand: "逐一手抽", blind.AtOnce: "一次抽出"}[d.Method]},
		{Name: "状态", Value: map[blind.Phase]string{blind.Open: "抽签中", blind.Closed: "已封存"}[d.Phase]},
		{Name: "加密裁判", Value: d.JudgeName},
		{Name: "见证人", Value: d.Witness},
		{Name: "开始", Value: clockTime(d.OpenedAt)},
	}
	if !d.ClosedAt.IsZero() {
		facts = append(facts, printing.Fact{Name: "封存", Value: clockTime(d.ClosedAt)})
	}
	facts = append(facts, printing.Fact{Name: "抽签人数", Value: strconv.Itoa(r.Drawn)}, printing.Fact{Name: "缺席", Value: strconv.Itoa(r.Absent)})
	if d.Commitment != "" {
		facts = append(facts, printing.Fact{Name: "承诺值（种子的 SHA-256）", Value: d.Commitment}, printing.Fact{Name: "见证人所报", Value: d.Words})
	}
	if d.Seed != nil {
		facts = append(facts, printing.Fact{Name: "种子", Value: hex.EncodeToString(d.Seed)})
	}
	if d.Digest != "" {
		facts = append(facts, printing.Fact{Name: "封存摘要", Value: d.Digest})
	}
	doc.Blocks = append(doc.Blocks, facts)
	if len(r.Strikes) > 0 {
		doc.Blocks = append(doc.Blocks, printing.Heading("划销"), strikesTable(r))
	}
	if r.Pairs != nil {
		doc.Blocks = append(doc.Blocks, printing.Heading("号码对应"), pairsTable(r))
	} else {
		doc.Blocks = append(doc.Blocks, printing.Paragraph{Text: "本页不含号码对应。", Grey: true})
	}
	doc.Blocks = append(doc.Blocks, printing.Signatures{
		Text:    "以上抽签在场见证，记录属实，签字后装袋密封。",
		Signers: []printing.Signer{{Role: "加密裁判", Name: d.JudgeName}, {Role: "见证人", Name: d.Witness}, {Role: "监督组"}},
	})
	return doc
}

func strikesTable(r blind.Record) printing.Table {
	t := printing.Table{Columns: []printing.Column{
		{Head: fromName(r.From), Share: 1}, {Head: "理由", Share: 4}, {Head: "划销人", Share: 2}, {Head: "第二人", Share: 2}, {Head: "时间", Share: 2},
	}}
	for _, s := range r.Strikes {
		t.Rows = append(t.Rows, printing.Row{Cells: []string{s.From, s.Reason, s.ByName, s.Second, clockTime(s.At)}})
	}
	return t
}

func pairsTable(r blind.Record) printing.Table {
	t := printing.Table{Columns: []printing.Column{
		{Head: fromName(r.From), Share: 1}, {Head: layerName(r.Draw.Layer), Share: 1, Bold: true}, {Head: "抽签时间", Share: 2}, {Head: "轮次", Share: 1},
	}}
	for _, p := range r.Pairs {
		run := ""
		if p.Run > 0 {
			run = strconv.Itoa(p.Run)
		}
		t.Rows = append(t.Rows, printing.Row{Cells: []string{p.From, p.Label, clockTime(p.At), run}})
	}
	return t
}

func paperOfLabels(s blind.LabelSheet) printing.Document {
	doc := head(layerName(s.Layer)+"标签", s.Event)
	list := make(printing.Labels, 0, len(s.Labels))
	for _, l := range s.Labels {
		list = append(list, printing.Label{Code: s.Code(l), Big: l, Small: s.Event.Trade})
	}
	doc.Blocks = []printing.Block{list}
	return doc
}
