package signing

import (
	"fmt"
	"strconv"

	"jiangtai/scoring"
)

// statuses are the words for those who do not compete.
var statuses = map[scoring.Status]string{
	scoring.DidNotStart: "缺赛", scoring.DidNotFinish: "未完成", scoring.Disqualified: "取消资格", scoring.Withdrawn: "退赛", scoring.OutOfContest: "不计名次",
}

// resultList is the ranking as it stands, by name where names may be known.
func (c *compose) resultList() Sheet {
	view := c.r.Board.View(scoring.Chief)
	s := c.head("成绩单", "")
	s.Names = c.names != nil
	s.Facts = append(s.Facts, Fact{"参赛", strconv.Itoa(view.Entries)}, Fact{"评分", fmt.Sprintf("%d / %d", view.Done, view.Need)})
	identity := c.identity()
	labels := map[scoring.EntryID]string{}
	for _, w := range c.works(identity) {
		labels[w.id] = w.label
	}
	p := Part{Columns: []Column{{Head: "名次", Number: true, Bold: true}, {Head: labelHead(identity)}}}
	if s.Names {
		p.Columns = append(p.Columns, Column{Head: "姓名", Weight: 3}, Column{Head: "单位", Weight: 6})
	}
	for _, col := range view.Columns {
		p.Columns = append(p.Columns, Column{Head: col.Name, Weight: 2, Number: true})
	}
	p.Columns = append(p.Columns, Column{Head: "总分", Number: true, Bold: true}, Column{Head: "备注", Weight: 2})
	for _, r := range view.Rows {
		p.Rows = append(p.Rows, c.listRow(r, labels[r.Entry], len(view.Columns)))
	}
	s.Parts = []Part{p}
	s.Text = "以上成绩经评分、核对、复核，真实无误。"
	s.Signers = []Signer{{Role: "评分裁判", Times: 3}, {Role: "裁判组长"}, {Role: "裁判长", Name: c.chief()}, {Role: "记分员"}, {Role: "监督"}}
	s.Initials = []string{"裁判长", "记分员", "监督"}
	return s
}

func (c *compose) listRow(r scoring.Row, label string, parts int) []string {
	row := []string{"—", label}
	if r.Rank > 0 {
		row[0] = strconv.Itoa(r.Rank)
	}
	if c.names != nil {
		n := c.names[r.Entry]
		row = append(row, n.Name, n.Unit)
	}
	for i := range parts {
		text := ""
		if i < len(r.Parts) {
			text = r.Parts[i]
		}
		row = append(row, text)
	}
	remark := statuses[r.Status]
	if remark == "" && r.Done < r.Need {
		remark = fmt.Sprintf("缺 %d 项", r.Need-r.Done)
	}
	return append(row, r.Total, remark)
}

// identity is by which label the list may name its rows.
func (c *compose) identity() string {
	if !c.r.Board.Sealed() {
		return "open"
	}
	return string(c.rules().Identity())
}

// chief is the name of the chief judge, where a chair says so.
func (c *compose) chief() string {
	for _, ch := range c.r.Chairs {
		if ch.IsChief {
			return ch.Judge
		}
	}
	return ""
}
