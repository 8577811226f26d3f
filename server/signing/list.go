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
	lists := split(view)
	s.Facts = append(s.Facts, Fact{"参赛", strconv.Itoa(len(lists[0].rows))})
	if len(lists) > 1 {
		s.Facts = append(s.Facts, Fact{"参赛队", strconv.Itoa(len(lists[1].rows))})
	}
	s.Facts = append(s.Facts, Fact{"评分", fmt.Sprintf("%d / %d", view.Done, view.Need)})
	identity := c.identity()
	labels := c.listed()
	for i, list := range lists {
		p := c.listPart(list, identity, labels)
		if len(lists) > 1 {
			p.Heading, p.Page = [...]string{"个人名次", "团体名次"}[i], i > 0
		}
		s.Parts = append(s.Parts, p)
	}
	if members := c.membersPart(view, labels); c.names != nil && len(members.Rows) > 0 {
		s.Parts = append(s.Parts, members)
	}
	s.Wide = c.names != nil && len(view.Rankings) > 1
	s.Text = "以上成绩经评分、核对、复核，真实无误。"
	s.Signers = []Signer{{Role: "评分裁判", Times: 3}, {Role: "裁判组长"}, {Role: "裁判长", Name: c.chief()}, {Role: "记分员"}, {Role: "监督"}}
	s.Initials = []string{"裁判长", "记分员", "监督"}
	return s
}

// listPart is the table of one list.
func (c *compose) listPart(list list, identity string, labels map[scoring.EntryID]string) Part {
	p := Part{Columns: []Column{{Head: "名次", Number: true, Bold: true}, {Head: labelHead(identity)}}}
	if c.names != nil {
		p.Columns = append(p.Columns, Column{Head: list.who, Weight: 3}, Column{Head: "单位", Weight: 6})
	}
	for _, col := range list.columns {
		p.Columns = append(p.Columns, Column{Head: col.head, Weight: 2, Number: true})
	}
	p.Columns = append(p.Columns, Column{Head: "总分", Number: true, Bold: true})
	if c.names != nil {
		for _, ranking := range list.rankings {
			p.Columns = append(p.Columns, Column{Head: rankingHeads[ranking], Weight: 3})
		}
	}
	p.Columns = append(p.Columns, Column{Head: "备注", Weight: 2})
	for _, r := range list.rows {
		p.Rows = append(p.Rows, c.listRow(r, labels[r.Entry], list))
	}
	return p
}

func (c *compose) listRow(r scoring.Row, label string, list list) []string {
	row := []string{"—", label}
	if r.Rank > 0 {
		row[0] = strconv.Itoa(r.Rank)
	}
	if c.names != nil {
		n := c.names[r.Entry]
		row = append(row, n.Name, n.Unit)
	}
	for _, col := range list.columns {
		text := ""
		if col.at < len(r.Parts) {
			text = r.Parts[col.at]
		}
		row = append(row, text)
	}
	row = append(row, r.Total)
	if c.names != nil {
		for i, ranking := range list.rankings {
			row = append(row, c.within(r, i, ranking))
		}
	}
	remark := statuses[r.Status]
	if remark == "" && r.Done < r.Need {
		remark = fmt.Sprintf("缺 %d 项", r.Need-r.Done)
	}
	return append(row, remark)
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
